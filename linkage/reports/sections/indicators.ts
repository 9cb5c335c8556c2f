import type { AmountResult } from "../../indicators/count-amounts.ts";
import type { IndicatorResult } from "../../indicators/count-indicators.ts";
import { amountMetWords, amountNames, indicatorNames, metWords } from "../../indicators/indicator-names.ts";
import { columnIn } from "../column-in.ts";
import type { ReportCell, ReportChart, ReportColumn, ReportLanguage, ReportSection } from "../report.ts";
import { shareText } from "../report.ts";
import type { ReportInput } from "../report-input.ts";
import { dayText, type Say, sayIn } from "../wording.ts";

/** Every target of the plan with its own words, both parts of its share, and what was reported last time. */
export function indicatorSection(input: ReportInput): ReportSection {
  const say = sayIn(input.language);
  const { indicators, amounts = [] } = input.count.body;
  return {
    heading: say({ vi: "Kết quả các chỉ tiêu", en: "Indicators" }),
    paragraphs: [
      say({
        vi: "Tỷ lệ là tử số chia mẫu số; “chưa đủ số liệu” không phải là “chưa đạt”: những đơn vị chưa có báo cáo còn có thể làm thay đổi kết quả.",
        en: "A share is numerator over denominator. “No data yet” is not “not met”: what nobody has reported could still decide it.",
      }),
      ...input.plan.notes.map((note) => {
        const text = say(note);
        return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
      }),
    ],
    table: {
      id: "indicators",
      title: say({ vi: "Bảng 1. Kết quả các chỉ tiêu trong kỳ", en: "Table 1. Indicators of the period" }),
      columns: columnsIn(input.language),
      rows: [
        ...indicators.map((result) => shareRow(result, input, say)),
        ...amounts.map((result) => amountRow(result, input, say)),
      ],
      empty: say({
        vi: "Kế hoạch không có chỉ tiêu nào tính được.",
        en: "The plan has no target that can be counted.",
      }),
    },
    chart: chartOf(input, say),
  };
}

function columnsIn(language: ReportLanguage): ReportColumn[] {
  const column = columnIn(language);
  return [
    column("number", "TT", "No.", 8),
    column("indicator", "Chỉ tiêu (nguyên văn kế hoạch)", "Indicator (the plan's own words)", 42, "left"),
    column("operator", "So", "Op.", 9),
    column("target", "Mục tiêu", "Target", 14),
    column("numerator", "Tử số", "Num.", 12),
    column("denominator", "Mẫu số", "Denom.", 15),
    column("share", "Tỷ lệ", "Share", 17),
    column("met", "Kết quả", "Result", 16),
    column("previous", "Kỳ trước", "Before", 18),
    column("note", "Ghi chú", "Note", 22, "left"),
  ];
}

const operatorSigns = { gt: ">", gte: "≥" } as const;

function shareRow(
  result: IndicatorResult,
  { previous, language, count }: ReportInput,
  say: Say,
): ReportCell[] {
  const before = previous?.body.indicators.find(
    ({ indicator, number }) => indicator === result.indicator && number === result.number,
  );
  const share = shareOf(result);
  const notes = [
    ...(result.picked ? [] : [say({ vi: "cách hiểu khác", en: "the other reading" })]),
    ...(result.on === count.body.evidence.period.to
      ? []
      : [say({ vi: `chốt ${dayText(result.on)}`, en: `as of ${dayText(result.on)}` })]),
    ...(result.noData === 0
      ? []
      : [say({ vi: `${result.noData} chưa có số liệu`, en: `${result.noData} without data` })]),
  ];
  return [
    String(result.number),
    `${say(indicatorNames[result.indicator])}: “${result.wording}”`,
    operatorSigns[result.operator],
    `${result.percent} %`,
    result.numerator,
    result.denominator,
    share,
    say(metWords[result.met]),
    before === undefined || before.sharePercent === null
      ? null
      : `${before.numerator}/${before.denominator} (${shareText(shareOf(before)!, language)})`,
    notes.join("; ") || null,
  ];
}

function shareOf({ sharePercent, percent }: IndicatorResult) {
  return sharePercent === null ? null : { share: sharePercent / 100, target: percent / 100 };
}

function amountRow(result: AmountResult, { previous }: ReportInput, say: Say): ReportCell[] {
  const before = previous?.body.amounts?.find(({ indicator }) => indicator === result.indicator);
  const { least, notCounted } = result;
  return [
    String(result.number),
    `${say(amountNames[result.indicator])}: “${result.wording}”`,
    least === null ? null : operatorSigns.gte,
    least === null ? null : String(least),
    result.amount,
    null,
    null,
    say(amountMetWords[result.met]),
    before === undefined ? null : String(before.amount),
    notCounted.length === 0
      ? null
      : say({
          vi: `${notCounted.length} chưa có quyết định công nhận`,
          en: `${notCounted.length} not recognised by a decision`,
        }),
  ];
}

/** The readings that the province picked, beside the target and the period before. */
function chartOf({ count, previous }: ReportInput, say: Say): ReportChart {
  const picked = count.body.indicators.filter((result) => result.picked);
  const before = (result: IndicatorResult) =>
    previous?.body.indicators.find(({ indicator }) => indicator === result.indicator)?.sharePercent ?? null;
  const rounded = (percent: number | null) => (percent === null ? null : Math.round(percent * 10) / 10);
  return {
    title: say({ vi: "Hình 1. Kết quả so với mục tiêu (%)", en: "Figure 1. Results against targets (%)" }),
    categories: picked.map((result) => `${result.number}. ${say(shortNames[result.indicator])}`),
    series: [
      {
        name: say({ vi: "Kết quả", en: "Result" }),
        values: picked.map(({ sharePercent }) => rounded(sharePercent)),
        colour: "2E7D32",
      },
      {
        name: say({ vi: "Mục tiêu", en: "Target" }),
        values: picked.map(({ percent }) => percent),
        colour: "9E9E9E",
      },
      ...(previous === null
        ? []
        : [
            {
              name: say({ vi: "Kỳ trước", en: "Period before" }),
              values: picked.map((result) => rounded(before(result))),
              colour: "A5D6A7",
            },
          ]),
    ],
  };
}

/** For the axis of the chart, where there is room for a word or two. */
const shortNames: Readonly<
  Record<IndicatorResult["indicator"], { readonly vi: string; readonly en: string }>
> = {
  "communes-in-linkage": { vi: "Xã có HTX liên kết", en: "Communes in linkage" },
  "communes-with-cooperative": { vi: "Xã có HTX", en: "Communes with a cooperative" },
  "districts-with-model": { vi: "Cấp huyện có mô hình", en: "Districts with a model" },
  "zone-models-iot": { vi: "Mô hình số (thiết bị)", en: "Models (telemetry)" },
  "zone-models-digital": { vi: "Mô hình số (mọi hình thức)", en: "Models (any proof)" },
  "key-product-zone-models-iot": { vi: "Chủ lực (thiết bị)", en: "Key product (telemetry)" },
  "key-product-zone-models-digital": { vi: "Chủ lực (mọi hình thức)", en: "Key product (any proof)" },
  "communes-with-service-and-feedback": { vi: "Xã có dịch vụ và ý kiến", en: "Service and feedback" },
};
