import { bothEvidences, type ProvincePlan } from "../province-plan.ts";

const communes = "70% xã có hợp tác xã";

export const haiDuong: ProvincePlan = {
  id: "hai-duong",
  name: "Hải Dương",
  codeBefore: "30",
  codeSince: "31",
  document: "Kế hoạch của UBND tỉnh Hải Dương, tháng 11 năm 2023",
  notes: [
    {
      vi: "từ 01/7/2025 hợp nhất vào thành phố Hải Phòng (mã 31); ở đây chỉ tính phần đất Hải Dương cũ",
      en: "merged into the city of Hải Phòng (code 31) on 1 July 2025; only the land of the former Hải Dương is counted",
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
      wording:
        "100% huyện, thành phố, thị xã có các mô hình liên kết sản xuất gắn với tiêu thụ nông sản chủ lực",
      percent: 100,
      operator: "gte",
      unitKinds: ["huyện", "thành phố", "thị xã"],
    },
    ...bothEvidences({
      picked: true,
      wording: "50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số",
    }),
  ],
};
