import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { dayMs } from "../../calendar/index.ts";
import { quantities, type Uplink } from "../../devices/index.ts";
import { createDecoder } from "../decode/decoder.ts";
import { follow } from "../follow.ts";
import { openSegmentJournal } from "../journal/segments/open-segment-journal.ts";
import { openEmbeddedStore } from "../stores/embedded/open-embedded-store.ts";
import { openDerived } from "./open-derived.ts";
import type { Surroundings } from "./surroundings.ts";

/*
 * A node was out of reach, and its readings come hours or days later, in any order: then the record must say what it would have said
 * had they come in time. The real journal, decoder, store and what reckons; seeded orders.
 */

const minute = 60_000;
const hour = 60 * minute;
/** Midnight of 6 July 2026 in Vietnam. */
const midnight = Date.UTC(2026, 6, 5, 17);
const quiet = { info() {}, warn() {}, error() {} };

const parcel: Surroundings = {
  place: "thua-1",
  placeKind: "parcel",
  latitudeDeg: 18.35,
  longitudeDeg: 105.9,
  altitudeM: 5,
  soilTexture: "clay",
  crop: "rice",
  rootDepthM: 0.4,
};
const shed: Surroundings = { ...parcel, place: "chuong-1", placeKind: "shed", soilTexture: null, crop: null };
/** The weather mast and the paddy gauge stand in the field; of the shed's two nodes one measures heat, the other humidity. */
const stands: Readonly<Record<string, Surroundings>> = {
  mast: parcel,
  paddy: parcel,
  heat: shed,
  damp: shed,
};

interface Message {
  readonly device: string;
  readonly atMs: number;
  readonly values: Readonly<Record<string, number>>;
}

/** Some days of four nodes, each half an hour. */
function messagesOf(days: number): Message[] {
  return Array.from({ length: days * 48 + 2 }, (_, n) => n).flatMap((n) => {
    const atMs = midnight + n * 30 * minute;
    const hours = (n / 2) % 24;
    const warmth = Math.sin(((hours - 8) / 12) * Math.PI);
    const isHumid = hours < 8 || hours >= 18;
    return [
      {
        device: "mast",
        atMs,
        values: {
          "air.temperature": 24 + 3 * warmth,
          "air.relativeHumidity": isHumid ? 95 : 70,
          "light.solarIrradiance": hours > 6 && hours < 18 ? 850 * Math.sin(((hours - 6) / 12) * Math.PI) : 0,
          "soil.moisture": 50 - n / 20,
        },
      },
      { device: "paddy", atMs: atMs + minute, values: { "water.level": n < 60 ? -0.05 : 0.04 } },
      { device: "damp", atMs: atMs + 2 * minute, values: { "air.relativeHumidity": 60 + (n % 30) } },
      { device: "heat", atMs: atMs + 3 * minute, values: { "air.temperature": 28 + (n % 7) } },
    ];
  });
}

/** A journal, a store and what reckons; their clock goes with what arrives. */
async function openField() {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-late-"));
  const journal = await openSegmentJournal({ folder: join(folder, "journal"), onDamage: () => {} });
  const clock = { nowMs: midnight };
  const store = await openEmbeddedStore({
    folder: join(folder, "store"),
    quantities,
    retentionDaysOf: () => null,
    memoryLimitMb: 256,
    log: quiet,
    now: () => clock.nowMs,
  });
  const decoder = createDecoder({ device: () => ({ intervalMs: 30 * minute }) });
  const open = () =>
    openDerived({
      file: join(folder, "derived.sqlite"),
      journal,
      surroundingsOf: (id) => stands[id],
      surroundingsAt: (id) => stands[id],
      history: store,
      now: () => clock.nowMs,
      log: quiet,
    });
  let derived = open();
  onTestFinished(async () => {
    await derived.close();
    await store.close();
    await journal.close();
    rmSync(folder, { recursive: true });
  });

  /** @param receivedAtMs the same for all; default: two seconds after each was measured */
  async function arrives(messages: readonly Message[], receivedAtMs?: number): Promise<void> {
    await Promise.all(
      messages.map(({ device, atMs, values }) => {
        clock.nowMs = receivedAtMs ?? atMs + 2000;
        const payload = new TextEncoder().encode(JSON.stringify({ ts: atMs, values }));
        const topic = `canhdong/v1/${device}/telemetry`;
        const uplink: Uplink = { device, topic, payload, receivedAtMs: clock.nowMs };
        return new Promise<void>((done, fail) =>
          journal.append(uplink, (error) => (error ? fail(error) : done())),
        );
      }),
    );
    await followed();
  }

  async function followed(): Promise<void> {
    const following = { journal, decoder, log: quiet };
    const reckoning = follow({
      ...following,
      name: "derived",
      from: derived.cursor(),
      handle: (batch, next) => derived.handle(batch, next),
    });
    await reckoning.settled();
    await reckoning.settled();
    await reckoning.stop();
    const storing = follow({
      ...following,
      name: "store",
      from: await store.cursor(),
      handle: (batch, next) =>
        store.write(
          batch.flatMap(({ readings }) => readings),
          next,
        ),
    });
    await storing.settled();
    await storing.stop();
  }

  /** Lets time pass until nothing waits to be reckoned again, or nothing more can be done about it. */
  async function mends(): Promise<void> {
    for (let idle = 0; idle < 3 && derived.lateDays > 0; ) {
      const before = journal.end;
      const waiting = derived.lateDays;
      clock.nowMs += hour;
      derived.tick(clock.nowMs);
      await derived.mended();
      await followed();
      idle = journal.end === before && derived.lateDays === waiting ? idle + 1 : 0;
    }
  }

  /** Everything reckoned, as the store has it. */
  async function record(): Promise<Record<string, number>> {
    const found = await store.readings({
      fromMs: 0,
      toMs: midnight + 30 * dayMs,
      devices: Object.keys(stands),
      quantities: [...quantities.keys()].filter((name) => isReckoned.has(name)),
      limit: 1_000_000,
    });
    return Object.fromEntries(
      found.map(({ device, quantity, measuredAtMs, value }) => [
        `${device} ${quantity} ${measuredAtMs}`,
        value,
      ]),
    );
  }

  return {
    clock,
    journal,
    store,
    decoder,
    arrives,
    followed,
    mends,
    record,
    get derived() {
      return derived;
    },
    async restart() {
      await derived.close();
      derived = open();
    },
    /** What was not saved is gone. */
    crash() {
      derived = open();
    },
  };
}

