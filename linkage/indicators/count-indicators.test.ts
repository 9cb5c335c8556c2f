import { describe, expect, test } from "vitest";
import { countEvidence } from "../evidence/count-evidence.ts";
import { CountingRule } from "../evidence/counting-rule.ts";
import { sourceOf } from "../evidence/test-source.ts";
import { openRegister, type Register } from "../registry/open-register.ts";
import {
  cooperative,
  edit,
  feedback,
  filledRegister,
  fullRegister,
  keyProduct,
  model,
  smartVillage,
  units,
  waterPoint,
  zone,
} from "../registry/test-records.ts";
import { countAmounts } from "./count-amounts.ts";
import { countIndicators } from "./count-indicators.ts";
import { planFor, planOf } from "./plans.ts";
import type { IndicatorId } from "./province-plan.ts";

const rule = CountingRule.parse({});
const year2026 = { from: "2025-12-15", to: "2026-03-14" };

async function counted(register: Register, planId: string, period = year2026) {
  const contents = register.contentsAt(edit.nowMs);
  const source = sourceOf({ placements: [], readings: [], acts: [] });
  const evidence = await countEvidence(period, { contents, units, source, rule });
  const results = countIndicators(planOf(planId)!, evidence, { contents, units, rule });
  return (indicator: IndicatorId) => results.find((result) => result.indicator === indicator)!;
}

const empty = () => openRegister(":memory:", units);

describe("denominators", () => {
  test.each([
    ["ha-tinh", 170, 60, 12],
    ["nghe-an", 362, 119, 17],
    ["hue", 78, 19, 9],
    ["gia-lai", 180, 69, 17],
    ["hai-duong", 151, 43, 12],
  ])("%s has %i xã before July 2025, %i since, and %i districts", async (plan, before, since, districts) => {
    const early = await counted(empty(), plan, { from: "2025-03-15", to: "2025-06-14" });
    const late = await counted(empty(), plan);
    expect(early("communes-in-linkage").denominator).toBe(before);
    expect(late("communes-in-linkage").denominator).toBe(since);
    expect(late("districts-with-model").denominator).toBe(districts);
  });
});

test("an empty register is no data yet, which is not no", async () => {
  const of = await counted(empty(), "ha-tinh");
  expect(of("communes-in-linkage")).toMatchObject({ numerator: 0, met: "no-data", noData: 60 });
  expect(of("zone-models-iot")).toMatchObject({
    numerator: 0,
    denominator: 0,
    sharePercent: null,
    met: "no-data",
  });
});

test("both readings of indicator 9 are counted, and the one the province picked is marked", async () => {
  const register = filledRegister();
  register.put("cooperative", { ...cooperative, id: "htx-khac", communeCode: "18562" }, edit);
  const of = await counted(register, "ha-tinh");
  expect(of("communes-in-linkage")).toMatchObject({
    numerator: 1,
    picked: true,
    counted: ["18685"],
    met: "no",
  });
  expect(of("communes-with-cooperative").picked).toBe(false);
  const giaLai = await counted(register, "gia-lai");
  expect(giaLai("communes-with-cooperative")).toMatchObject({ picked: true, numerator: 0 });
});

test("the districts' series is frozen at 30 June 2025", async () => {
  const register = filledRegister();
  const former = { communeCode: "18685", communeAsOf: "2025-06-30" };
  register.put("zone", { ...zone, ...former }, edit);
  register.put("cooperative", { ...cooperative, ...former }, edit);
  const early = { from: "2025-06-15", to: "2025-09-14" };
  for (const period of [early, year2026]) {
    expect((await counted(register, "ha-tinh", period))("districts-with-model")).toMatchObject({
      on: "2025-06-30",
      counted: ["Thành phố Hà Tĩnh"],
      numerator: 1,
      denominator: 12,
    });
  }
  register.put("model", { ...model, validFrom: "2025-08-01" }, edit);
  expect((await counted(register, "ha-tinh"))("districts-with-model").numerator).toBe(0);
});

test("a commune of today that was put together from two districts may be in either: no data, not no", async () => {
  const of = await counted(filledRegister(), "ha-tinh");
  expect(of("districts-with-model")).toMatchObject({ numerator: 0, noData: 2, met: "no" });
});

