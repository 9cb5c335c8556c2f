import { expect } from "vitest";
import type { ReadingRule, Saved, Severity, Watcher } from "../rule.ts";

export const minute = 60_000;
export const hour = 3_600_000;
export const day = 24 * hour;

/** Midnight of 1 March 2026 in Vietnam. */
export const midnight = Date.UTC(2026, 1, 28, 17);

/** Words and name, for a rule whose words do not matter. */
export const rulesWords = {
  name: "rule",
  title: { vi: "Khô", en: "Dry" },
  advice: { vi: "Tưới", en: "Irrigate" },
};

/** One reading: milliseconds, value, and the quantity when it is not the one that people are told of. */
export type Judged = readonly [atMs: number, value: number, quantity?: string];

function judge(watcher: Watcher, rule: ReadingRule, [atMs, value, quantity]: Judged): Severity | null {
  return watcher.judge(atMs, value, quantity ?? rule.quantity);
}

/** What the rule says after each reading. */
export function verdictsOf(rule: ReadingRule, readings: readonly Judged[]): (Severity | null)[] {
  const watcher = rule.watch(null);
  return readings.map((reading) => judge(watcher, rule, reading));
}

/** Whether it fires after each reading. */
export function firesAt(rule: ReadingRule, readings: readonly Judged[]): boolean[] {
  return verdictsOf(rule, readings).map((verdict) => verdict !== null);
}

/** The watcher after these readings. */
export function watcherAfter(rule: ReadingRule, readings: readonly Judged[]): Watcher {
  const watcher = rule.watch(null);
  for (const reading of readings) judge(watcher, rule, reading);
  return watcher;
}

/**
 * Fails unless a watcher that is saved as JSON and taken up again after each reading says the same as one that never was.
 * @returns what it says
 */
export function expectTheSameAfterRestarts(
  rule: ReadingRule,
  readings: readonly Judged[],
): (Severity | null)[] {
  const whole = rule.watch(null);
  let broken = rule.watch(null);
  return readings.map((reading) => {
    const verdict = judge(whole, rule, reading);
    expect([reading, judge(broken, rule, reading)]).toEqual([reading, verdict]);
    if (verdict !== null) {
      const told = ({ judged, limit, sinceMs }: Watcher) => ({ judged, limit, sinceMs });
      expect([reading, told(broken)]).toEqual([reading, told(whole)]);
    }
    broken = rule.watch(JSON.parse(JSON.stringify(broken.save())) as Saved | null);
    return verdict;
  });
}

/** A small generator of numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
