import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Reading } from "../../devices/index.ts";
import { bucketWidthMs } from "./bucket-width.ts";
import type { ReadingStore } from "./reading-store.ts";

/** A store under test: empty at first, knowing the units of `contractUnits`, keeping everything for ever. */
export interface StoreUnderTest {
  readonly store: ReadingStore;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<ReadingStore>;
  close(): Promise<void>;
}

export const contractUnits: ReadonlyMap<string, { readonly unit: string }> = new Map([
  ["soil.moisture", { unit: "%" }],
  ["air.temperature", { unit: "Cel" }],
]);

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Friday, 00:00 UTC. */
const start = Date.UTC(2026, 10, 20);

function reading(part: Partial<Reading> = {}): Reading {
  const measuredAtMs = part.measuredAtMs ?? start;
  return {
    device: "node-1",
    quantity: "soil.moisture",
    measuredAtMs,
    receivedAtMs: measuredAtMs + 2000,
    value: 31.2,
    live: true,
    ...part,
  };
}

/** One reading a minute, its value the number of the minute. */
function everyMinute(minutes: number, part: Partial<Reading> = {}): Reading[] {
  const fromMs = part.measuredAtMs ?? start;
  return Array.from({ length: minutes }, (_, index) =>
    reading({ ...part, measuredAtMs: fromMs + index * minute, value: index }),
  );
}

/**
 * What every `ReadingStore` must do. Each fact is checked where it could break: while the readings are new, after the
 * store was opened again, and after maintenance long past their day.
 */
