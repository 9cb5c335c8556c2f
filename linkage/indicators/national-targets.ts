import { bothCommunes, bothEvidences, districts, serviceAndFeedback } from "./plan-targets.ts";
import type { Target } from "./province-plan.ts";

/** Quyết định 924/QĐ-TTg of 2 August 2022: the floor for every province, and all there is where a plan says nothing. */
export const nationalTargets: readonly Target[] = [
  ...bothCommunes({ picked: "communes-with-cooperative", wording: "ít nhất 70% xã có hợp tác xã" }),
  districts({
    wording: "70% cấp huyện có các mô hình liên kết sản xuất gắn với tiêu thụ nông sản chủ lực",
    unitKinds: ["huyện", "thành phố", "thị xã", "quận"],
  }),
  ...bothEvidences({
    wording: "50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số",
  }),
  serviceAndFeedback({ wording: "ít nhất 40% đơn vị cung cấp ít nhất một dịch vụ thiết yếu" }),
];
