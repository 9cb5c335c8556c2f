import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import type { Decoded, Rejection } from "../../../ingest/decode/decoded.ts";
import type { RefusedBook } from "../http-parts.ts";
import type { QuarantineEntry } from "../shapes.ts";
import { startMs } from "../testing/farm.ts";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
beforeEach(async () => {
  farm = await openFarmServer();
});
afterEach(() => farm.close());

interface List {
  readonly total: number;
  readonly byReason: Record<string, number>;
  readonly entries: QuarantineEntry[];
  readonly refusedByStore?: { readonly total: number; readonly readings: unknown[] };
}
const list = async (person: string, query = "") =>
  (await (await farm.ask(person, `/quarantine${query}`)).json()) as List;

const rejection = (reason: Rejection["reason"], quantity: string | null = null): Rejection => ({
  reason,
  detail: `found ${reason}`,
  quantity,
  measuredAtMs: null,
});

function uplink(position: number, device: string, payload: Uint8Array, ...rejections: Rejection[]): Decoded {
  const topic = `canhdong/v1/${device}/telemetry`;
  return {
    uplink: { position, device, topic, payload, receivedAtMs: farm.time.nowMs },
    readings: [],
    rejections,
    decoder: "native/1",
  };
}

test("text is shown as text, other bytes as hexadecimal, and both can be had whole", async () => {
  const words = Buffer.from(`{"values": {"đất": "${"ẩm".repeat(3000)}"}}`);
  const bytes = Uint8Array.from({ length: 3000 }, (_, i) => i % 256);
  const batch = [
    uplink(0, "soil-1", words, rejection("unknown-quantity")),
    uplink(1, "soil-1", bytes, rejection("not-utf8")),
  ];
  await farm.quarantine.keep(batch, 2);
  const { entries } = await list("lan");
  expect(entries.map(({ payload }) => payload)).toEqual([
    expect.stringMatching(/^0x00010203/),
    expect.stringMatching(/^\{"values": \{"đất": "ẩmẩm/),
  ]);
  expect(entries.map(({ payload }) => payload.length <= 2002)).toEqual([true, true]);
  const raw = await farm.ask("lan", "/quarantine/1/payload");
  expect(raw.headers.get("content-type")).toBe("application/octet-stream");
  expect(raw.headers.get("content-disposition")).toBe('attachment; filename="uplink-1.bin"');
  expect(new Uint8Array(await raw.arrayBuffer())).toEqual(bytes);
  expect(await (await farm.ask("lan", "/quarantine/0/payload")).text()).toBe(words.toString());
});

test("what a decoder could not read is asked for by its label, or by a part of it", async () => {
  const by = (position: number, decoder: string) => ({
    ...uplink(position, "soil-1", Buffer.from("x"), rejection("wrong-shape")),
    decoder,
  });
  await farm.quarantine.keep([by(0, "native/1"), by(1, "chirpstack/1+dragino-lse01/3")], 2);
  const found = await list("lan", "?decoder=dragino-lse01/3");
  expect(found).toMatchObject({ total: 1, byReason: { "wrong-shape": 1 } });
  expect(found.entries).toMatchObject([{ position: 1, decoder: "chirpstack/1+dragino-lse01/3" }]);
  expect(await list("lan", "?decoder=chirpstack")).toMatchObject({ total: 1 });
  expect(await list("lan", "?decoder=dragino-lse01/4")).toMatchObject({ total: 0, entries: [] });
});

test("reasons are counted, and can be asked for one by one", async () => {
  const two = [rejection("sentinel", "soil.moisture"), rejection("implausible", "soil.temperature")];
  const batch = [
    uplink(0, "soil-1", Buffer.from("{}"), ...two),
    uplink(1, "pond-1", Buffer.from("["), rejection("not-json")),
  ];
  await farm.quarantine.keep(batch, 2);
  expect(await list("lan")).toMatchObject({
    total: 3,
    byReason: { sentinel: 1, implausible: 1, "not-json": 1 },
  });
  const { entries } = await list("lan", "?reason=sentinel");
  expect(entries).toMatchObject([{ position: 0, quantity: "soil.moisture", device: "soil-1" }]);
  expect(await list("lan", "?device=pond-1")).toMatchObject({ total: 1, entries: [{ reason: "not-json" }] });
});

test("a span of measured times is counted and listed by itself", async () => {
  const measured = (position: number, device: string, measuredAtMs: number) =>
    uplink(position, device, Buffer.from("{}"), {
      ...rejection("implausible", "soil.moisture"),
      measuredAtMs,
    });
  const batch = [
    measured(0, "soil-1", 999),
    measured(1, "soil-1", 1000),
    measured(2, "pond-1", 1999),
    measured(3, "soil-1", 2000),
    uplink(4, "soil-1", Buffer.from("["), rejection("not-json")),
  ];
  await farm.quarantine.keep(batch, 5);
  const span = "?measuredFromMs=1000&measuredToMs=2000";
  const all = await list("lan", span);
  expect([all.total, all.byReason]).toEqual([2, { implausible: 2 }]);
  expect(all.entries.map(({ position }) => position)).toEqual([2, 1]);
  expect(await list("minh", span)).toMatchObject({ total: 1, entries: [{ device: "soil-1" }] });
});

test("going on before the last position misses nothing", async () => {
  const three = [
    rejection("sentinel", "soil.moisture"),
    rejection("sentinel", "soil.ec"),
    rejection("implausible"),
  ];
  await farm.quarantine.keep(
    [0, 1, 2].map((position) => uplink(position, "soil-1", Buffer.from("{}"), ...three)),
    3,
  );
  for (const person of ["lan", "minh"]) {
    const first = await list(person, "?limit=4");
    expect(first.entries.map(({ position }) => position)).toEqual([2, 2, 2, 1, 1, 1]);
    const second = await list(person, "?limit=4&before=1");
    expect(second.entries.map(({ position }) => position)).toEqual([0, 0, 0]);
  }
});

test("an entry that stands for many says for how many", async () => {
  const many = Array.from({ length: 150 }, () => rejection("not-a-number", "soil.moisture"));
  await farm.quarantine.keep([uplink(0, "soil-1", Buffer.from("{}"), ...many)], 1);
  const { total, entries } = await list("lan", "?limit=1000");
  expect(total).toBe(150);
  expect(entries.reduce((sum, { rejections = 1 }) => sum + rejections, 0)).toBe(150);
});

test("what a device sent before it came here is not shown", async () => {
  await farm.quarantine.keep([uplink(0, "pond-1", Buffer.from("["), rejection("not-json"))], 1);
  farm.time.nowMs += 1000;
  farm.registry.moveDevice("pond-1", "parcel-hoa", farm.time.nowMs);
  expect(await list("minh")).toMatchObject({ entries: [] });
  expect((await farm.ask("minh", "/quarantine/0/payload")).status).toBe(404);
  expect((await farm.ask("trang", "/quarantine/0/payload")).status).toBe(200);
});

test("what the database of readings would not take is told beside it, to those who may see the device", async () => {
  const refusal = (device: string, reason: string) => ({
    device,
    quantity: "soil.moisture",
    measuredAtMs: startMs,
    receivedAtMs: startMs,
    value: 31.2,
    reason,
    words: "partial write: field type conflict",
    refusedAtMs: startMs,
  });
  const kept = [refusal("soil-1", "type-conflict"), refusal("pond-1", "beyond-retention")];
  const isOf = (device: string | undefined) => (one: { device: string }) =>
    device === undefined || one.device === device;
  const refused: RefusedBook = {
    list: ({ device, reason }) =>
      kept.filter(isOf(device)).filter((one) => reason === undefined || one.reason === reason),
    byReason: (device) => Object.fromEntries(kept.filter(isOf(device)).map(({ reason }) => [reason, 1])),
  };
  const store = Object.assign(Object.create(farm.store) as typeof farm.store, { refused });
  const withInflux = await openFarmServer({ store });
  onTestFinished(() => withInflux.close());
  const told = async (person: string, query = "") =>
    ((await (await withInflux.ask(person, `/quarantine${query}`)).json()) as Partial<List>).refusedByStore;
  expect(await told("lan")).toMatchObject({ total: 2, readings: kept });
  expect(await told("lan", "?device=pond-1")).toEqual({
    total: 1,
    byReason: { "beyond-retention": 1 },
    readings: [kept[1]],
  });
  expect((await told("lan", "?reason=type-conflict"))?.readings).toEqual([kept[0]]);
  expect(await list("lan")).not.toHaveProperty("refusedByStore");
});
