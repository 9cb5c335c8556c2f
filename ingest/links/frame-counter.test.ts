import { describe, expect, test } from "vitest";
import { seededRandom } from "../journal/testing/seeded-random.ts";
import { type CounterState, stepCounter } from "./frame-counter.ts";

/** Hears counters one after the other, each later than the one before, but for those that are told as `[counter, "late"]`. */
function hear(...counters: (number | readonly [number, "late"])[]) {
  const sums = { received: 0, lost: 0, duplicates: 0, resets: 0 };
  let state: CounterState | null = null;
  for (const one of counters) {
    const [counter, isLater] = typeof one === "number" ? [one, true] : [one[0], false];
    const step = stepCounter(state, counter, isLater);
    state = step.state;
    sums.received += step.received;
    sums.lost += step.lost;
    sums.duplicates += step.duplicates;
    sums.resets += step.resets;
  }
  return sums;
}

describe("a frame counter", () => {
  test("that grows by one has lost nothing", () => {
    expect(hear(7, 8, 9)).toEqual({ received: 3, lost: 0, duplicates: 0, resets: 0 });
  });

  test("that jumps has lost what it left out", () => {
    expect(hear(7, 10, 11)).toEqual({ received: 3, lost: 2, duplicates: 0, resets: 0 });
  });

  test("that stands still is the same frame again, also when it comes much later", () => {
    expect(hear(7, 7, 8, [7, "late"], 9, 8)).toMatchObject({
      received: 3,
      lost: 0,
      duplicates: 3,
      resets: 0,
    });
  });

  test("that falls has begun anew, and what was before is not held against it", () => {
    expect(hear(500, 501, 0, 1, 3)).toEqual({ received: 5, lost: 1, duplicates: 0, resets: 1 });
  });

  test("that is heard for the first time tells nothing of what came before", () => {
    expect(hear(40_000)).toEqual({ received: 1, lost: 0, duplicates: 0, resets: 0 });
  });

  test("that is further ahead than a network lets pass is another count", () => {
    expect(hear(10, 10 + 16_384)).toMatchObject({ lost: 16_383, resets: 0 });
    expect(hear(10, 10 + 16_385)).toMatchObject({ lost: 0, resets: 1 });
  });

  test("of a frame that took the long way takes back the loss, once", () => {
    expect(hear(7, 10, [8, "late"], [8, "late"], [9, "late"])).toEqual({
      received: 4,
      lost: 0,
      duplicates: 1,
      resets: 0,
    });
  });

  test("of a frame so late that nobody remembers changes nothing", () => {
    expect(hear(7, 100, [8, "late"])).toMatchObject({ received: 2, lost: 92, duplicates: 1, resets: 0 });
  });

  test("adds up to its span, whatever is dropped, doubled or late by a few frames", () => {
    const random = seededRandom(Number(process.env.SEED ?? 1));
    for (let round = 0; round < 300; round++) {
      const frames = Array.from({ length: 200 }, (_, counter) => counter);
      const kept = frames.filter((counter) => counter === 0 || counter === 199 || random() < 0.8);
      const order = kept
        .map((counter) => ({ counter, at: counter === 0 ? -1 : counter + random() * 20 }))
        .toSorted((one, other) => one.at - other.at)
        .flatMap(({ counter }) => (random() < 0.1 ? [counter, counter] : [counter]));
      let highest = -1;
      const heard = order.map((counter) => {
        const isLate = counter < highest;
        highest = Math.max(highest, counter);
        return isLate ? ([counter, "late"] as const) : counter;
      });
      const { received, lost, duplicates, resets } = hear(...heard);
      expect({ received, lost, duplicates, resets }).toEqual({
        received: kept.length,
        lost: 200 - kept.length,
        duplicates: order.length - kept.length,
        resets: 0,
      });
    }
  });
});
