import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { units } from "../registry/test-records.ts";
import { planFor, plans } from "./plans.ts";

test("every plan has its province on both sides of July 2025, and picks one reading of each indicator", () => {
  for (const { codeBefore, codeSince, targets } of plans) {
    expect(units.unitAt({ level: "province", code: codeBefore, asOf: "2025-06-30" })).toBeDefined();
    expect(units.unitAt({ level: "province", code: codeSince, asOf: "2025-07-01" })).toBeDefined();
    const picked = targets.filter((target) => target.picked).map(({ number }) => number);
    // Number 11 is told twice: by telemetry and by any proof.
    expect(picked).toEqual([9, 10, 11, 11, 12]);
  }
});

test("a plan without a calendar of its own has the law's", () => {
  for (const { calendar } of plans) expect(calendar).toEqual({ cutOffDay: 14, dueBeforeDay: 15 });
});

test("every province of before July 2025 has a plan, its own or the national one, and a place where papers are dated", () => {
  const provinces = units.provincesOn("2025-06-30");
  expect(provinces).toHaveLength(63);
  for (const { code, name } of provinces) {
    const plan = planFor(`tinh-${code}`, units)!;
    expect(name).toContain(plan.name);
    expect(units.unitAt({ level: "province", code: plan.codeSince, asOf: "2025-07-01" })!.name).toMatch(
      new RegExp(`${plan.office.place}$`),
    );
  }
  expect(planFor("tinh-30", units)!.office.committee).toBe("UBND thành phố Hải Phòng");
  expect(planFor("tinh-99", units)).toBeUndefined();
  expect(planFor("ha-tinh", units)).toBe(plans[0]);
});

test("the plan files and the list agree", () => {
  const files = readdirSync(join(import.meta.dirname, "plans")).map((file) => file.replace(".ts", ""));
  expect(plans.map(({ id }) => id).toSorted()).toEqual(files.toSorted());
});

const folder = join(import.meta.dirname, "../../../shared/plans");

describe.skipIf(!existsSync(folder))("beside the plans themselves", () => {
  const texts = existsSync(folder)
    ? readdirSync(folder).map((file) =>
        readFileSync(join(folder, file), "utf8").normalize("NFC").replace(/\s+/g, " "),
      )
    : [];
  const textOf = (name: string) =>
    texts.find((text) => text.includes(`tỉnh ${name}`) || text.includes(`của ${name}`))!;

  test.each(["Hà Tĩnh", "Nghệ An", "Gia Lai", "Hải Dương"])(
    "%s: each wording stands in the plan, figure and operator too",
    (name) => {
      const plan = plans.find((one) => one.name === name)!;
      const text = textOf(name);
      for (const { wording, percent, operator } of plan.targets) {
        expect(text).toContain(wording);
        expect(wording).toContain(`${percent}%`);
        expect(/^trên /i.test(wording)).toBe(operator === "gt");
      }
      for (const { wording, least } of plan.amounts) {
        expect(text).toContain(wording);
        if (least !== null) expect(Number(/\d+/.exec(wording)![0])).toBe(least);
        else expect(wording).not.toMatch(/\d/);
      }
    },
  );

  test("the plan of Huế says nothing of these indicators, so that its figures are the national ones", () => {
    const hue = texts.find((text) => text.includes("TỈNH THỪA THIÊN HUẾ"))!;
    expect(hue).not.toContain("mô hình liên kết");
    expect(plans.find(({ id }) => id === "hue")!.notes[0]!.vi).toContain("chỉ tiêu quốc gia");
  });
});
