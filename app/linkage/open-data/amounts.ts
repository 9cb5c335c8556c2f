import { amountNames } from "../../../linkage/indicators/indicator-names.ts";
import { integer, text } from "./column.ts";
import { dataset } from "./dataset.ts";
import { dayCells, dayColumns, targetCells, targetColumns } from "./target-columns.ts";

export const amounts = dataset({
  name: "amounts",
  title: { vi: "Thôn và xã thông minh", en: "Smart villages and communes" },
  about: {
    vi: "Các chỉ tiêu đếm theo số lượng (không có mẫu số), mọi kỳ đã được xác nhận. Chỉ đếm nơi có quyết định công nhận.",
    en: "Targets that are so many things and no share of any, of every confirmed period. Only what a decision recognises is counted.",
  },
  key: ["plan", "period", "indicator"],
  columns: {
    ...targetColumns,
    amount: integer("Số lượng có quyết định công nhận", "How many a decision recognises"),
    without_decision: integer(
      "Đã đăng ký nhưng chưa có quyết định, không được đếm",
      "Registered without a decision, not counted",
    ),
    least: integer(
      "Mục tiêu: ít nhất; trống khi kế hoạch không nêu con số",
      "Target: at least; empty where the plan names no figure",
    ),
    met: text(
      "yes: đạt, no: chưa đạt, no-data: chưa đủ số liệu, no-target: kế hoạch không nêu con số",
      "yes: met, no: not met, no-data: not enough data yet, no-target: the plan names no figure",
    ),
    ...dayColumns,
  },
  // Snapshots that are older than these targets have none.
  rows: ({ confirmed }) =>
    confirmed.flatMap((one) =>
      (one.body.amounts ?? []).map((result) => ({
        ...targetCells(one, result, amountNames[result.indicator]),
        amount: result.amount,
        without_decision: result.notCounted.length,
        least: result.least,
        met: result.met,
        ...dayCells(one, result),
      })),
    ),
});
