import { describe, expect, test } from "vitest";
import { readRuleFiles, rulesTextOf } from "../../../ingest/rules/index.ts";
import { limitsOf } from "./limits-of.ts";
import { stepsOf } from "./steps.ts";

const oxygen = { pack: "starter", rule: "pond-oxygen-low" };
const suffocating = { pack: "starter", rule: "pond-oxygen-critical" };

describe("limits of rule packs", () => {
  test("are those by which the rule fires", () => {
    const rules = readRuleFiles([rulesTextOf("starter")], null).rules;
    const rule = rules.find(({ name }) => name === oxygen.rule);
    const [limit] = limitsOf(oxygen, "water.dissolvedOxygen");
    if (rule?.watches !== "readings") return expect.unreachable("it watches readings");
    const beyond = rule.watch(null);
    const judged = [0, 1, 2, 3].map((at) => beyond.judge(at * 600_000, limit!.below! - 0.01, rule.quantity));
    expect(judged.at(-1)).toBe(limit!.severity);
    const within = rule.watch(null);
    expect([0, 1, 2, 3].map((at) => within.judge(at * 600_000, limit!.below!, rule.quantity))).not.toContain(
      limit!.severity,
    );
  });

  test("leave out what is not armed", () => {
    expect(limitsOf({ pack: "shrimp", rule: "shrimp.oxygen" }, "water.dissolvedOxygen")).toHaveLength(1);
    expect(() => limitsOf({ pack: "coffee", rule: "coffee.dry" }, "soil.moisture")).toThrow(
      "the pack coffee has no armed rule coffee.dry; it has coffee.water-used-up",
    );
  });

  test("of another quantity are refused", () => {
    expect(() => limitsOf(oxygen, "water.ph")).toThrow("is about water.dissolvedOxygen, not water.ph");
  });
});

describe("colours", () => {
  test("of two rules the gravest holds", () => {
    const limits = [oxygen, suffocating].flatMap((rule) => limitsOf(rule, "water.dissolvedOxygen"));
    const [low, lowest] = limits.map(({ below }) => below!);
    expect(stepsOf(limits)).toEqual([
      { value: null, color: "red" },
      { value: lowest, color: "orange" },
      { value: low, color: "green" },
    ]);
  });

  test("of a band are well inside it", () => {
    const band = [{ severity: "warning", above: 32, below: 28 }] as const;
    expect(stepsOf(band)).toEqual([
      { value: null, color: "orange" },
      { value: 28, color: "green" },
      { value: 32, color: "orange" },
    ]);
  });

  test("of no limit are well everywhere", () => {
    expect(stepsOf([])).toEqual([{ value: null, color: "green" }]);
  });
});
