import { bothEvidences, type ProvincePlan } from "../province-plan.ts";

const communes = "Ít nhất 70% xã có các hợp tác xã";

export const giaLai: ProvincePlan = {
  id: "gia-lai",
  name: "Gia Lai",
  codeBefore: "64",
  codeSince: "52",
  document: "Kế hoạch của UBND tỉnh Gia Lai thực hiện Quyết định 924/QĐ-TTg đến năm 2025",
  notes: [
    {
      vi: "từ 01/7/2025 hợp nhất với Bình Định thành tỉnh Gia Lai (mã 52); ở đây chỉ tính phần đất Gia Lai cũ",
      en: "merged with Bình Định into Gia Lai (code 52) on 1 July 2025; only the land of the former Gia Lai is counted",
    },
  ],
  targets: [
    {
      indicator: "communes-with-cooperative",
      number: 9,
      picked: true,
      wording: communes,
      percent: 70,
      operator: "gte",
      unitKinds: ["xã"],
    },
    {
      indicator: "communes-in-linkage",
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
      wording: "70% cấp huyện có các mô hình liên kết sản xuất gắn với tiêu thụ nông sản chủ lực",
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
