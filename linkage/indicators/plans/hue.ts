import { lawfulCalendar } from "../../periods/report-period.ts";
import { nationalTargets } from "../national-targets.ts";
import { officeIn } from "../plan-targets.ts";
import type { ProvincePlan } from "../province-plan.ts";

export const hue: ProvincePlan = {
  id: "hue",
  name: "Huế",
  codeBefore: "46",
  codeSince: "46",
  document: "Kế hoạch 132/KH-UBND ngày 25/3/2024 của UBND tỉnh Thừa Thiên Huế",
  office: officeIn("thành phố Huế"),
  calendar: lawfulCalendar,
  notes: [
    {
      vi: "không có mục kinh tế số của kế hoạch trong tay: dùng chỉ tiêu quốc gia (Quyết định 924/QĐ-TTg)",
      en: "the plan's section on the digital economy is not at hand: these are the national targets (Decision 924/QĐ-TTg)",
    },
  ],
  targets: nationalTargets,
  amounts: [],
};
