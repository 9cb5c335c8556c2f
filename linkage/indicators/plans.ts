import { daysAfter } from "../../calendar/index.ts";
import { lawfulCalendar } from "../periods/report-period.ts";
import type { AdministrativeUnit } from "../units/administrative-unit.ts";
import { formsOn } from "../units/forms-on.ts";
import { lastDayOfDistricts } from "../units/last-day-of-districts.ts";
import type { UnitBook } from "../units/unit-book.ts";
import { nationalTargets } from "./national-targets.ts";
import { officeIn } from "./plan-targets.ts";
import { giaLai } from "./plans/gia-lai.ts";
import { haTinh } from "./plans/ha-tinh.ts";
import { haiDuong } from "./plans/hai-duong.ts";
import { hue } from "./plans/hue.ts";
import { ngheAn } from "./plans/nghe-an.ts";
import type { ProvincePlan } from "./province-plan.ts";

export const plans: readonly ProvincePlan[] = [haTinh, ngheAn, hue, giaLai, haiDuong];

export function planOf(id: string): ProvincePlan | undefined {
  return plans.find((plan) => plan.id === id);
}

/**
 * The plan of this id, or the national one of a province that has none: `tinh-68`, by the code it had until 30 June 2025.
 *
 * @returns undefined when there is neither
 */
export function planFor(id: string, units: UnitBook): ProvincePlan | undefined {
  const known = planOf(id);
  const code = /^tinh-(\d{2})$/.exec(id)?.[1];
  if (known !== undefined || code === undefined) return known;
  const before = { level: "province", code, asOf: lastDayOfDistricts } as const;
  const province = units.unitAt(before);
  const [since] = formsOn(units, before, daysAfter(lastDayOfDistricts, 1));
  if (province === undefined || since === undefined) return undefined;
  const name = (unit: AdministrativeUnit) => unit.name.slice(unit.kind.length + 1);
  return nationalPlan({
    name: name(province),
    codeBefore: code,
    codeSince: since.code,
    office: officeIn(`${since.kind} ${name(since)}`),
  });
}

/** For a province whose plan nobody has entered: the national targets, and said so. */
export function nationalPlan(
  province: Pick<ProvincePlan, "name" | "codeBefore" | "codeSince" | "office">,
): ProvincePlan {
  return {
    ...province,
    id: `tinh-${province.codeBefore}`,
    document: "Quyết định 924/QĐ-TTg ngày 02/8/2022",
    calendar: lawfulCalendar,
    notes: [
      {
        vi: "chưa nhập kế hoạch của tỉnh: dùng chỉ tiêu quốc gia",
        en: "the province's own plan has not been entered: these are the national targets",
      },
    ],
    targets: nationalTargets,
    amounts: [],
  };
}
