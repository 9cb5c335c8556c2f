import { expect, test } from "vitest";
import type { Reading } from "../../../devices/index.ts";
import { day, everyMinute, hour, reading, span, start } from "./readings.ts";
import type { StoreInTime } from "./store-in-time.ts";

/** What is removed never was, until it is written again. */
export function removingContract(subject: StoreInTime): void {
  const { stages, values, age } = subject;

  for (const [stage, pass] of stages) {
    test(`what was removed never was, ${stage}`, async () => {
      const night = everyMinute(120);
      const other = reading({ device: "node-2", value: 5 });
      await subject.store.write([...night, other], 1);
      await pass();
      const removed = night.filter(({ value }) => value % 2 === 1);
      await subject.store.remove(removed);
      const query = { quantity: "soil.moisture", devices: ["node-1", "node-2"], ...span };
      const check = async () => {
        expect(await values()).toEqual(night.map(({ value }) => value).filter((value) => value % 2 === 0));
        expect(await values(["node-2"])).toEqual([5]);
        expect(await subject.store.hourlyMeans(query)).toEqual([
          { device: "node-1", hourMs: start, count: 30, mean: 29, min: 0, max: 58 },
          { device: "node-1", hourMs: start + hour, count: 30, mean: 89, min: 60, max: 118 },
          { device: "node-2", hourMs: start, count: 1, mean: 5, min: 5, max: 5 },
        ]);
        expect(await subject.store.completeness({ ...span, devices: ["node-1"] })).toEqual([
          { device: "node-1", minutesWithData: 60, hoursWithData: 2, readings: 60 },
        ]);
        const series = { device: "node-1", quantity: "soil.moisture", ...span, buckets: 1 };
        expect(await subject.store.series(series)).toEqual([
          { startMs: start, count: 60, mean: 59, min: 0, max: 118 },
        ]);
      };
      await check();
      await subject.store.remove(removed);
      await subject.reopen();
      await check();
      await age();
      await check();
      expect(await subject.store.cursor()).toBe(1);
    });

    test(`the latest value that is removed leaves the one before, ${stage}`, async () => {
      const [first, second, third] = everyMinute(3) as [Reading, Reading, Reading];
      const history = reading({ measuredAtMs: start + 30_000, value: 77, live: false });
      await subject.store.write([first, second, third, history, reading({ device: "node-2" })], 1);
      await pass();
      const latest = () => subject.store.latest(["node-1"]).map(({ value }) => value);
      await subject.store.remove([third]);
      expect(latest()).toEqual([1]);
      await subject.reopen();
      expect(latest()).toEqual([1]);
      await subject.store.remove([second]);
      await age();
      expect(latest()).toEqual([0]);
      await subject.reopen();
      expect(latest()).toEqual([0]);
      await subject.store.remove([first]);
      await pass();
      expect(latest()).toEqual([]);
      expect(await values()).toEqual([77]);
      await subject.reopen();
      expect(latest()).toEqual([]);
      expect(subject.store.latest().map(({ device }) => device)).toEqual(["node-2"]);
    });

    test(`what is written after it was removed is there again, ${stage}`, async () => {
      await subject.store.write([reading({ value: 1 })], 1);
      await pass();
      await subject.store.remove([reading()]);
      await subject.store.rewrite([reading({ value: 2, live: false })]);
      expect(await values()).toEqual([2]);
      expect(subject.store.latest()).toEqual([]);
      await pass();
      expect(await values()).toEqual([2]);
      await subject.store.remove([reading()]);
      await subject.store.write([reading({ value: 3 })], 2);
      expect(subject.store.latest().map(({ value }) => value)).toEqual([3]);
      await age();
      await subject.reopen();
      expect(await values()).toEqual([3]);
      expect(subject.store.latest().map(({ value }) => value)).toEqual([3]);
    });
  }

  test("removing nothing, or what never was, changes nothing", async () => {
    await subject.store.write([reading({ value: 1 })], 1);
    for (const [, pass] of stages) {
      await pass();
      await subject.store.remove([]);
      await subject.store.remove([
        reading({ device: "node-9" }),
        reading({ quantity: "air.temperature" }),
        reading({ measuredAtMs: start + 1 }),
        reading({ measuredAtMs: start + 60 * day }),
      ]);
      expect(await values()).toEqual([1]);
      expect(subject.store.latest().map(({ device, value }) => [device, value])).toEqual([["node-1", 1]]);
    }
  });
}
