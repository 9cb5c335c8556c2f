import { expect, test } from "vitest";
import { packNames, readRuleFiles, rule, rulesTextOf } from "../rules/index.ts";
import { kindNames } from "../rules/rule-kinds.ts";
import { levelInWords } from "./rule-words.ts";

const words = { title: { vi: "a", en: "a" }, advice: { vi: "b", en: "b" }, severity: "warning" } as const;

function said(config: object) {
  const parsed = rule.parse({ name: "r", ...words, ...config });
  const quantity = parsed.watches === "readings" ? parsed.quantity : null;
  return parsed.terms.levels.map((level) => levelInWords({ kind: parsed.kind, quantity }, level));
}

test.each([
  [
    { kind: "threshold", quantity: "water.dissolvedOxygen", below: 3, clear: 4, forMs: 1_800_000 },
    "dưới 3 mg/l suốt 30 phút; hết khi trở lại mức 4 mg/l",
    "below 3 mg/l for 30 minutes; over at 4 mg/l",
  ],
  [
    { kind: "outside-band", quantity: "water.ph", below: 6, above: 9, clearBy: 0.2 },
    "dưới 6 hoặc trên 9; hết khi đã vào lại trong khoảng ít nhất 0,2",
    "below 6 or above 9; over once inside by 0.2",
  ],
  [
    { kind: "rate-of-change", quantity: "soil.moisture", fallsBy: 5, withinMs: 3_600_000 },
    "giảm quá 5% trong 1 giờ",
    "falls by more than 5% within 1 hour",
  ],
  [
    { kind: "for-k-of-n", quantity: "air.nh3", atLeast: 20, k: 3, n: 5 },
    "từ 20 ppm trở lên ở ít nhất 3 trong 5 lần đo gần nhất",
    "20 ppm or more in at least 3 of the last 5 readings",
  ],
  [
    { kind: "daily-aggregate", quantity: "air.temperature", of: "mean", below: 13, forDays: 2 },
    "trung bình trong ngày dưới 13°C 2 ngày liền",
    "mean of the day below 13°C 2 days running",
  ],
  [
    { kind: "forecast", quantity: "water.level", above: 1, withinMs: 7_200_000, overMs: 7_200_000 },
    "cứ đà này thì trong 2 giờ nữa sẽ trên 1 m",
    "at this rate within 2 hours it will be above 1 m",
  ],
  [
    {
      kind: "combination",
      when: {
        all: [
          { quantity: "air.relativeHumidity", atLeast: 90 },
          {
            any: [
              { quantity: "air.temperature", below: 26 },
              { not: { quantity: "leaf.wetness", below: 50 } },
            ],
          },
        ],
      },
    },
    "độ ẩm không khí từ 90% trở lên và (nhiệt độ không khí dưới 26°C hoặc không phải độ ướt lá dưới 50%)",
    "",
  ],
  [
    { kind: "probe-fault", quantity: "water.ph", stuckForMs: 86_400_000, believedFrom: 4, believedTo: 11 },
    "đứng yên 1 ngày hoặc 3 lần liền dưới 4 hoặc trên 11",
    "does not move for 1 day or 3 times running below 4 or above 11",
  ],
  [
    { kind: "depletion", cropCoefficient: 1.15, totalAvailableMm: 160, depletionFraction: 0.5, above: 80 },
    "nước trong đất đã hao trên 80% (Kc 1,15, nước hữu dụng 160 mm)",
    "water used up above 80% (Kc 1.15, 160 mm available in all)",
  ],
  [
    { kind: "device-silent", intervals: 3, afterMs: 3_600_000 },
    "không gửi gì quá 3 lần chu kỳ gửi hoặc, khi chưa rõ chu kỳ, 1 giờ",
    "silent for more than 3 of its usual intervals or, where that is not known, 1 hour",
  ],
] as const)("a rule of a kind says when it fires: %#", (config, vi, en) => {
  const [only] = said(config);
  expect(only!.vi).toBe(vi);
  if (en !== "") expect(only!.en).toBe(en);
});

test("every level of every pack has words in both languages, and every kind occurs in a test or a pack", () => {
  const kinds = new Set<string>();
  for (const pack of packNames) {
    const { rules, unarmed } = readRuleFiles([rulesTextOf(pack)], null);
    for (const each of [...rules, ...unarmed]) {
      kinds.add(each.kind);
      const quantity = each.watches === "readings" ? each.quantity : null;
      for (const level of each.terms.levels) {
        const { vi, en } = levelInWords({ kind: each.kind, quantity }, level);
        for (const line of [vi, en]) expect(line, each.name).toMatch(/^\S.*$/);
        expect(vi + en, each.name).not.toMatch(/undefined|NaN| {2}|\d{13}/);
      }
    }
  }
  // Those of which no pack makes use are in the table above.
  const inTable = ["for-k-of-n", "forecast", "combination", "rate-of-change", "outside-band", "depletion"];
  expect(kindNames.filter((kind) => !kinds.has(kind) && !inTable.includes(kind))).toEqual([]);
});

test("levels tell their own sources, the worst first, and which of them is not armed", () => {
  const { rules } = readRuleFiles([rulesTextOf("rice")], null);
  const { terms } = rules.find(({ name }) => name === "rice.awd-reflood")!;
  expect(terms.levels).toMatchObject([
    { severity: "critical", armed: false, source: expect.stringContaining("proposal") },
    { severity: "warning", armed: true, limits: { atMost: -0.15, clear: 0, forMs: 7_200_000 } },
  ]);
  expect(terms.scope).toEqual({ placeKinds: ["parcel"] });
});
