import { lawfulCalendar } from "../../periods/report-period.ts";
import { bothCommunes, bothEvidences, districts, officeIn, serviceAndFeedback } from "../plan-targets.ts";
import type { ProvincePlan } from "../province-plan.ts";

const models = "trong đó có 50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số";

export const ngheAn: ProvincePlan = {
  id: "nghe-an",
  name: "Nghệ An",
  codeBefore: "40",
  codeSince: "40",
  document: "Kế hoạch số 132/KH-UBND ngày 03/3 của UBND tỉnh Nghệ An, giai đoạn 2021-2025",
  office: officeIn("tỉnh Nghệ An"),
  calendar: lawfulCalendar,
  notes: [
    {
      vi: '"trong đó" có thể hiểu mẫu số là riêng các mô hình gắn với nông sản chủ lực; cả hai cách tính đều được nêu',
      en: '"trong đó" (of these) may mean that only models on key products are the denominator; both readings are shown',
    },
    {
      vi: 'đơn vị cấp huyện tính theo đúng chữ "số huyện": không gồm thành phố, thị xã',
      en: 'districts are counted by the word "huyện": without cities and towns',
    },
  ],
  targets: [
    ...bothCommunes({
      picked: "communes-in-linkage",
      wording: "Trên 70% xã có HTX tham gia mô hình liên kết gắn với tiêu thụ nông sản chủ lực của xã",
      operator: "gt",
    }),
    districts({
      wording: "100% số huyện có mô hình liên kết gắn với tiêu thụ nông sản chủ lực của huyện",
      percent: 100,
      unitKinds: ["huyện"],
    }),
    ...bothEvidences({ wording: models }),
    ...bothEvidences({ wording: models, picked: false, of: "key-product-zone-models" }),
    serviceAndFeedback({
      wording: "ít nhất 50% số xã, huyện cung cấp ít nhất một dịch vụ thiết yếu",
      percent: 50,
    }),
  ],
  amounts: [
    { indicator: "smart-villages", number: 13, wording: "ít nhất 20 thôn thông minh", least: 20 },
    { indicator: "smart-communes", number: 14, wording: "10 mô hình xã nông thôn mới thông minh", least: 10 },
  ],
};
