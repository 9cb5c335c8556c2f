import { expect, test } from "vitest";
import { awdPhase, awdSeason, mayDryOut, refloodCm } from "./awd.ts";

test("a field is flooded, drying, or to be flooded again at -15 cm", () => {
  expect([5, 0.1, 0, -14.9, -15, -22].map(awdPhase)).toEqual([
    "flooded",
    "flooded",
    "drying",
    "drying",
    "reflood",
    "reflood",
  ]);
});

test("it is filled to 5 cm, and only when the time has come", () => {
  expect([3, -10, -15, -18].map(refloodCm)).toEqual([0, 0, 20, 23]);
});

test("seedlings and flowers are kept under water", () => {
  expect(mayDryOut({ daysSinceEstablishment: 13, daysToFlowering: 50 })).toBe(false);
  expect(mayDryOut({ daysSinceEstablishment: 14, daysToFlowering: 50 })).toBe(true);
  expect(mayDryOut({ daysSinceEstablishment: 60, daysToFlowering: 7 })).toBe(false);
  expect(mayDryOut({ daysSinceEstablishment: 72, daysToFlowering: -7 })).toBe(false);
  expect(mayDryOut({ daysSinceEstablishment: 75, daysToFlowering: -8 })).toBe(true);
});

test("a season is summed, and only dry spells of more than three days aerate the soil", () => {
  const levels = [5, 3, 1, -2, -8, -16, 5, 2, 0, -4, -9, -15, 4, -1];
  expect(awdSeason(levels)).toEqual({
    floodedDays: 6,
    dryDays: 8,
    refloodDays: 2,
    unknownDays: 0,
    aerations: 1,
    longestDrySpellDays: 4,
  });
});

test("a day without readings ends a dry spell: nothing is claimed that was not measured", () => {
  const known = awdSeason([-1, -2, -3, -4]);
  const broken = awdSeason([-1, -2, undefined, -3, -4]);
  expect(known.aerations).toBe(1);
  expect(broken).toMatchObject({ aerations: 0, dryDays: 4, unknownDays: 1, longestDrySpellDays: 2 });
});

test("a season not begun is all zeros", () => {
  expect(Object.values(awdSeason([]))).toEqual([0, 0, 0, 0, 0, 0]);
});
