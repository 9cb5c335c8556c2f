import { lawfulCalendar } from "../../periods/report-period.ts";
import { bothCommunes, bothEvidences, districts, officeIn, serviceAndFeedback } from "../plan-targets.ts";
import type { ProvincePlan } from "../province-plan.ts";

export const haiDuong: ProvincePlan = {
  id: "hai-duong",
  name: "Hải Dương",
  codeBefore: "30",
  codeSince: "31",
  document: "Kế hoạch của UBND tỉnh Hải Dương, tháng 11 năm 2023",
  office: officeIn("thành phố Hải Phòng"),
  calendar: lawfulCalendar,
  notes: [
    {
      vi: "từ 01/7/2025 hợp nhất vào thành phố Hải Phòng (mã 31); ở đây chỉ tính phần đất Hải Dương cũ",
      en: "merged into the city of Hải Phòng (code 31) on 1 July 2025; only the land of the former Hải Dương is counted",
    },
  ],
  targets: [
    ...bothCommunes({ picked: "communes-with-cooperative", wording: "70% xã có hợp tác xã" }),
    districts({
      wording:
        "100% huyện, thành phố, thị xã có các mô hình liên kết sản xuất gắn với tiêu thụ nông sản chủ lực",
      percent: 100,
    }),
    ...bothEvidences({
      wording: "50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số",
    }),
    serviceAndFeedback({
      wording: "50% số xã, huyện cung cấp ít nhất một dịch vụ thiết yếu",
      percent: 50,
    }),
  ],
  amounts: [
    {
      indicator: "smart-villages",
      number: 13,
      wording: "Đối với mô hình thôn thông minh thực hiện đảm bảo các nội dung theo quy định",
      least: null,
    },
    {
      indicator: "smart-communes",
      number: 14,
      wording: "xây dựng mô hình điểm xã nông thôn mới thông minh",
      least: null,
    },
  ],
};
