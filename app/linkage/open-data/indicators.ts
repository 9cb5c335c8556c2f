import { indicatorNames } from "../../../linkage/indicators/indicator-names.ts";
import { boolean, integer, measure, text } from "./column.ts";
import { dataset } from "./dataset.ts";
import { dayCells, dayColumns, targetCells, targetColumns } from "./target-columns.ts";

export const indicators = dataset({
  name: "indicators",
  title: { vi: "Kết quả chỉ tiêu", en: "Results of indicators" },
  about: {
    vi: "Tử số, mẫu số và mục tiêu của từng chỉ tiêu, mọi kỳ đã được xác nhận. Tính theo quy tắc ghi kèm, không phải số liệu thống kê chính thức.",
    en: "Numerator, denominator and target of each indicator, of every confirmed period. Counted by the rule beside it; no official statistics.",
  },
  key: ["plan", "period", "indicator"],
  columns: {
    ...targetColumns,
    picked: boolean(
      "false: cách hiểu khác của cùng nguyên văn",
      "false: the other reading of the same words",
    ),
    numerator: integer("Tử số", "Numerator"),
    denominator: integer("Mẫu số", "Denominator"),
    no_data: integer(
      "Trong mẫu số: số đơn vị chưa có số liệu",
      "Of the denominator: those of which nothing was reported",
    ),
    share_percent: measure("%", "Tỷ lệ", "Share"),
    operator: text("gte: từ, gt: trên", "gte: at least, gt: more than"),
    target_percent: measure("%", "Mục tiêu", "Target"),
    met: text(
      "yes: đạt, no: chưa đạt, no-data: chưa đủ số liệu",
      "yes: met, no: not met, no-data: not enough data yet",
    ),
    ...dayColumns,
  },
  rows: ({ confirmed }) =>
    confirmed.flatMap((one) =>
      one.body.indicators.map((result) => ({
        ...targetCells(one, result, indicatorNames[result.indicator]),
        picked: result.picked,
        numerator: result.numerator,
        denominator: result.denominator,
        no_data: result.noData,
        share_percent: result.sharePercent === null ? null : Math.round(result.sharePercent * 100) / 100,
        operator: result.operator,
        target_percent: result.percent,
        met: result.met,
        ...dayCells(one, result),
      })),
    ),
});
