import { expect, test } from "vitest";
import { hour, reading, start } from "./readings.ts";
import type { StoreInTime } from "./store-in-time.ts";

/** The newest live value of each series, at hand. */
export function latestContract(subject: StoreInTime): void {
  const { stages, age } = subject;

  test("the latest value is the newest live one, whatever comes afterwards", async () => {
    await subject.store.write(
      [
        reading({ measuredAtMs: start + hour, value: 10 }),
        reading({ quantity: "air.temperature", value: 20 }),
        reading({ device: "node-2", value: 30 }),
      ],
      1,
    );
    await subject.store.write(
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
      expect(subject.store.latest().sort(order)).toEqual(expected);
      expect(subject.store.latest(["node-2", "node-9"])).toEqual(expected.slice(2));
      expect(subject.store.latest([])).toEqual([]);
    }
  });

  for (const [stage, pass] of stages) {
    test(`what corrects the newest value corrects the latest, and its repetition as history leaves it, ${stage}`, async () => {
      await subject.store.write([reading({ value: 10 })], 1);
      await pass();
      await subject.store.write([reading({ value: 11, live: false })], 2);
      expect(subject.store.latest().map(({ value }) => value)).toEqual([11]);
      await pass();
      expect(subject.store.latest().map(({ value }) => value)).toEqual([11]);
      await age();
      await subject.reopen();
      expect(subject.store.latest().map(({ value }) => value)).toEqual([11]);
    });
  }

  test("news that comes again as history in the same batch is news, also after a start", async () => {
    await subject.store.write([reading({ value: 10 }), reading({ value: 11, live: false })], 1);
    expect(subject.store.latest().map(({ value }) => value)).toEqual([11]);
    await subject.reopen();
    expect(subject.store.latest().map(({ value }) => value)).toEqual([11]);
  });
}
