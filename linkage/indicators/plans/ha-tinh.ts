import { bothEvidences, type ProvincePlan } from "../province-plan.ts";

const communes =
  "ít nhất 70% xã có hợp tác xã tham gia mô hình liên kết gắn với tiêu thụ nông sản chủ lực của xã";

export const haTinh: ProvincePlan = {
  id: "ha-tinh",
  name: "Hà Tĩnh",
  codeBefore: "42",
  codeSince: "42",
  document: "Kế hoạch của UBND tỉnh Hà Tĩnh thực hiện Quyết định 924/QĐ-TTg đến năm 2025",
  notes: [],
  targets: [
    {
      indicator: "communes-in-linkage",
      number: 9,
      picked: true,
      wording: communes,
      percent: 70,
      operator: "gte",
      unitKinds: ["xã"],
    },
    {
      indicator: "communes-with-cooperative",
      number: 9,
      picked: false,
      wording: communes,
      percent: 70,
      operator: "gte",
      unitKinds: ["xã"],
    },
    {
      indicator: "districts-with-model",
      number: 10,
      picked: true,
      wording: "70% cấp huyện có các mô hình liên kết sản xuất gắn với tiêu thụ nông sản chủ lực của huyện",
      percent: 70,
      operator: "gte",
      unitKinds: ["huyện", "thành phố", "thị xã"],
    },
    ...bothEvidences({
      picked: true,
      wording: "50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số",
    }),
  ],
};
