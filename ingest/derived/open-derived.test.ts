import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Uplink } from "../../devices/index.ts";
import { createDecoder } from "../decode/decoder.ts";
import { derivedTopic } from "../decode/derived/derived.ts";
import { follow } from "../follow.ts";
import { type Journal, JournalError } from "../journal/journal.ts";
import { openSegmentJournal } from "../journal/segments/open-segment-journal.ts";
import { type Derived, openDerived } from "./open-derived.ts";

const noon = Date.UTC(2026, 2, 1, 5);
const quiet = { info() {}, warn() {} };
const surroundings = {
  place: "chuong-1",
  placeKind: "shed",
  latitudeDeg: null,
  longitudeDeg: null,
  altitudeM: null,
  soilTexture: null,
  crop: null,
  rootDepthM: null,
} as const;

/** A real journal, a decoder, and what reckons behind them. */
async function openField() {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-derived-"));
  const journal = await openSegmentJournal({
    folder: join(folder, "journal"),
    segmentBytes: 1 << 20,
    onDamage: () => {},
  });
  const decoder = createDecoder({ device: () => ({ intervalMs: 60_000 }) });
  const clock = { nowMs: noon };
  const open = (of: Pick<Journal, "append" | "end"> = journal) =>
    openDerived({
      file: join(folder, "derived.sqlite"),
      journal: of,
      surroundingsOf: () => surroundings,
      surroundingsAt: () => surroundings,
      history: { cursor: async () => 0, readings: async () => [] },
      log: quiet,
      now: () => clock.nowMs,
    });
  onTestFinished(async () => {
    await journal.close();
    rmSync(folder, { recursive: true });
  });
  return { journal, decoder, clock, open, arrives, reckons, inJournal };

  function arrives(atMs: number, values: object, device = "n1"): Promise<void> {
    const payload = new TextEncoder().encode(JSON.stringify({ ts: atMs, values }));
    const uplink: Uplink = { device, topic: `canhdong/v1/${device}/telemetry`, payload, receivedAtMs: atMs };
    return new Promise((done, fail) => journal.append(uplink, (error) => (error ? fail(error) : done())));
  }

  /** Follows the journal until nothing is left, its own values included. */
  async function reckons(derived: Derived): Promise<void> {
    const follower = follow({
      journal,
      decoder,
      name: "derived",
      from: derived.cursor(),
      handle: (batch, next) => derived.handle(batch, next),
      log: quiet,
    });
    await follower.settled();
    await follower.settled();
    await follower.stop();
  }

  async function inJournal() {
    const { uplinks } = await journal.read(0, 10_000);
    return uplinks
      .filter(({ topic }) => topic === derivedTopic)
      .flatMap((uplink) => decoder.decodeAfresh(uplink).readings)
      .map(({ device, quantity, measuredAtMs, value }) => [device, quantity, measuredAtMs, value] as const);
  }
}

test("what is reckoned stands in the journal, as readings of the device", async () => {
  const { open, arrives, reckons, inJournal } = await openField();
  const derived = open();
  await arrives(noon, { "air.temperature": 31, "air.relativeHumidity": 60 });
  await reckons(derived);
  expect(await inJournal()).toEqual([
    ["n1", "air.vapourPressureDeficit", noon, expect.closeTo(1.7975, 3)],
    ["n1", "air.dewPoint", noon, expect.closeTo(22.3086, 3)],
    ["n1", "air.thi", noon, expect.closeTo(81.27, 0)],
  ]);
  expect(derived.values).toBe(3);
  await derived.close();
});

test("after a crash the same values come again, and no others", async () => {
  const { open, arrives, reckons, inJournal } = await openField();
  const first = open();
  for (let n = 0; n < 20; n++)
    await arrives(
      noon + n * 60_000,
      n % 2 === 0 ? { "air.relativeHumidity": 50 + n } : { "air.temperature": 30 },
    );
  await reckons(first);
  const expected = new Set((await inJournal()).map((each) => JSON.stringify(each)));
  expect(expected.size).toBeGreaterThan(20);
  // Nothing was saved since it was opened: the whole journal is read again.
  const second = open();
  expect(second.cursor()).toBe(0);
  await reckons(second);
  expect(new Set((await inJournal()).map((each) => JSON.stringify(each)))).toEqual(expected);
  await second.close();
});

test("what was remembered is there after a stop, and nothing is read twice", async () => {
  const { journal, open, arrives, reckons, inJournal } = await openField();
  const first = open();
  await arrives(noon, { "air.relativeHumidity": 60 });
  await reckons(first);
  await first.close();
  const second = open();
  expect(second.cursor()).toBe(journal.end);
  await arrives(noon + 60_000, { "air.temperature": 31 });
  await reckons(second);
  expect((await inJournal()).map(([, quantity]) => quantity)).toContain("air.thi");
  await second.close();
});

test("begins at the journal's end where there is no memory yet", async () => {
  const { journal, open, arrives } = await openField();
  await arrives(noon, { "water.ec": 500 });
  const derived = open();
  expect(derived.cursor()).toBe(journal.end);
  await derived.close();
});

test("a journal that cannot write now loses nothing: the same batch is written when it can", async () => {
  const { journal, open, arrives, reckons, inJournal } = await openField();
  let full = 2;
  const failing: Pick<Journal, "append" | "end"> = {
    get end() {
      return journal.end;
    },
    append: (uplink, appended) => {
      if (full-- > 0) appended(new JournalError("no space left", "ENOSPC"));
      else journal.append(uplink, appended);
    },
  };
  const derived = open(failing);
  await arrives(noon, { "water.ec": 500 });
  await reckons(derived);
  expect((await inJournal()).map(([, quantity]) => quantity)).toEqual(["water.salinity"]);
  await derived.close();
});