describe("zone-tied models", () => {
  const withModels = (proven: number, all: number, change: object = {}) => {
    const register = filledRegister();
    register.remove("model", model.id, edit);
    const word = { kind: "attested", reference: "biên bản", from: "2026-01-01", to: "2026-12-31" };
    for (let i = 0; i < all; i++)
      register.put(
        "model",
        { ...model, id: `m-${i}`, proofs: i < proven ? model.proofs : [word], ...change },
        edit,
      );
    return register;
  };

  test("without any device or proof stay in the denominator, as not reported", async () => {
    const of = await counted(withModels(1, 3), "ha-tinh");
    expect(of("zone-models-digital")).toMatchObject({
      numerator: 1,
      denominator: 3,
      noData: 2,
      met: "no-data",
    });
    expect(of("zone-models-iot")).toMatchObject({ numerator: 0, denominator: 3, noData: 3, met: "no-data" });
  });

  test("exactly half reaches 50 %, and the share is told with its parts", async () => {
    expect((await counted(withModels(2, 4), "ha-tinh"))("zone-models-digital")).toMatchObject({
      numerator: 2,
      denominator: 4,
      sharePercent: 50,
      met: "yes",
      rule: expect.stringMatching(/^mặc định 2026\.1 \([0-9a-f]{8}\)$/),
    });
  });

  test("whose contract has ended stay in the denominator and do not count", async () => {
    const ended = { contract: { ...model.contract, to: "2025-12-31" } };
    expect((await counted(withModels(2, 2, ended), "ha-tinh"))("zone-models-digital")).toMatchObject({
      numerator: 0,
      denominator: 2,
      met: "no",
    });
  });

  test("of another province are not counted", async () => {
    expect((await counted(withModels(2, 2), "nghe-an"))("zone-models-digital").denominator).toBe(0);
  });
});

test("more than 70 % is not met by exactly 70 %, at least 70 % is", async () => {
  const register = empty();
  const communes = (province: string) =>
    units.communesOf(province, year2026.to).filter(({ kind }) => kind === "xã");
  const stand = (province: string, count: number) => {
    for (const { code } of communes(province).slice(0, count)) {
      register.put("cooperative", { ...cooperative, id: `htx-${code}`, communeCode: code }, edit);
    }
  };
  stand("42", 42);
  const haTinh = (await counted(register, "ha-tinh"))("communes-with-cooperative");
  expect([haTinh.numerator, haTinh.denominator, haTinh.met]).toEqual([42, 60, "yes"]);
  // 119 communes: 83.3 is 70 %, and "trên" asks for more.
  stand("40", 83);
  expect((await counted(register, "nghe-an"))("communes-with-cooperative")).toMatchObject({
    numerator: 83,
    met: "no",
  });
  stand("40", 84);
  expect((await counted(register, "nghe-an"))("communes-with-cooperative")).toMatchObject({
    numerator: 84,
    met: "yes",
  });
});

test("a key product of one commune counts for a model there", async () => {
  const register = filledRegister();
  register.put("key-product", { ...keyProduct, unitCode: "18562" }, edit);
  expect((await counted(register, "ha-tinh"))("communes-in-linkage").numerator).toBe(0);
  register.put("key-product", { ...keyProduct, unitCode: "18685" }, edit);
  expect((await counted(register, "ha-tinh"))("communes-in-linkage").numerator).toBe(1);
});

test("a province without a plan of its own is held to the national targets, and this is said", () => {
  const plan = planFor("tinh-68", units)!;
  expect(plan.targets.map(({ percent }) => percent)).toEqual([70, 70, 70, 50, 50, 40]);
  expect(plan.notes[0]!.en).toContain("national targets");
});

test("a commune counts for indicator 12 with a service and a form in the same commune", async () => {
  const of = async (change: object) => {
    const register = fullRegister();
    register.put("feedback", { ...feedback, ...change }, edit);
    return (await counted(register, "ha-tinh"))("communes-with-service-and-feedback");
  };
  expect(await of({})).toMatchObject({ numerator: 1, denominator: 60, counted: ["18685"], met: "no" });
  expect(await of({ communeCode: "18562" })).toMatchObject({ numerator: 0 });
  expect(await of({ validTo: "2026-01-31" })).toMatchObject({ numerator: 0 });
  expect((await counted(filledRegister(), "ha-tinh"))("communes-with-service-and-feedback").met).toBe(
    "no-data",
  );
});

test("a monitoring point names what measures there", () => {
  const { device: _, ...unnamed } = waterPoint;
  expect(() => filledRegister().put("essential-service", unnamed, edit)).toThrow(/device that measures/);
});

describe("smart villages and communes", () => {
  const amounts = (register: Register, plan = "ha-tinh") =>
    countAmounts(planOf(plan)!, year2026.to, { contents: register.contentsAt(edit.nowMs), units });

  test("are counted where the plan's land is, when a decision recognises them", () => {
    const register = fullRegister();
    register.put("smart-place", { ...smartVillage, id: "thon-khac", decision: null }, edit);
    expect(amounts(register)).toMatchObject([
      { indicator: "smart-villages", amount: 1, met: "no", notCounted: ["thon-khac"] },
      { indicator: "smart-communes", amount: 0, met: "no-data" },
    ]);
    expect(amounts(register, "nghe-an")).toMatchObject([{ amount: 0, met: "no-data" }, { amount: 0 }]);
  });

  test("reach their figure, and where a plan names none nothing is met or missed", () => {
    const register = fullRegister();
    for (let i = 0; i < 19; i++) register.put("smart-place", { ...smartVillage, id: `thon-${i}` }, edit);
    expect(amounts(register)[0]).toMatchObject({ amount: 20, met: "yes" });
    expect(amounts(register, "hai-duong").map(({ met }) => met)).toEqual(["no-target", "no-target"]);
  });
});
