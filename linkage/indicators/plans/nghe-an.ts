import { bothEvidences, type ProvincePlan } from "../province-plan.ts";

const communes = "Trên 70% xã có HTX tham gia mô hình liên kết gắn với tiêu thụ nông sản chủ lực của xã";
const models = "trong đó có 50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số";

export const ngheAn: ProvincePlan = {
  id: "nghe-an",
  name: "Nghệ An",
  codeBefore: "40",
  codeSince: "40",
  document: "Kế hoạch số 132/KH-UBND ngày 03/3 của UBND tỉnh Nghệ An, giai đoạn 2021-2025",
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
    {
      indicator: "communes-in-linkage",
      number: 9,
      picked: true,
      wording: communes,
      percent: 70,
      operator: "gt",
      unitKinds: ["xã"],
    },
    {
      indicator: "communes-with-cooperative",
      number: 9,
      picked: false,
      wording: communes,
      percent: 70,
      operator: "gt",
      unitKinds: ["xã"],
    },
    {
      indicator: "districts-with-model",
      number: 10,
      picked: true,
      wording: "100% số huyện có mô hình liên kết gắn với tiêu thụ nông sản chủ lực của huyện",
      percent: 100,
      operator: "gte",
      unitKinds: ["huyện"],
    },
    ...bothEvidences({ picked: true, wording: models }),
    ...bothEvidences({ picked: false, wording: models, of: "key-product-zone-models" }),
  ],
};
