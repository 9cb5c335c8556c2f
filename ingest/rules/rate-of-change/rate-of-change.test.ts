import { describe, expect, test } from "vitest";
import type { ReadingRule } from "../rule.ts";
import { expectTheSameAfterRestarts, firesAt, hour, minute, seeded, verdictsOf } from "../testing/judged.ts";
import { rateOfChange } from "./rate-of-change.ts";

const oxygen = "water.dissolvedOxygen";
const base = {
  kind: "rate-of-change",
  name: "falling",
  severity: "warning",
  quantity: oxygen,
  withinMs: hour,
  title: { vi: "Giảm nhanh", en: "Falling fast" },
  advice: { vi: "Kiểm tra", en: "Look" },
};

const rule = (config: object): ReadingRule => rateOfChange.parse({ ...base, ...config });

/** The verdicts over `[minute, value]` pairs. */
function verdicts(config: object, readings: readonly (readonly [number, number])[]): boolean[] {
  return firesAt(
    rule(config),
    readings.map(([at, value]) => [at * minute, value]),
  );
}

describe("a rate of change", () => {
  test("fires when the value has fallen by more than the limit within the window", () => {
    expect(
      verdicts({ fallsBy: 2 }, [
        [0, 6],
        [20, 5],
        [40, 4],
        [50, 3.9],
      ]),
    ).toEqual([false, false, false, true]);
  });

  test("fires on a rise when asked for a rise, and not on a fall", () => {
    expect(
      verdicts({ risesBy: 2 }, [
        [0, 6],
        [20, 1],
        [40, 3.5],
      ]),
    ).toEqual([false, false, true]);
  });

  test("a slow fall of the same size is no alert", () => {
    const slow = Array.from({ length: 12 }, (_, at) => [at * 30, 8 - at * 0.5] as const);
    expect(verdicts({ fallsBy: 2 }, slow)).not.toContain(true);
  });

  test("a value after a gap longer than the window is compared with nothing", () => {
    expect(
      verdicts({ fallsBy: 2 }, [
        [0, 8],
        [61, 2],
      ]),
    ).toEqual([false, false]);
  });

  test("a value exactly one window ago still counts", () => {
    expect(
      verdicts({ fallsBy: 2 }, [
        [0, 8],
        [60, 2],
      ]),
    ).toEqual([false, true]);
  });

  test("resolves when the change within the window has come down to the clear value", () => {
    const readings = [
      [0, 6],
      [10, 3],
      [30, 4.5],
      [40, 5],
      [50, 5.1],
    ] as const;
    expect(verdicts({ fallsBy: 2, clear: 1 }, readings)).toEqual([false, true, true, false, false]);
  });

  test("tells the change and the time it began", () => {
    const watcher = rule({ fallsBy: 2 }).watch(null);
    for (const [at, value] of [
      [0, 5],
      [10, 6],
      [30, 3.5],
    ] as const)
      watcher.judge(at * minute, value, oxygen);
    expect(watcher.judged).toBeCloseTo(2.5, 12);
    expect(watcher.sinceMs).toBe(10 * minute);
  });

  test("agrees with comparing against every reading of the window, for a device slower than 1/64 of it", () => {
    const random = seeded(7);
    const watcher = rule({ fallsBy: 2 }).watch(null);
    const readings: (readonly [number, number])[] = [];
    let atMs = 0;
    let fired = 0;
    for (let i = 0; i < 2000; i++) {
      atMs += minute + Math.floor(random() * 10 * minute);
      const value = 5 + 3 * random();
      readings.push([atMs, value]);
      const window = readings.filter(([at]) => at >= atMs - hour);
      const expected = Math.max(...window.map(([, before]) => before - value)) > 2;
      expect(watcher.judge(atMs, value, oxygen) !== null).toBe(expected);
      if (expected) fired++;
    }
    expect(fired).toBeGreaterThan(100);
  });

  test("a device that sends every second takes bounded memory, and its crash is still seen", () => {
    const watcher = rule({ fallsBy: 2 }).watch(null);
    let fired = 0;
    for (let second = 0; second < 10_000; second++) {
      if (watcher.judge(second * 1000, 20 - second / 1000, oxygen)) fired++;
    }
    expect((watcher.save() as unknown as [[number, number[]]])[0][1].length).toBeLessThanOrEqual(65);
    // 2 mg/L are lost in 2,000 s; the watcher may be late by 1/64 of the hour.
    expect(fired).toBeGreaterThanOrEqual(10_000 - 2000 - 60);
  });

  test("what was measured in the future of a clock that is put right is forgotten", () => {
    expect(
      verdicts({ fallsBy: 2 }, [
        [0, 5],
        [600, 9],
        [1, 5],
        [2, 2.5],
      ]),
    ).toEqual([false, false, false, true]);
  });

  test("goes on from what it saved as if nothing had happened", () => {
    const random = seeded(3);
    const readings = Array.from({ length: 500 }, (_, i) => [i * minute, 5 + 3 * random()] as const);
    const verdicts = expectTheSameAfterRestarts(rule({ fallsBy: 2, clear: 1 }), readings);
    expect(new Set(verdicts)).toEqual(new Set([null, "warning"]));
  });

  test("tells the worst of its levels", () => {
    const levels = [
      { severity: "warning", fallsBy: 1 },
      { severity: "critical", fallsBy: 2 },
    ];
    const readings = [6, 4.5, 3.5, 3.2].map((value, at) => [at * 30 * minute, value] as const);
    expect(verdictsOf(rule({ severity: undefined, levels }), readings)).toEqual([
      null,
      "warning",
      "critical",
      "warning",
    ]);
  });
});

describe("the configuration of a rate of change", () => {
  test("needs exactly one direction and a clear value within the limit", () => {
    expect(rateOfChange.safeParse(base).success).toBe(false);
    expect(rateOfChange.safeParse({ ...base, risesBy: 1, fallsBy: 1 }).success).toBe(false);
    expect(rateOfChange.safeParse({ ...base, risesBy: 1, clear: 2 }).error!.issues[0]!.path).toEqual([
      "clear",
    ]);
    expect(rateOfChange.safeParse({ ...base, risesBy: 1, withinMs: 0 }).success).toBe(false);
  });
});
