import { lawfulCalendar } from "../periods/report-period.ts";
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

/** For a province whose plan nobody has entered: the national targets, and said so. */
export function nationalPlan(province: {
  name: string;
  codeBefore: string;
  codeSince: string;
  kind?: "tỉnh" | "thành phố";
}): ProvincePlan {
  const { name, codeBefore, codeSince } = province;
  return {
    name,
    codeBefore,
    codeSince,
    id: `tinh-${province.codeBefore}`,
    document: "Quyết định 924/QĐ-TTg ngày 02/8/2022",
    office: officeIn(`${province.kind ?? "tỉnh"} ${province.name}`),
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
