import { expect, test } from "vitest";
import type { Rejection } from "../decode/decoded.ts";
import { openQuarantineReader } from "./open-quarantine-reader.ts";
import {
  good,
  minute,
  open,
  positionsOf,
  quarantineFile,
  receivedAtMs,
  uplink,
  wet,
} from "./test-quarantine.ts";

test("what was refused is kept with its raw bytes, its reason and who could not read it", async () => {
  const quarantine = open();
  await quarantine.keep([good(6), wet(7)], 8);
  const payload = new TextEncoder().encode('{"values":{"soil.moisture":140}}');
  const where = { position: 7, device: "node-1", topic: "canhdong/v1/node-1/telemetry" };
  expect(quarantine.list({ limit: 10 })).toEqual([
    {
      ...where,
      reason: "implausible",
      detail: 'values["soil.moisture"]: 140; plausible is 0 to 100 %',
      quantity: "soil.moisture",
      measuredAtMs: receivedAtMs + 7 * minute,
      receivedAtMs: receivedAtMs + 7 * minute,
      rejections: 1,
      payload,
      decoder: expect.stringMatching(/^native\/\d+$/),
    },
  ]);
  expect(quarantine.raw(7)).toEqual({ ...where, receivedAtMs: receivedAtMs + 7 * minute, payload });
  expect(quarantine.raw(6)).toBeUndefined();
});

test("keeping the same again, after a crash, changes nothing", async () => {
  const quarantine = open();
  const batch = [wet(1), uplink(2, "rubbish"), good(3)];
  await quarantine.keep(batch, 4);
  const before = [quarantine.list({ limit: 10 }), quarantine.count(), quarantine.usage()];
  await quarantine.keep(batch, 4);
  await quarantine.keep(batch.slice(1), 4);
  expect([quarantine.list({ limit: 10 }), quarantine.count(), quarantine.usage()]).toEqual(before);
});

test("entries and cursor survive together", async () => {
  const file = quarantineFile();
  const first = open(file);
  await first.keep([wet(1)], 2);
  await first.keep([], 3);
  expect(first.cursor()).toBe(3);
  const crashed = openQuarantineReader(file);
  expect(crashed.total).toBe(1);
  crashed.close();
  const second = open(file);
  expect(second.cursor()).toBe(2);
  second.close();
  first.close();
  expect(open(file).cursor()).toBe(3);
});

test("the cursor of good uplinks is saved after many, after a minute, and when asked", async () => {
  const file = quarantineFile();
  const quarantine = open(file);
  const saved = () => {
    const other = open(file);
    const cursor = other.cursor();
    other.close();
    return cursor;
  };
  const sameMoment = (position: number) => {
    const decoded = good(position);
    return { ...decoded, uplink: { ...decoded.uplink, receivedAtMs } };
  };
  await quarantine.keep([sameMoment(0)], 1);
  expect(saved()).toBe(1);
  await quarantine.keep([sameMoment(9999)], 10_000);
  expect([saved(), quarantine.cursor()]).toEqual([1, 10_000]);
  await quarantine.keep([sameMoment(10_000)], 10_001);
  expect(saved()).toBe(10_001);
  await quarantine.keep([sameMoment(10_001)], 10_002);
  quarantine.flush();
  expect(saved()).toBe(10_002);
  await quarantine.keep([good(10_002)], 10_003);
  expect(saved()).toBe(10_003);
});

test("each rejection is counted under its reason", async () => {
  const quarantine = open();
  const both = '{"values":{"soil.moisture":140,"soil.temperature":300,"x":1}}';
  await quarantine.keep([uplink(1, both), uplink(2, both, "node-2"), uplink(3, "{")], 4);
  expect(quarantine.count()).toEqual({ implausible: 4, "unknown-quantity": 2, "not-json": 1 });
  expect(quarantine.count({ device: "node-2" })).toEqual({ implausible: 2, "unknown-quantity": 1 });
  expect(quarantine.count({ device: "node-9" })).toEqual({});
  expect(quarantine.total).toBe(7);
});

