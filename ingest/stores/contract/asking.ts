import { expect, test } from "vitest";
import type { Reading } from "../../../devices/index.ts";
import { bucketWidthMs } from "../bucket-width.ts";
import { day, everyMinute, hour, minute, reading, span, start } from "./readings.ts";
import type { StoreInTime } from "./store-in-time.ts";

/** Readings, series, hourly means and completeness. */
export function askingContract(subject: StoreInTime): void {
  const { stages, all } = subject;

  test("readings are told apart by when they arrived", async () => {
    const arrived = (minutes: number) =>
      reading({
        measuredAtMs: start + minutes * minute,
        receivedAtMs: start + hour + minutes * 1000,
        value: minutes,
      });
    await subject.store.write([1, 2, 3, 4].map(arrived), 1);
    for (const [, pass] of stages) {
      await pass();
      const received = { fromMs: start + hour + 2000, toMs: start + hour + 3000 };
      const found = await subject.store.readings({ ...span, devices: ["node-1"], received, limit: 10 });
      expect(found.map(({ value }) => value)).toContain(2);
      expect(found.map(({ value }) => value)).not.toContain(1);
      expect(found.map(({ value }) => value)).not.toContain(4);
    }
  });

  test("a series comes in equal buckets from the span's start, without those that are empty", async () => {
    const first = everyMinute(10, { measuredAtMs: start + 30_000 });
    const last = reading({ measuredAtMs: start + 59 * minute, value: 7 });
    const outside = [
      reading({ measuredAtMs: start - 1, value: 1e6 }),
      reading({ measuredAtMs: start + hour, value: 1e6 }),
      reading({ device: "node-2", value: 1e6 }),
      reading({ quantity: "air.temperature", value: 1e6 }),
    ];
    await subject.store.write([...first, last, ...outside], 1);
    const query = {
      device: "node-1",
      quantity: "soil.moisture",
      fromMs: start,
      toMs: start + hour,
      buckets: 12,
    };
    for (const [, pass] of stages) {
      await pass();
      expect(await subject.store.series(query)).toEqual([
        { startMs: start, count: 5, mean: 2, min: 0, max: 4 },
        { startMs: start + 5 * minute, count: 5, mean: 7, min: 5, max: 9 },
        { startMs: start + 55 * minute, count: 1, mean: 7, min: 7, max: 7 },
      ]);
      expect(await subject.store.series({ ...query, device: "node-9" })).toEqual([]);
    }
  });

  test("a long series has at most as many buckets as asked for, and means weighted by count", async () => {
    const days = 30;
    const batches = Array.from({ length: days }, (_, index) =>
      everyMinute(index % 2 === 0 ? 180 : 60, { measuredAtMs: start + index * day + 3 * hour }),
    );
    await subject.store.write(batches.flat(), 1);
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
        const found = await subject.store.series(query);
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
    await subject.store.write([...wanted, reading({ device: "node-3" })].reverse(), 1);
    const key = ({ device, quantity, measuredAtMs }: Omit<Reading, "live">) => [
      device,
      quantity,
      measuredAtMs,
    ];
    for (const [, pass] of stages) {
      await pass();
      const devices = ["node-2", "node-1", "node-7"];
      expect((await all(devices)).map((r) => key(r as Reading))).toEqual(wanted.map(key));
      const some = await subject.store.readings({
        ...span,
        devices,
        quantities: ["soil.moisture"],
        limit: 4,
      });
      expect(some.map((r) => key(r as Reading))).toEqual(
        wanted
          .filter(({ quantity }) => quantity === "soil.moisture")
          .slice(0, 4)
          .map(key),
      );
      expect(await subject.store.readings({ ...span, devices: [], limit: 10 })).toEqual([]);
    }
  });

  test("hourly means count each reading once, also when it came late, again or changed", async () => {
    await subject.store.write(everyMinute(120), 1);
    await subject.store.write([reading({ device: "node-2", value: 5 })], 2);
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
      expect(await subject.store.hourlyMeans(query)).toEqual(expected);
    }
    await subject.store.write([reading({ value: 3000 }), reading({ measuredAtMs: start + 1, value: 1 })], 3);
    expected[0] = { ...expected[0]!, count: 61, mean: (60 * 29.5 + 3001) / 61, min: 1, max: 3000 };
    for (const [, pass] of stages) {
      await pass();
      expect(await subject.store.hourlyMeans(query)).toEqual(
        expected.map((row) => ({ ...row, mean: expect.closeTo(row.mean, 9) })),
      );
    }
  });

  test("of many devices those asked about answer, however many they are", async () => {
    const named = (at: number) => `node-${String(at).padStart(2, "0")}`;
    const devices = Array.from({ length: 80 }, (_, at) => named(at));
    const uplinks = devices.map((device, value) => reading({ device, value }));
    await subject.store.write(uplinks, 1);
    // One comes late, one was wrong, and one is known by a series that only just came up.
    const late = reading({ device: named(20), measuredAtMs: start - minute, value: 1 });
    const other = reading({ device: named(79), quantity: "air.temperature" });
    await subject.store.write([late, { ...uplinks[21]!, value: 2100 }, other], 2);
    const firstValue = (at: number) => (at === 21 ? 2100 : at);
    for (const [, pass] of stages) {
      await pass();
      for (const step of [1, 2, 3, 79]) {
        const asked = devices.map((_, at) => at).filter((at) => (79 - at) % step === 0);
        const means = await subject.store.hourlyMeans({
          ...span,
          devices: asked.map(named),
          quantity: "soil.moisture",
        });
        expect(means.map(({ device, mean }) => [device, mean])).toEqual(
          asked.map((at) => [named(at), firstValue(at)]),
        );
        expect(await all([...asked.map(named), "unheard"])).toHaveLength(asked.length + 1);
      }
    }
  });

  test("a span that cuts an hour counts only what lies in it", async () => {
    await subject.store.write(everyMinute(180), 1);
    const cut = { fromMs: start + 30 * minute, toMs: start + 2 * hour + 10 * minute };
    for (const [, pass] of stages) {
      await pass();
      const means = await subject.store.hourlyMeans({
        ...cut,
        devices: ["node-1"],
        quantity: "soil.moisture",
      });
      expect(means.map(({ count, min, max }) => [count, min, max])).toEqual([
        [30, 30, 59],
        [60, 60, 119],
        [10, 120, 129],
      ]);
      expect(await subject.store.completeness(cut)).toEqual([
        { device: "node-1", minutesWithData: 100, hoursWithData: 3, readings: 100 },
      ]);
    }
  });

  test("completeness counts a minute once, whichever quantities and however many readings it has", async () => {
    await subject.store.write(
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
      expect(await subject.store.completeness(span)).toEqual([first, second]);
      expect(await subject.store.completeness({ ...span, devices: ["node-2", "node-5"] })).toEqual([second]);
      expect(await subject.store.completeness({ ...span, quantity: "air.temperature" })).toEqual([
        { device: "node-1", minutesWithData: 60, hoursWithData: 2, readings: 60 },
      ]);
      expect(await subject.store.completeness({ fromMs: start - day, toMs: start })).toEqual([]);
    }
  });
}