const isReckoned = new Set([
  "air.vapourPressureDeficit",
  "air.dewPoint",
  "air.thi",
  "soil.depletion",
  "soil.waterDeficit",
  "air.et0Hourly",
  "air.et0Daily",
  "crop.degreeDays",
  "leaf.wetHours",
  "leaf.huttonDays",
  "leaf.blastNights",
  "water.dryDays",
]);

/** mulberry32 */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const result = [...list];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other]!, result[at]!];
  }
  return result;
}

/** Up to a hundred at a time. */
function inPieces<T>(list: readonly T[], random: () => number): T[][] {
  const pieces: T[][] = [];
  for (let at = 0; at < list.length; ) {
    const size = 1 + Math.floor(random() * 100);
    pieces.push(list.slice(at, at + size));
    at += size;
  }
  return pieces;
}

const days = 3;
const messages = messagesOf(days);
/** Each node goes on speaking afterwards: only then are the last hours known to have ended. */
const farewell = messages.slice(-8);
const story = messages.slice(0, -8);

async function toldInTime(): Promise<Record<string, number>> {
  const field = await openField();
  await field.arrives(messages);
  expect(field.derived.lateDays).toBe(0);
  return field.record();
}

describe("late readings mend what was reckoned", () => {
  test("in time, the record holds every kind of value", { timeout: 300_000 }, async () => {
    const record = await toldInTime();
    const kinds = new Set(Object.keys(record).map((key) => key.split(" ")[1]));
    expect(kinds).toEqual(isReckoned);
    expect(record[`mast leaf.huttonDays ${midnight + 3 * dayMs}`]).toBe(3);
    expect(record[`paddy water.dryDays ${midnight + dayMs}`]).toBe(1);
  });

  test("what comes late within the hour that is going on is mended when it has ended", {
    timeout: 120_000,
  }, async () => {
    const field = await openField();
    const early = messages.filter(({ atMs }) => atMs < midnight + 30 * hour);
    const [swapped] = early.filter(({ device, atMs }) => device === "mast" && atMs === midnight + 29 * hour);
    await field.arrives(early.filter((message) => message !== swapped));
    await field.arrives([swapped!], midnight + 30 * hour);
    await field.mends();
    expect(field.derived.lateDays).toBe(1);
    await field.arrives(messages.slice(early.length));
    await field.mends();
    expect(field.derived.lateDays).toBe(0);
    expect(await field.record()).toEqual(await toldInTime());
  });

  test("a day that waits to be mended is mended after a restart", { timeout: 120_000 }, async () => {
    const field = await openField();
    const [first, ...others] = messages;
    await field.arrives(others);
    await field.arrives([first!], midnight + days * dayMs + 2 * hour);
    await field.restart();
    expect(field.derived.lateDays).toBeGreaterThan(0);
    await field.mends();
    expect(await field.record()).toEqual(await toldInTime());
  });

  test("what is stored anew is reckoned anew, and a second time changes nothing", {
    timeout: 120_000,
  }, async () => {
    const field = await openField();
    const sunk = (message: Message) =>
      message.device === "paddy" ? { ...message, values: { "water.level": -0.2 } } : message;
    await field.arrives(messages.map(sunk));
    for (const _ of [1, 2]) {
      const levels = messages
        .filter(({ device }) => device === "paddy")
        .map(({ device, atMs, values }) => ({
          ...{ device, measuredAtMs: atMs, receivedAtMs: atMs + 2000, live: false },
          ...{ quantity: "water.level", value: values["water.level"]! },
        }));
      await field.store.rewrite(levels);
      field.derived.rewritten(levels);
      await field.mends();
      expect(await field.record()).toEqual(await toldInTime());
    }
  });

  test.each([1, 2, 3])(
    "in any order the record becomes the same, seed %i",
    { timeout: 300_000 },
    async (seed) => {
      const random = dice(seed);
      const expected = await toldInTime();
      const field = await openField();
      // Most come in time, by whichever node; a third of them come at the end, in any order, some of them twice.
      const late = story.filter(() => random() < 0.35);
      const isLate = new Set(late);
      await field.arrives(story.filter((message) => !isLate.has(message)));
      const endMs = midnight + days * dayMs + 2 * hour;
      await field.arrives(farewell, endMs);
      for (const some of inPieces(shuffled([...late, ...late.slice(0, 20)], random), random)) {
        await field.arrives(some, endMs + hour);
        if (random() < 0.3) await field.mends();
        if (random() < 0.3) field.crash();
      }
      await field.mends();
      expect(field.derived.lateDays).toBe(0);
      expect(await field.record()).toEqual(expected);
    },
  );
});