test("an uplink full of mistakes takes a hundred entries, and each mistake is counted", async () => {
  const quarantine = open();
  const values = Array.from({ length: 5000 }, (_, i) => `"q${i}":1`);
  await quarantine.keep([uplink(1, `{"values":{${values.join()},"soil.moisture":140}}`)], 2);
  expect(quarantine.count()).toEqual({ "unknown-quantity": 5000, implausible: 1 });
  const entries = quarantine.list({ limit: 1000 });
  expect(entries).toHaveLength(102);
  expect(entries[100]).toMatchObject({ reason: "unknown-quantity", rejections: 4900, quantity: null });
});

test("the list is newest first, by reason and by device, page by page without a hole", async () => {
  const quarantine = open();
  const two = '{"values":{"soil.moisture":140,"x":1}}';
  await quarantine.keep(
    [1, 2, 3, 4, 5].map((position) => uplink(position, two, `node-${position % 2}`)),
    6,
  );
  expect(positionsOf(quarantine.list({ device: "node-1", reason: "implausible", limit: 9 }))).toEqual([
    5, 3, 1,
  ]);
  const first = quarantine.list({ limit: 3 });
  expect(positionsOf(first)).toEqual([5, 5, 4, 4]);
  expect(positionsOf(quarantine.list({ limit: 100, before: 4 }))).toEqual([3, 3, 2, 2, 1, 1]);
  expect(quarantine.list({ limit: 5, reason: "sentinel" })).toEqual([]);
});

test("a long payload is shown by its beginning, cut between characters, and kept whole", async () => {
  const quarantine = open();
  const text = `x${"ộ".repeat(10_000)}`;
  await quarantine.keep([uplink(1, text)], 2);
  const shown = quarantine.list({ limit: 1 })[0]!.payload;
  expect(shown.length).toBeGreaterThan(8180);
  expect(shown.length).toBeLessThanOrEqual(8192);
  expect(text.startsWith(new TextDecoder("utf-8", { fatal: true }).decode(shown))).toBe(true);
  expect(new TextDecoder().decode(quarantine.raw(1)?.payload)).toBe(text);
});

test("an uplink without a single byte stands in the list like any other", async () => {
  const quarantine = open();
  await quarantine.keep([uplink(1, ""), uplink(2, '{"values":{"soil.moisture":140}}')], 3);
  expect(positionsOf(quarantine.list({ limit: 9 }))).toEqual([2, 1]);
  expect(quarantine.list({ limit: 9 })[1]!.payload).toEqual(new Uint8Array());
  expect(quarantine.raw(1)!.payload).toEqual(new Uint8Array());
});

test("any bytes and any names come back as they were", async () => {
  const quarantine = open();
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  await quarantine.keep([uplink(1, bytes, "'; DROP TABLE uplinks; --")], 2);
  expect(quarantine.raw(1)).toMatchObject({ payload: bytes, device: "'; DROP TABLE uplinks; --" });
});

test("what is mended leaves the count but not the record", async () => {
  const quarantine = open();
  await quarantine.keep([uplink(1, '{"values":{"soil.moisture":140,"x":1}}'), wet(2), wet(3)], 4);
  const amended = await quarantine.amend([wet(1), good(2), good(9)], receivedAtMs);
  expect(amended).toMatchObject({ mended: 2, remaining: 1 });
  expect(quarantine.count()).toEqual({ implausible: 2 });
  expect(positionsOf(quarantine.list({ limit: 10 }))).toEqual([3, 1]);
  expect(quarantine.raw(2)).toBeDefined();
  expect(await quarantine.amend([wet(1), good(2), good(9)], receivedAtMs)).toMatchObject({
    mended: 0,
    remaining: 1,
  });
  expect(quarantine.cursor()).toBe(4);
});

test("what an older decoder let pass is quarantined when it is decoded again", async () => {
  const quarantine = open();
  expect(await quarantine.amend([wet(5)], receivedAtMs)).toMatchObject({ mended: 0, remaining: 1 });
  expect(quarantine.count()).toEqual({ implausible: 1 });
});

