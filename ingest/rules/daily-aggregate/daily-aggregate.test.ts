import { describe, expect, test } from "vitest";
import {
  day,
  expectTheSameAfterRestarts,
  hour,
  type Judged,
  midnight,
  minute,
  rulesWords,
  seeded,
  verdictsOf,
  watcherAfter,
} from "../testing/judged.ts";
import { dailyAggregate } from "./daily-aggregate.ts";

const base = {
  kind: "daily-aggregate",
  severity: "warning",
  quantity: "air.temperature",
  of: "mean",
  below: 15,
  ...rulesWords,
};
const rule = (config: object = {}) => dailyAggregate.parse({ ...base, ...config });

/** A reading each half hour, by the local hour of each day. */
function days(...temperature: readonly ((hour: number) => number)[]): Judged[] {
  return temperature.flatMap((at, n) =>
    Array.from({ length: 48 }, (_, half) => [midnight + n * day + half * 30 * minute, at(half / 2)] as const),
  );
}
const constant = (celsius: number) => () => celsius;
/** The verdict with the first reading of each day. */
const atMidnights = (config: object, readings: readonly Judged[]) =>
  verdictsOf(rule(config), readings).filter((_, at) => (readings[at]![0] - midnight) % day === 0);

describe("a daily value", () => {
  test("is judged with the first reading after the day, and stands until the next day is over", () => {
    const readings = days(constant(20), constant(14), constant(14), constant(16), constant(16));
    expect(atMidnights({}, readings)).toEqual([null, null, "warning", "warning", null]);
  });

  test("is told with its value, its limit and the midnight with which its first day began", () => {
    const { judged, limit, sinceMs } = watcherAfter(
      rule(),
      days(constant(20), constant(14), constant(13), constant(20)),
    );
    expect([judged, limit, sinceMs]).toEqual([13, 15, midnight + day]);
  });

  test("a mean is that of the hours, however often the device speaks in each", () => {
    // Sixty readings in the hot hour, one in each of the others.
    const readings = Array.from({ length: 24 }, (_, at) => at).flatMap((at): Judged[] =>
      at === 13
        ? Array.from({ length: 60 }, (_, m) => [midnight + 13 * hour + m * minute, 40] as const)
        : [[midnight + at * hour, 14]],
    );
    const { judged } = watcherAfter(rule(), [...readings, [midnight + day, 14]]);
    expect(judged).toBeCloseTo((23 * 14 + 40) / 24, 10);
  });

  test("of a night runs from evening to morning, and belongs to the morning's day", () => {
    // Cold from 22:00 to 02:00 only; the afternoon is colder still, and is no night.
    const cold = (hours: number) => (hours < 2 || hours >= 22 ? 5 : hours === 15 ? 1 : 20);
    const readings = days(cold, cold);
    const night = rule({ of: "min", part: "night", below: 6 });
    const { judged, sinceMs } = watcherAfter(night, readings);
    expect([judged, sinceMs]).toEqual([5, midnight + day]);
    const verdicts = verdictsOf(night, readings);
    // The first night is seen from midnight on, six of its twelve hours: it is not known.
    expect(verdicts.findIndex((verdict) => verdict !== null)).toBe(48 + 12);
  });

  test.each([
    ["max", 30],
    ["min", 10],
    ["range", 20],
    ["sum", 24 * 10 + 24 * 30],
  ])("can be the %s", (of, expected) => {
    const readings = days((hours) => (hours < 12 ? 10 : 30), constant(0));
    expect(watcherAfter(rule({ of }), readings).judged).toBe(expected);
  });
});

describe("days running", () => {
  const warmWinter = { of: "min", below: undefined, above: 14, forDays: 3 };

  test("must all be beyond the limit", () => {
    const warm = constant(16);
    expect(atMidnights(warmWinter, days(warm, warm, constant(12), warm, warm, warm, warm))).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      "warning",
    ]);
  });

  test("are broken by a day that is not known", () => {
    const readings = days(...Array.from({ length: 6 }, () => constant(16)));
    const isGap = ([atMs]: Judged) => atMs >= midnight + 2 * day && atMs < midnight + 2 * day + 10 * hour;
    const holed = readings.filter((reading) => !isGap(reading));
    expect(verdictsOf(rule(warmWinter), holed).filter((verdict) => verdict !== null)).toHaveLength(0);
    expect(verdictsOf(rule(warmWinter), readings).filter((verdict) => verdict !== null)).not.toHaveLength(0);
  });

  test("are broken by days without any reading", () => {
    const readings = days(...Array.from({ length: 7 }, () => constant(16)));
    const holed = readings.filter(([atMs]) => atMs < midnight + 2 * day || atMs >= midnight + 4 * day);
    expect(verdictsOf(rule(warmWinter), holed)).not.toContain("warning");
  });

  test("an alert outlasts a day that is not known", () => {
    const readings = days(constant(12), constant(12), constant(12), constant(12));
    const holed = readings.filter(([atMs]) => atMs < midnight + day || atMs >= midnight + day + 12 * hour);
    expect(verdictsOf(rule(), holed).slice(48)).not.toContain(null);
  });
});

test("the worst of overlapping levels is told", () => {
  const levels = [
    { severity: "warning", below: 15 },
    { severity: "critical", below: 13 },
  ];
  const config = { severity: undefined, below: undefined, levels };
  const readings = days(constant(14), constant(12), constant(14), constant(16), constant(16));
  expect(atMidnights(config, readings)).toEqual([null, "warning", "critical", "warning", null]);
});

test("goes on from what it saved as if nothing had happened", () => {
  const random = seeded(2);
  const readings = days(...Array.from({ length: 12 }, () => constant(10 + 10 * random())));
  const holed = readings.filter(() => random() > 0.2);
  const verdicts = expectTheSameAfterRestarts(rule({ forDays: 2, fewestHours: 12 }), holed);
  expect(new Set(verdicts)).toEqual(new Set([null, "warning"]));
  expectTheSameAfterRestarts(rule({ part: "night", of: "min" }), holed);
});

test("a limit of a sum may lie beyond any single reading, one of a mean may not", () => {
  expect(dailyAggregate.safeParse({ ...base, of: "sum", below: 900 }).success).toBe(true);
  expect(dailyAggregate.safeParse({ ...base, below: 900 }).error!.issues[0]!.path).toEqual(["below"]);
  expect(dailyAggregate.safeParse({ ...base, part: "night", fewestHours: 13 }).success).toBe(false);
});
