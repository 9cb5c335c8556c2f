import { expect, test } from "vitest";
import { everyMinute, minute, reading, start } from "./readings.ts";
import type { StoreInTime } from "./store-in-time.ts";

/** What is written is kept as it is, once, and the cursor with it. */
export function storingContract(subject: StoreInTime): void {
  const { stages, all, values, age } = subject;

  test("a reading is read back as it was, its receive time to the second", async () => {
    const late = reading({ measuredAtMs: start + 1234, receivedAtMs: start + 7_201_300, value: -3.5 });
    await subject.store.write([late], 1);
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
    await subject.store.write(
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
    await subject.store.write(
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
      await subject.store.write([...batch, ...batch.slice(10, 20)], 1);
      await pass();
      await subject.store.write(batch, 2);
      await subject.store.rewrite(batch.slice(5));
      expect(await values()).toEqual(batch.map(({ value }) => value));
      await age();
      expect(await values()).toEqual(batch.map(({ value }) => value));
    });

    test(`the last write wins, ${stage}`, async () => {
      await subject.store.write([reading({ value: 1 }), reading({ value: 2 }), reading({ value: 3 })], 1);
      expect(await values()).toEqual([3]);
      await pass();
      expect(await values()).toEqual([3]);
      await subject.store.write([reading({ value: 4 })], 2);
      expect(await values()).toEqual([4]);
      await subject.store.rewrite([reading({ value: 5 }), reading({ value: 6 })]);
      expect(await values()).toEqual([6]);
      await pass();
      expect(await values()).toEqual([6]);
      await age();
      expect(await values()).toEqual([6]);
    });

    test(`readings come in any order, ${stage}`, async () => {
      const batch = everyMinute(60);
      await subject.store.write(batch.slice(30), 1);
      await pass();
      await subject.store.write(batch.slice(0, 15).reverse(), 2);
      await subject.store.write(batch.slice(15, 30), 3);
      expect(await values()).toEqual(batch.map(({ value }) => value));
    });
  }

  test("the cursor begins at 0, moves with writing only, and is kept", async () => {
    expect(await subject.store.cursor()).toBe(0);
    await subject.store.write([reading()], 17);
    await subject.store.write([], 30);
    await subject.store.rewrite([reading({ value: 1 })]);
    for (const [, pass] of stages) {
      await pass();
      expect(await subject.store.cursor()).toBe(30);
    }
  });
}
