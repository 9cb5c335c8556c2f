import { dateOf } from "../../../linkage/dates/local-date.ts";
import { indicatorNames } from "../../../linkage/indicators/indicator-names.ts";
import { planOf } from "../../../linkage/indicators/plans.ts";
import { dataset, sourceCells, sourceColumns } from "./dataset.ts";

export const indicators = dataset({
  name: "indicators",
  title: { vi: "Kết quả chỉ tiêu", en: "Results of indicators" },
  about: {
    vi: "Tử số, mẫu số và mục tiêu của từng chỉ tiêu, mọi kỳ đã được xác nhận. Tính theo quy tắc ghi kèm, không phải số liệu thống kê chính thức.",
    en: "Numerator, denominator and target of each indicator, of every confirmed period. Counted by the rule beside it; no official statistics.",
  },
  key: ["plan", "period", "indicator"],
  columns: {
    ...sourceColumns,
    province: { type: "text", about: { vi: "Tên tỉnh của kế hoạch", en: "Name of the plan's province" } },
    province_code: {
      type: "text",
      about: {
        vi: "Mã tỉnh của Tổng cục Thống kê từ 01/7/2025",
        en: "Province code of the General Statistics Office since 1 July 2025",
      },
    },
    province_code_before: {
      type: "text",
      about: { vi: "Mã tỉnh đến 30/6/2025", en: "Province code until 30 June 2025" },
    },
    indicator: { type: "text", about: { vi: "Mã chỉ tiêu", en: "Id of the indicator" } },
    number: {
      type: "integer",
      about: { vi: "Số thứ tự trong danh mục chỉ tiêu", en: "Number in the programme's list" },
    },
    name_vi: { type: "text", about: { vi: "Tên chỉ tiêu", en: "Name in Vietnamese" } },
    name_en: { type: "text", about: { vi: "Tên tiếng Anh", en: "Name in English" } },
    picked: {
      type: "boolean",
      about: {
        vi: "false: cách hiểu khác của cùng câu chữ",
        en: "false: the other reading of the same words",
      },
    },
    numerator: { type: "integer", about: { vi: "Tử số", en: "Numerator" } },
    denominator: { type: "integer", about: { vi: "Mẫu số", en: "Denominator" } },
    no_data: {
      type: "integer",
      about: {
        vi: "Trong mẫu số: số đơn vị chưa có số liệu",
        en: "Of the denominator: those of which nothing was reported",
      },
    },
    share_percent: { type: "number", unit: "%", about: { vi: "Tỷ lệ", en: "Share" } },
    operator: { type: "text", about: { vi: "gte: từ, gt: trên", en: "gte: at least, gt: more than" } },
    target_percent: { type: "number", unit: "%", about: { vi: "Mục tiêu", en: "Target" } },
    met: {
      type: "text",
      about: {
        vi: "yes: đạt, no: chưa đạt, no-data: chưa đủ số liệu",
        en: "yes: met, no: not met, no-data: not enough data yet",
      },
    },
    as_of: {
      type: "date",
      about: {
        vi: "Ngày của danh mục đơn vị hành chính và sổ đăng ký",
        en: "Day on which administrative units and register stand",
      },
    },
    confirmed_on: { type: "date", about: { vi: "Ngày xác nhận", en: "Day of the confirmation" } },
  },
  rows: ({ confirmed }) =>
    confirmed.flatMap((one) => {
      const plan = planOf(one.body.plan);
      return one.body.indicators.map((result) => ({
        ...sourceCells(one),
        province: plan?.name ?? one.body.plan,
        province_code: plan?.codeSince ?? null,
        province_code_before: plan?.codeBefore ?? null,
        indicator: result.indicator,
        number: result.number,
        name_vi: indicatorNames[result.indicator].vi,
        name_en: indicatorNames[result.indicator].en,
        picked: result.picked,
        numerator: result.numerator,
        denominator: result.denominator,
        no_data: result.noData,
        share_percent: result.sharePercent === null ? null : Math.round(result.sharePercent * 100) / 100,
        operator: result.operator,
        target_percent: result.percent,
        met: result.met,
        as_of: result.on,
        confirmed_on: dateOf(one.snapshot.confirmedAtMs!),
      }));
    }),
});