export function readingStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of a reading store`, () => {
    let subject: StoreUnderTest;
    let store: ReadingStore;
    beforeEach(async () => {
      subject = await open();
      store = subject.store;
    });
    afterEach(() => subject?.close());

    const span = { fromMs: start, toMs: start + day };
    const all = (devices = ["node-1"]) => store.readings({ ...span, devices, limit: 100_000 });
    const values = async (devices?: string[]) => (await all(devices)).map(({ value }) => value);
    const age = () => store.maintain(start + 40 * day);
    const stages: [string, () => Promise<void>][] = [
      ["while new", async () => {}],
      [
        "after opening again",
        async () => {
          store = await subject.reopen();
        },
      ],
      ["after maintenance", age],
    ];

    test("a reading is read back as it was, its receive time to the second", async () => {
      const late = reading({ measuredAtMs: start + 1234, receivedAtMs: start + 7_201_300, value: -3.5 });
      await store.write([late], 1);
      for (const [, pass] of stages) {
        await pass();
        const [{ receivedAtMs, ...kept }] = (await all()) as [Awaited<ReturnType<typeof all>>[number]];
        expect(kept).toEqual({
          device: "node-1",
          quantity: "soil.moisture",
          measuredAtMs: start + 1234,
          value: -3.5,
        });
        expect(Math.abs(receivedAtMs - late.receivedAtMs)).toBeLessThan(1000);
      }
    });

    test("every finite number is kept as it is; negative zero may come back as zero", async () => {
      const numbers = [0.1 + 0.2, 1e308, -1e308, 5e-324, 2 ** 53, 1 / 3, -0, 0, 12.30000001];
      await store.write(
        numbers.map((value, index) => reading({ value, measuredAtMs: start + index * minute })),
        1,
      );
      for (const [, pass] of stages) {
        await pass();
        const kept = await values();
        expect(kept.map((value, index) => value === numbers[index])).toEqual(numbers.map(() => true));
      }
    });

    test("names are kept whatever they are made of", async () => {
      const devices = ["node'1", 'a "b", c', "nút-ấp-3", "x;--", "%_\\"];
      await store.write(
        devices.map((device) => reading({ device })),
        1,
      );
      for (const [, pass] of stages) {
        await pass();
        expect((await all(devices)).map(({ device }) => device).sort()).toEqual([...devices].sort());
      }
    });

    for (const [stage, pass] of stages) {
      test(`storing the same reading twice is storing it once, ${stage}`, async () => {
        const batch = everyMinute(90);
        await store.write([...batch, ...batch.slice(10, 20)], 1);
        await pass();
        await store.write(batch, 2);
        await store.rewrite(batch.slice(5));
        expect(await values()).toEqual(batch.map(({ value }) => value));
        await age();
        expect(await values()).toEqual(batch.map(({ value }) => value));
      });

      test(`the last write wins, ${stage}`, async () => {
        await store.write([reading({ value: 1 }), reading({ value: 2 }), reading({ value: 3 })], 1);
        expect(await values()).toEqual([3]);
        await pass();
        expect(await values()).toEqual([3]);
        await store.write([reading({ value: 4 })], 2);
        expect(await values()).toEqual([4]);
        await store.rewrite([reading({ value: 5 }), reading({ value: 6 })]);
        expect(await values()).toEqual([6]);
        await pass();
        expect(await values()).toEqual([6]);
        await age();
        expect(await values()).toEqual([6]);
      });

      test(`readings come in any order, ${stage}`, async () => {
        const batch = everyMinute(60);
        await store.write(batch.slice(30), 1);
        await pass();
        await store.write(batch.slice(0, 15).reverse(), 2);
        await store.write(batch.slice(15, 30), 3);
        expect(await values()).toEqual(batch.map(({ value }) => value));
      });
    }

    for (const [stage, pass] of stages) {
      test(`what was removed never was, ${stage}`, async () => {
        const night = everyMinute(120);
        const other = reading({ device: "node-2", value: 5 });
        await store.write([...night, other], 1);
        await pass();
        const removed = night.filter(({ value }) => value % 2 === 1);
        await store.remove(removed);
        const query = { quantity: "soil.moisture", devices: ["node-1", "node-2"], ...span };
        const check = async () => {
          expect(await values()).toEqual(night.map(({ value }) => value).filter((value) => value % 2 === 0));
          expect(await values(["node-2"])).toEqual([5]);
          expect(await store.hourlyMeans(query)).toEqual([
            { device: "node-1", hourMs: start, count: 30, mean: 29, min: 0, max: 58 },
            { device: "node-1", hourMs: start + hour, count: 30, mean: 89, min: 60, max: 118 },
            { device: "node-2", hourMs: start, count: 1, mean: 5, min: 5, max: 5 },
          ]);
          expect(await store.completeness({ ...span, devices: ["node-1"] })).toEqual([
            { device: "node-1", minutesWithData: 60, hoursWithData: 2, readings: 60 },
          ]);
          const series = { device: "node-1", quantity: "soil.moisture", ...span, buckets: 1 };
          expect(await store.series(series)).toEqual([
            { startMs: start, count: 60, mean: 59, min: 0, max: 118 },
          ]);
        };
        await check();
        await store.remove(removed);
        store = await subject.reopen();
        await check();
        await age();
        await check();
        expect(await store.cursor()).toBe(1);
      });

      test(`the latest value that is removed leaves the one before, ${stage}`, async () => {
        const [first, second, third] = everyMinute(3) as [Reading, Reading, Reading];
        const history = reading({ measuredAtMs: start + 30_000, value: 77, live: false });
        await store.write([first, second, third, history, reading({ device: "node-2" })], 1);
        await pass();
        const latest = () => store.latest(["node-1"]).map(({ value }) => value);
        await store.remove([third]);
        expect(latest()).toEqual([1]);
        store = await subject.reopen();
        expect(latest()).toEqual([1]);
        await store.remove([second]);
        await age();
        expect(latest()).toEqual([0]);
        store = await subject.reopen();
        expect(latest()).toEqual([0]);
        await store.remove([first]);
        await pass();
        expect(latest()).toEqual([]);
        expect(await values()).toEqual([77]);
        store = await subject.reopen();
        expect(latest()).toEqual([]);
        expect(store.latest().map(({ device }) => device)).toEqual(["node-2"]);
      });

      test(`what is written after it was removed is there again, ${stage}`, async () => {
        await store.write([reading({ value: 1 })], 1);
        await pass();
        await store.remove([reading()]);
        await store.rewrite([reading({ value: 2, live: false })]);
        expect(await values()).toEqual([2]);
        expect(store.latest()).toEqual([]);
        await pass();
        expect(await values()).toEqual([2]);
        await store.remove([reading()]);
        await store.write([reading({ value: 3 })], 2);
        expect(store.latest().map(({ value }) => value)).toEqual([3]);
        await age();
        store = await subject.reopen();
        expect(await values()).toEqual([3]);
        expect(store.latest().map(({ value }) => value)).toEqual([3]);
      });
    }

    test("removing nothing, or what never was, changes nothing", async () => {
      await store.write([reading({ value: 1 })], 1);
      for (const [, pass] of stages) {
        await pass();
        await store.remove([]);
        await store.remove([
          reading({ device: "node-9" }),
          reading({ quantity: "air.temperature" }),
          reading({ measuredAtMs: start + 1 }),
          reading({ measuredAtMs: start + 60 * day }),
        ]);
        expect(await values()).toEqual([1]);
        expect(store.latest().map(({ device, value }) => [device, value])).toEqual([["node-1", 1]]);
      }
    });

    test("readings are told apart by when they arrived", async () => {
      const arrived = (minutes: number) =>
        reading({
          measuredAtMs: start + minutes * minute,
          receivedAtMs: start + hour + minutes * 1000,
          value: minutes,
        });
      await store.write([1, 2, 3, 4].map(arrived), 1);
      for (const [, pass] of stages) {
        await pass();
        const received = { fromMs: start + hour + 2000, toMs: start + hour + 3000 };
        const found = await store.readings({ ...span, devices: ["node-1"], received, limit: 10 });
        expect(found.map(({ value }) => value)).toContain(2);
        expect(found.map(({ value }) => value)).not.toContain(1);
        expect(found.map(({ value }) => value)).not.toContain(4);
      }
    });

    test("the cursor begins at 0, moves with writing only, and is kept", async () => {
      expect(await store.cursor()).toBe(0);
      await store.write([reading()], 17);
      await store.write([], 30);
      await store.rewrite([reading({ value: 1 })]);
      for (const [, pass] of stages) {
        await pass();
        expect(await store.cursor()).toBe(30);
      }
    });

    test("the latest value is the newest live one, whatever comes afterwards", async () => {
      await store.write(
        [
          reading({ measuredAtMs: start + hour, value: 10 }),
          reading({ quantity: "air.temperature", value: 20 }),
          reading({ device: "node-2", value: 30 }),
        ],
        1,
      );
      await store.write(
        [
          reading({ measuredAtMs: start, value: 1 }),
          reading({ measuredAtMs: start + 2 * hour, value: 2, live: false }),
          reading({ device: "node-3", value: 3, live: false }),
        ],
        2,
      );
      const order = (a: { device: string; quantity: string }, b: { device: string; quantity: string }) =>
        `${a.device} ${a.quantity}` < `${b.device} ${b.quantity}` ? -1 : 1;
      const expected = [
        { device: "node-1", quantity: "air.temperature", value: 20, measuredAtMs: start },
        { device: "node-1", quantity: "soil.moisture", value: 10, measuredAtMs: start + hour },
        { device: "node-2", quantity: "soil.moisture", value: 30, measuredAtMs: start },
      ];
      for (const [, pass] of [...stages, ...stages]) {
        await pass();
        expect(store.latest().sort(order)).toEqual(expected);
        expect(store.latest(["node-2", "node-9"])).toEqual(expected.slice(2));
        expect(store.latest([])).toEqual([]);
      }
    });

    for (const [stage, pass] of stages) {
      test(`what corrects the newest value corrects the latest, and its repetition as history leaves it, ${stage}`, async () => {
        await store.write([reading({ value: 10 })], 1);
        await pass();
        await store.write([reading({ value: 11, live: false })], 2);
        expect(store.latest().map(({ value }) => value)).toEqual([11]);
        await pass();
        expect(store.latest().map(({ value }) => value)).toEqual([11]);
        await age();
        store = await subject.reopen();
        expect(store.latest().map(({ value }) => value)).toEqual([11]);
      });
    }

    test("a series comes in equal buckets from the span's start, without those that are empty", async () => {
      const first = everyMinute(10, { measuredAtMs: start + 30_000 });
      const last = reading({ measuredAtMs: start + 59 * minute, value: 7 });
      const outside = [
        reading({ measuredAtMs: start - 1, value: 1e6 }),
        reading({ measuredAtMs: start + hour, value: 1e6 }),
        reading({ device: "node-2", value: 1e6 }),
        reading({ quantity: "air.temperature", value: 1e6 }),
      ];
      await store.write([...first, last, ...outside], 1);
      const query = {
        device: "node-1",
        quantity: "soil.moisture",
        fromMs: start,
        toMs: start + hour,
        buckets: 12,
      };
      for (const [, pass] of stages) {
        await pass();
        expect(await store.series(query)).toEqual([
          { startMs: start, count: 5, mean: 2, min: 0, max: 4 },
          { startMs: start + 5 * minute, count: 5, mean: 7, min: 5, max: 9 },
          { startMs: start + 55 * minute, count: 1, mean: 7, min: 7, max: 7 },
        ]);
        expect(await store.series({ ...query, device: "node-9" })).toEqual([]);
      }
    });

    test("a long series has at most as many buckets as asked for, and means weighted by count", async () => {
      const days = 30;
      const batches = Array.from({ length: days }, (_, index) =>
        everyMinute(index % 2 === 0 ? 180 : 60, { measuredAtMs: start + index * day + 3 * hour }),
      );
      await store.write(batches.flat(), 1);
      for (const [, pass] of stages) {
        await pass();
        for (const [fromMs, buckets] of [
          [start, 30],
          [start, 7],
          [start + 90_000, 13],
          [start + hour, 500],
        ] as const) {
          const query = {
            device: "node-1",
            quantity: "soil.moisture",
            fromMs,
            toMs: start + days * day,
            buckets,
          };
          const found = await store.series(query);
          expect(found.length).toBeLessThanOrEqual(buckets);
          const counted = found.reduce((sum, { count }) => sum + count, 0);
          const total = found.reduce((sum, { count, mean }) => sum + count * mean, 0);
          expect(counted).toBe(batches.flat().length);
          expect(total).toBeCloseTo(
            batches.flat().reduce((sum, { value }) => sum + value, 0),
            5,
          );
          expect(Math.max(...found.map(({ max }) => max))).toBe(179);
          expect(found.every(({ startMs }) => (startMs - fromMs) % bucketWidthMs(query, buckets) === 0)).toBe(
            true,
          );
        }
      }
    });

    test("readings come by device, quantity and time, and no more than asked for", async () => {
      const wanted = ["node-1", "node-2"].flatMap((device) =>
        ["air.temperature", "soil.moisture"].flatMap((quantity) => everyMinute(3, { device, quantity })),
      );
      await store.write([...wanted, reading({ device: "node-3" })].reverse(), 1);
      const key = ({ device, quantity, measuredAtMs }: Omit<Reading, "live">) => [
        device,
        quantity,
        measuredAtMs,
      ];
      for (const [, pass] of stages) {
        await pass();
        const devices = ["node-2", "node-1", "node-7"];
        expect((await all(devices)).map((r) => key(r as Reading))).toEqual(wanted.map(key));
        const some = await store.readings({ ...span, devices, quantities: ["soil.moisture"], limit: 4 });
        expect(some.map((r) => key(r as Reading))).toEqual(
          wanted
            .filter(({ quantity }) => quantity === "soil.moisture")
            .slice(0, 4)
            .map(key),
        );
        expect(await store.readings({ ...span, devices: [], limit: 10 })).toEqual([]);
      }
    });

    test("hourly means count each reading once, also when it came late, again or changed", async () => {
      await store.write(everyMinute(120), 1);
      await store.write([reading({ device: "node-2", value: 5 })], 2);
      const query = {
        devices: ["node-1", "node-2"],
        quantity: "soil.moisture",
        fromMs: start,
        toMs: start + day,
      };
      const expected = [
        { device: "node-1", hourMs: start, count: 60, mean: 29.5, min: 0, max: 59 },
        { device: "node-1", hourMs: start + hour, count: 60, mean: 89.5, min: 60, max: 119 },
        { device: "node-2", hourMs: start, count: 1, mean: 5, min: 5, max: 5 },
      ];
      for (const [, pass] of stages) {
        await pass();
        expect(await store.hourlyMeans(query)).toEqual(expected);
      }
      await store.write([reading({ value: 3000 }), reading({ measuredAtMs: start + 1, value: 1 })], 3);
      expected[0] = { ...expected[0]!, count: 61, mean: (60 * 29.5 + 3001) / 61, min: 1, max: 3000 };
      for (const [, pass] of stages) {
        await pass();
        expect(await store.hourlyMeans(query)).toEqual(
          expected.map((row) => ({ ...row, mean: expect.closeTo(row.mean, 9) })),
        );
      }
    });

    test("a span that cuts an hour counts only what lies in it", async () => {
      await store.write(everyMinute(180), 1);
      const cut = { fromMs: start + 30 * minute, toMs: start + 2 * hour + 10 * minute };
      for (const [, pass] of stages) {
        await pass();
        const means = await store.hourlyMeans({ ...cut, devices: ["node-1"], quantity: "soil.moisture" });
        expect(means.map(({ count, min, max }) => [count, min, max])).toEqual([
          [30, 30, 59],
          [60, 60, 119],
          [10, 120, 129],
        ]);
        expect(await store.completeness(cut)).toEqual([
          { device: "node-1", minutesWithData: 100, hoursWithData: 3, readings: 100 },
        ]);
      }
    });

    test("completeness counts a minute once, whichever quantities and however many readings it has", async () => {
      await store.write(
        [
          ...everyMinute(60),
          ...everyMinute(60, { measuredAtMs: start + 5000 }),
          ...everyMinute(60, { measuredAtMs: start + 30 * minute + 7000, quantity: "air.temperature" }),
          ...everyMinute(1, { device: "node-2", measuredAtMs: start + 5 * hour }),
        ],
        1,
      );
      for (const [, pass] of stages) {
        await pass();
        const first = { device: "node-1", minutesWithData: 90, hoursWithData: 2, readings: 180 };
        const second = { device: "node-2", minutesWithData: 1, hoursWithData: 1, readings: 1 };
        expect(await store.completeness(span)).toEqual([first, second]);
        expect(await store.completeness({ ...span, devices: ["node-2", "node-5"] })).toEqual([second]);
        expect(await store.completeness({ ...span, quantity: "air.temperature" })).toEqual([
          { device: "node-1", minutesWithData: 60, hoursWithData: 2, readings: 60 },
        ]);
        expect(await store.completeness({ fromMs: start - day, toMs: start })).toEqual([]);
      }
    });

    test("an export holds each reading once, sorted, with its unit and RFC 3339 times", async () => {
      const folder = await mkdtemp(join(tmpdir(), "canhdong-export-"));
      await store.write(
        [
          reading({ device: "node-2", value: 0.5, measuredAtMs: start + 60_007 }),
          reading({ quantity: "unheard.of", value: 1e21 }),
          reading({ value: 1 }),
          reading({ value: 31.25 }),
          reading({ quantity: "air.temperature", value: -0.1, measuredAtMs: start + 1 }),
        ],
        1,
      );
      for (const [stage, pass] of stages) {
        await pass();
        const file = join(folder, `${stage}.csv`);
        expect(await store.export({ ...span, format: "csv", file })).toBe(4);
        expect((await readFile(file, "utf8")).trimEnd().split("\n")).toEqual([
          "device,quantity,unit,measured_at,received_at,value",
          "node-1,air.temperature,Cel,2026-11-20T00:00:00.001Z,2026-11-20T00:00:02.001Z,-0.1",
          "node-1,soil.moisture,%,2026-11-20T00:00:00.000Z,2026-11-20T00:00:02.000Z,31.25",
          "node-1,unheard.of,,2026-11-20T00:00:00.000Z,2026-11-20T00:00:02.000Z,1e+21",
          "node-2,soil.moisture,%,2026-11-20T00:01:00.007Z,2026-11-20T00:01:02.007Z,0.5",
        ]);
        const part = { ...span, devices: ["node-1"], quantities: ["soil.moisture"] };
        expect(await store.export({ ...part, format: "parquet", file: `${file}.parquet` })).toBe(1);
        expect((await readFile(`${file}.parquet`)).subarray(0, 4).toString()).toBe("PAR1");
      }
      await rm(folder, { recursive: true });
    });

    test("an export of nothing is a file with its heading", async () => {
      const folder = await mkdtemp(join(tmpdir(), "canhdong-export-"));
      const file = join(folder, "nothing.csv");
      expect(await store.export({ ...span, format: "csv", file })).toBe(0);
      expect(await readFile(file, "utf8")).toBe("device,quantity,unit,measured_at,received_at,value\n");
      await rm(folder, { recursive: true });
    });

    test("usage tells of the readings", async () => {
      await store.write(everyMinute(500), 1);
      for (const [, pass] of stages) {
        await pass();
        const { bytes, readings } = await store.usage();
        expect(readings).toBe(500);
        expect(bytes).toBeGreaterThan(0);
      }
    });
  });
}
