import { describe, expect, test } from "vitest";
import {
  expectTheSameAfterRestarts,
  hour,
  type Judged,
  minute,
  rulesWords,
  seeded,
  verdictsOf,
  watcherAfter,
} from "../testing/judged.ts";
import { combination } from "./combination.ts";

const hot = { quantity: "air.temperature", above: 35 };
const dry = { quantity: "air.relativeHumidity", below: 40 };
const windy = { quantity: "wind.speed", above: 5 };
const base = { kind: "combination", severity: "warning", ...rulesWords };
const rule = (when: object, config: object = {}) => combination.parse({ ...base, when, ...config });

const celsius = (at: number, value: number): Judged => [at * minute, value, "air.temperature"];
const percent = (at: number, value: number): Judged => [at * minute, value, "air.relativeHumidity"];
const wind = (at: number, value: number): Judged => [at * minute, value, "wind.speed"];

describe("a combination", () => {
  test("of all fires only when each holds", () => {
    const both = rule({ all: [hot, dry] });
    expect(verdictsOf(both, [celsius(0, 36), percent(0, 50), percent(10, 30), celsius(20, 34)])).toEqual([
      null,
      null,
      "warning",
      null,
    ]);
  });

  test("of any fires when one holds, also while another is not known", () => {
    expect(verdictsOf(rule({ any: [hot, dry] }), [percent(0, 30), percent(5, 50)])).toEqual([
      "warning",
      null,
    ]);
  });

  test("may ask that something is not so, and is silent while that is not known", () => {
    const still = rule({ all: [hot, { not: windy }] });
    expect(verdictsOf(still, [celsius(0, 36), wind(1, 2), wind(2, 7)])).toEqual([null, "warning", null]);
  });

  test("is held for its time, on the newest clock of its quantities", () => {
    const both = rule({ all: [hot, dry] }, { forMs: 30 * minute });
    const readings = [celsius(0, 36), percent(0, 30), celsius(20, 36), percent(20, 30), celsius(30, 36)];
    expect(verdictsOf(both, readings)).toEqual([null, null, null, null, "warning"]);
    expect(watcherAfter(both, readings).sinceMs).toBe(0);
  });

  test("does not know what was measured too long before the rest", () => {
    const both = rule({ all: [hot, dry] }, { withinMs: hour });
    expect(verdictsOf(both, [percent(0, 30), celsius(61, 36), percent(62, 30)])).toEqual([
      null,
      null,
      "warning",
    ]);
  });

  test("is over when something it needs is not known any more", () => {
    const both = rule({ all: [hot, dry] }, { withinMs: hour });
    const readings = [celsius(0, 36), percent(0, 30), celsius(90, 36), celsius(91, 30)];
    expect(verdictsOf(both, readings)).toEqual([null, "warning", null, null]);
  });

  test("knows hysteresis and hold of each limit", () => {
    const both = rule({
      all: [
        { ...hot, clear: 33 },
        { ...dry, forMs: 10 * minute },
      ],
    });
    const readings = [celsius(0, 36), percent(0, 30), percent(10, 30), celsius(11, 34), celsius(12, 33)];
    expect(verdictsOf(both, readings)).toEqual([null, null, "warning", "warning", null]);
  });

  test("tells the quantity that stands first, with its value and limit", () => {
    const both = rule({ all: [hot, dry] });
    const { judged, limit } = watcherAfter(both, [celsius(0, 36), percent(0, 30)]);
    expect([both.quantity, judged, limit]).toEqual(["air.temperature", 36, 35]);
    expect(both.takes).toEqual(["air.temperature", "air.relativeHumidity"]);
  });

  test("goes on from what it saved as if nothing had happened", () => {
    const random = seeded(6);
    const readings = Array.from({ length: 500 }, (_, at) => {
      const which = random();
      if (which < 0.4) return celsius(at * 7, 30 + 10 * random());
      return which < 0.8 ? percent(at * 7, 20 + 40 * random()) : wind(at * 7, 8 * random());
    });
    const all = rule({ any: [{ all: [hot, dry] }, { all: [hot, { not: windy }] }] }, { forMs: 10 * minute });
    expect(new Set(expectTheSameAfterRestarts(all, readings))).toEqual(new Set([null, "warning"]));
  });
});

test("a condition that is none says what would be right", () => {
  const problem = (when: unknown) => combination.safeParse({ ...base, when }).error!.issues[0]!.message;
  expect(problem({ both: [hot, dry] })).toMatch(/must be \{ all: /);
  expect(problem({ all: [hot] })).toMatch(/at least two conditions/);
  expect(problem({ quantity: "air.temperature", above: 35, below: 3 })).toMatch(/needs one of `above`/);
  expect(problem({ quantity: "air.mood", above: 35 })).toMatch(/`air.mood` is not in the catalogue/);
});
