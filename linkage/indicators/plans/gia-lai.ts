import { lawfulCalendar } from "../../periods/report-period.ts";
import { bothCommunes, bothEvidences, districts, officeIn, serviceAndFeedback } from "../plan-targets.ts";
import type { ProvincePlan } from "../province-plan.ts";

export const giaLai: ProvincePlan = {
  id: "gia-lai",
  name: "Gia Lai",
  codeBefore: "64",
  codeSince: "52",
  document: "Kế hoạch của UBND tỉnh Gia Lai thực hiện Quyết định 924/QĐ-TTg đến năm 2025",
  office: officeIn("tỉnh Gia Lai"),
  calendar: lawfulCalendar,
  notes: [
    {
      vi: "từ 01/7/2025 hợp nhất với Bình Định thành tỉnh Gia Lai (mã 52); ở đây chỉ tính phần đất Gia Lai cũ",
      en: "merged with Bình Định into Gia Lai (code 52) on 1 July 2025; only the land of the former Gia Lai is counted",
    },
  ],
  targets: [
    ...bothCommunes({
      picked: "communes-with-cooperative",
      wording: "Ít nhất 70% xã có các hợp tác xã",
    }),
    districts({
      wording: "70% cấp huyện có các mô hình liên kết sản xuất gắn với tiêu thụ nông sản chủ lực",
    }),
    ...bothEvidences({
      wording: "50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số",
    }),
    serviceAndFeedback({
      wording: "ít nhất 40% đơn vị (cấp xã, huyện) cung cấp ít nhất một dịch vụ thiết yếu",
    }),
  ],
  amounts: [
    {
      indicator: "smart-communes",
      number: 14,
      wording: "ít nhất 01 mô hình thí điểm xã nông thôn mới thông minh",
      least: 1,
    },
  ],
};