test("what is refused is found by the decoder that refused it, whole or in part", async () => {
  const quarantine = open();
  const by = (position: number, decoder: string) => ({ ...wet(position), decoder });
  await quarantine.keep(
    [
      by(1, "native/2"),
      by(2, "chirpstack/1+dragino-lse01/3"),
      by(3, "chirpstack/1+dragino-lse01/4"),
      by(4, "the-things-stack/1+dragino-lse01/3"),
    ],
    5,
  );
  const of = (decoder: string) => positionsOf(quarantine.list({ decoder, limit: 10 }));
  expect(of("chirpstack/1+dragino-lse01/3")).toEqual([2]);
  expect(of("dragino-lse01/3")).toEqual([4, 2]);
  expect(of("dragino-lse01")).toEqual([4, 3, 2]);
  expect(of("chirpstack/1")).toEqual([3, 2]);
  expect(of("lse01/3")).toEqual([]);
  expect(of("native")).toEqual([1]);
  expect(quarantine.count({ decoder: "dragino-lse01" })).toEqual({ implausible: 3 });
  expect(
    positionsOf(quarantine.list({ decoder: "native", device: "node-1", reason: "implausible", limit: 1 })),
  ).toEqual([1]);
});

test("a value that a gateway's uplink tells of another device is that device's", async () => {
  const quarantine = open();
  const told = (position: number, device: string) => {
    const decoded = wet(position);
    const rejections = decoded.rejections.map((rejection) => ({
      ...rejection,
      device,
      measuredAtMs: receivedAtMs - minute,
    }));
    return { ...decoded, rejections };
  };
  await quarantine.keep([told(1, "ruong-1"), told(2, "ruong-2"), told(3, "ruong-1")], 4);
  const of = (device: string) => quarantine.list({ device, limit: 10 });
  expect(positionsOf(of("ruong-1"))).toEqual([1]);
  expect(of("ruong-2")).toMatchObject([{ position: 2, device: "ruong-2" }]);
  expect(of("node-1")).toEqual([]);
  const asked = { from: 0, before: 9, fromMs: 0, toMs: receivedAtMs * 2, limit: 10 };
  expect(quarantine.stored({ ...asked, device: "ruong-2" })).toMatchObject([
    { position: 2, device: "node-1" },
  ]);
});

test("uplinks full of mistakes are amended a few at a time, with turns for others in between", async () => {
  const quarantine = open();
  const rejection = wet(0).rejections[0]!;
  const hostile = Array.from({ length: 20 }, (_, position) => ({
    ...wet(position),
    rejections: Array.from({ length: 100 }, (_, index) => ({
      ...rejection,
      measuredAtMs: receivedAtMs + (1000 * position + index) * minute,
    })),
  }));
  const amending = quarantine.amend(hostile, receivedAtMs);
  expect(quarantine.total).toBe(300);
  expect(await amending).toMatchObject({ mended: 0, remaining: 2000 });
  expect(quarantine.total).toBe(2000);
});

test("what was mended and is refused again is counted again", async () => {
  const quarantine = open();
  await quarantine.keep([wet(1)], 2);
  await quarantine.amend([good(1)], receivedAtMs);
  await quarantine.keep([wet(1)], 2);
  expect(quarantine.count()).toEqual({ implausible: 1 });
});

test("beyond its room the mended goes first, then the oldest, and each drop is counted and told", async () => {
  const quarantine = open(quarantineFile(), 100_000);
  const large = (position: number) => uplink(position, "x".repeat(990));
  await quarantine.keep(
    Array.from({ length: 60 }, (_, i) => large(i)),
    60,
  );
  await quarantine.amend(
    Array.from({ length: 20 }, (_, i) => good(30 + i)),
    receivedAtMs,
  );
  expect(quarantine.usage().dropped).toBe(0);
  await quarantine.keep(
    Array.from({ length: 12 }, (_, i) => large(60 + i)),
    72,
  );
  expect(quarantine.usage()).toMatchObject({ dropped: 20 });
  expect(quarantine.raw(30)).toBeUndefined();
  expect(positionsOf(quarantine.list({ limit: 100 })).at(-1)).toBe(0);
  await quarantine.keep(
    Array.from({ length: 40 }, (_, i) => large(72 + i)),
    112,
  );
  const { bytes, dropped } = quarantine.usage();
  expect(bytes).toBeLessThanOrEqual(100_000);
  const left = positionsOf(quarantine.list({ limit: 1000 }));
  expect([dropped, left.at(-1), left[0]]).toEqual([52, 52, 111]);
  expect(quarantine.total).toBe(left.length);
  quarantine.close();
  expect(quarantine.lines).toEqual([
    { mostBytes: 100_000, uplinks: 20 },
    { mostBytes: 100_000, uplinks: 32 },
  ]);
});

