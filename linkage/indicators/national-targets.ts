import { bothEvidences, type Target } from "./province-plan.ts";

/** Quyết định 924/QĐ-TTg of 2 August 2022: the floor for every province, and all there is where a plan says nothing. */
export const nationalTargets: readonly Target[] = [
  {
    indicator: "communes-with-cooperative",
    number: 9,
    picked: true,
    wording: "ít nhất 70% xã có hợp tác xã",
    percent: 70,
    operator: "gte",
    unitKinds: ["xã"],
  },
  {
    indicator: "communes-in-linkage",
    number: 9,
    picked: false,
    wording: "ít nhất 70% xã có hợp tác xã",
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
    unitKinds: ["huyện", "thành phố", "thị xã", "quận"],
  },
  ...bothEvidences({
    picked: true,
    wording: "50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số",
  }),
];
