import { expect, test } from "vitest";
import { packNames, rulesTextOf } from "./load-rules.ts";
import { readRuleFiles } from "./read-rules.ts";
import { daysOfChange, stageByAge, stagesByAge } from "./stages.ts";

test("rice is early until the fourteenth day after sowing, then nobody knows", () => {
  expect([0, 14, 15, 90].map((day) => stageByAge("rice", day))).toEqual(["early", "early", null, null]);
  expect(daysOfChange("rice")).toEqual([0, 15]);
});

test("chicks are told by their age, where the guide says something of it", () => {
  const days = [0, 1, 2, 3, 4, 6, 7, 13, 14, 27, 28, 60];
  expect(days.map((day) => stageByAge("poultry", day))).toEqual([
    ...["day-1-to-2", "day-1-to-2", null, null, "day-5-to-7", "day-5-to-7"],
    ...["week-2", "week-2", "week-3", "week-4", "from-week-5", "from-week-5"],
  ]);
});

test("of what no source counts in days nothing is said, nor of nothing", () => {
  expect([stageByAge("tea", 10), stageByAge(null, 10), daysOfChange("tea")]).toEqual([null, null, []]);
});

test("every stage that is told by age is one for which a pack asks", () => {
  const texts = packNames.filter((name) => !["demo", "starter"].includes(name)).map(rulesTextOf);
  const { rules, unarmed } = readRuleFiles(texts, null);
  const asked = new Set(
    [...rules, ...unarmed].flatMap(({ terms: { scope } }) =>
      scope === "all" ? [] : (scope.cropStages ?? []),
    ),
  );
  const told = Object.values(stagesByAge).flatMap((spans) => spans.map(({ stage }) => stage));
  expect(told.filter((stage) => !asked.has(stage))).toEqual([]);
});