test("retention drops what arrived before, mended or not", async () => {
  const quarantine = open();
  await quarantine.keep(
    Array.from({ length: 1200 }, (_, i) => wet(i)),
    1200,
  );
  await quarantine.amend([good(3)], receivedAtMs);
  expect(await quarantine.trim(receivedAtMs + 1100 * minute)).toBe(1100);
  expect(positionsOf(quarantine.list({ limit: 1000 })).at(-1)).toBe(1100);
  expect([quarantine.total, quarantine.count()]).toEqual([100, { implausible: 100 }]);
  expect(await quarantine.trim(receivedAtMs + 1100 * minute)).toBe(0);
  expect(quarantine.lines).toEqual([{ uplinks: 1100 }]);
});

test("another process can look while it is written, and after it was closed", async () => {
  const file = quarantineFile();
  const quarantine = open(file);
  await quarantine.keep([wet(1)], 2);
  const reader = openQuarantineReader(file);
  expect(reader.count()).toEqual({ implausible: 1 });
  await quarantine.keep([wet(2)], 3);
  expect(positionsOf(reader.list({ limit: 5 }))).toEqual([2, 1]);
  reader.close();
  quarantine.close();
  const later = openQuarantineReader(file);
  expect([later.total, later.raw(2)?.device]).toEqual([2, "node-1"]);
  later.close();
});

test("a reader says when there is no quarantine", () => {
  expect(() => openQuarantineReader(quarantineFile())).toThrow(/unable to open/);
});

test("a batch that cannot be written moves nothing", async () => {
  const quarantine = open();
  await quarantine.keep([wet(1)], 2);
  const broken: Rejection = {
    reason: "implausible",
    detail: undefined as unknown as string,
    quantity: null,
    measuredAtMs: null,
  };
  await expect(quarantine.keep([wet(2), { ...wet(3), rejections: [broken] }], 4)).rejects.toThrow();
  expect([quarantine.cursor(), quarantine.total]).toEqual([2, 1]);
});

test("a long batch is kept whole", async () => {
  const quarantine = open();
  const batch = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? good(i) : wet(i)));
  await quarantine.keep(batch, 300);
  expect([quarantine.total, quarantine.cursor()]).toEqual([200, 300]);
});

test("of a long batch that fails half-way the cursor stands before what is missing", async () => {
  const quarantine = open();
  const broken = { ...wet(250), decoder: undefined as unknown as string };
  await expect(
    quarantine.keep([...Array.from({ length: 250 }, (_, i) => wet(i)), broken], 251),
  ).rejects.toThrow();
  expect([quarantine.total, quarantine.cursor()]).toEqual([192, 192]);
});

test("what is stored is found by place, time of arrival and device", async () => {
  const quarantine = open();
  await quarantine.keep(
    [1, 2, 3, 4, 5, 6].map((position) => wet(position, `node-${position % 2}`)),
    7,
  );
  const all = { from: 0, before: 100, fromMs: 0, toMs: receivedAtMs * 2, limit: 100 };
  expect(positionsOf(quarantine.stored(all))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(positionsOf(quarantine.stored({ ...all, from: 2, before: 5 }))).toEqual([2, 3, 4]);
  expect(
    positionsOf(
      quarantine.stored({ ...all, fromMs: receivedAtMs + 3 * minute, toMs: receivedAtMs + 5 * minute }),
    ),
  ).toEqual([3, 4]);
  expect(positionsOf(quarantine.stored({ ...all, device: "node-1", limit: 2 }))).toEqual([1, 3]);
});
