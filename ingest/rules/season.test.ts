import { describe, expect, test } from "vitest";
import { season, seasonAround } from "./season.ts";
import { day, expectTheSameAfterRestarts, rulesWords, verdictsOf } from "./testing/judged.ts";
import { threshold } from "./threshold/threshold.ts";

const at = (local: string) => Date.parse(`${local}+07:00`);
const isOn = (written: unknown, local: string) => seasonAround(season.parse(written), at(local)).inside;

describe("a season", () => {
  const winter = { from: "11-01", to: "01-15" };

  test("runs over the turn of the year, both its days included, on the local calendar", () => {
    expect(isOn(winter, "2026-10-31T23:59:59")).toBe(false);
    expect(isOn(winter, "2026-11-01T00:00:00")).toBe(true);
    expect(isOn(winter, "2027-01-15T23:59:59")).toBe(true);
    expect(isOn(winter, "2027-01-16T00:00:00")).toBe(false);
  });

  test("tells how far its answer holds", () => {
    const { fromMs, toMs } = seasonAround(season.parse(winter), at("2026-12-24T12:00:00"));
    expect([fromMs, toMs]).toEqual([at("2026-11-01T00:00:00"), at("2027-01-16T00:00:00")]);
  });

  test("may be one span of dates, open at either end", () => {
    const trial = { fromDate: "2026-03-01", toDate: "2026-03-31" };
    expect(isOn(trial, "2026-02-28T23:59:59")).toBe(false);
    expect(isOn(trial, "2026-03-31T23:59:59")).toBe(true);
    expect(isOn(trial, "2027-03-15T00:00:00")).toBe(false);
    expect(isOn({ toDate: "2026-03-31" }, "2020-01-01T00:00:00")).toBe(true);
    expect(isOn({ fromDate: "2026-03-01" }, "2020-01-01T00:00:00")).toBe(false);
  });

  test.each([
    [{ from: "1-1", to: "12-31" }, /month and day/],
    [{ from: "11-01" }, /both `from` and `to`/],
    [{}, /needs `from` and `to`/],
    [{ from: "11-01", to: "12-31", fromDate: "2026-01-01" }, /not both kinds/],
    [{ fromDate: "2026-02-30" }, /must be a date/],
    [{ fromDate: "2026-02-02", toDate: "2026-02-01" }, /ends before it begins/],
  ])("%j is none, and what would be right is said", (wrong, says) => {
    expect(season.safeParse(wrong).error!.issues[0]!.message).toMatch(says);
  });
});

describe("a rule with a season", () => {
  const cold = threshold.parse({
    kind: "threshold",
    severity: "warning",
    quantity: "air.temperature",
    below: 13,
    forMs: 2 * day,
    season: { from: "11-01", to: "12-31" },
    ...rulesWords,
  });
  const readings = Array.from({ length: 70 }, (_, n) => [at("2026-10-28T06:00:00") + n * day, 10] as const);

  test("begins to count with the season, and is over with it", () => {
    const verdicts = verdictsOf(cold, readings);
    const dates = readings
      .filter((_, n) => verdicts[n] !== null)
      .map(([ms]) => new Date(ms).toISOString().slice(0, 10));
    // At six in the morning in Vietnam it is still the day before in Greenwich.
    expect([dates[0], dates.at(-1)]).toEqual(["2026-11-02", "2026-12-30"]);
  });

  test("goes on from what it saved as if nothing had happened", () => {
    expectTheSameAfterRestarts(cold, readings);
  });
});
