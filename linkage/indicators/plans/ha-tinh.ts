import { bothCommunes, bothEvidences, districts, officeIn, serviceAndFeedback } from "../plan-targets.ts";
import type { ProvincePlan } from "../province-plan.ts";

export const haTinh: ProvincePlan = {
  id: "ha-tinh",
  name: "Hà Tĩnh",
  codeBefore: "42",
  codeSince: "42",
  document: "Kế hoạch của UBND tỉnh Hà Tĩnh thực hiện Quyết định 924/QĐ-TTg đến năm 2025",
  office: officeIn("tỉnh Hà Tĩnh"),
  // "định kỳ hàng quý (trước ngày 15 của tháng cuối quý), hằng năm (trước ngày 15/12)"
  calendar: { cutOffDay: 14, dueBeforeDay: 15 },
  notes: [],
  targets: [
    ...bothCommunes({
      picked: "communes-in-linkage",
      wording:
        "ít nhất 70% xã có hợp tác xã tham gia mô hình liên kết gắn với tiêu thụ nông sản chủ lực của xã",
    }),
    districts({
      wording: "70% cấp huyện có các mô hình liên kết sản xuất gắn với tiêu thụ nông sản chủ lực của huyện",
    }),
    ...bothEvidences({
      wording: "50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số",
    }),
    serviceAndFeedback({
      wording: "ít nhất 40% đơn vị (xã, cấp huyện) cung cấp ít nhất một dịch vụ thiết yếu",
    }),
  ],
  amounts: [
    {
      indicator: "smart-villages",
      number: 13,
      wording: "ít nhất 20 mô hình thôn thông minh",
      least: 20,
    },
    {
      indicator: "smart-communes",
      number: 14,
      wording: "ít nhất 4 mô hình thí điểm xã nông thôn mới thông minh",
      least: 4,
    },
  ],
};
