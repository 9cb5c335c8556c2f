import type { Finding, ModelVerdict } from "../../evidence/judge-model.ts";
import { indicatorNames, metWords } from "../../indicators/indicator-names.ts";
import { type SnapshotDifference, snapshotDifference } from "../../periods/snapshot-difference.ts";
import { columnIn } from "../column-in.ts";
import type { ReportAnnex, ReportCell, ReportSection } from "../report.ts";
import type { ReportedCount, ReportInput } from "../report-input.ts";
import { periodText, type Say, sayIn } from "../wording.ts";

/** What is otherwise than in the revision before, and than in the period before. */
export function changesSection(input: ReportInput): ReportSection {
  const say = sayIn(input.language);
  const { revised, previous, count } = input;
  const since = (before: ReportedCount | null, name: { vi: string; en: string }) => {
    if (before === null) return [];
    const found = snapshotDifference(before.body, count.body);
    return [summary(say, found, name), ...indicatorTexts(say, found, before, count)];
  };
  const paragraphs = [
    ...since(revised, {
      vi: `lần chốt trước của cùng kỳ (bản chốt số ${revised?.snapshot.id})`,
      en: `the revision before (snapshot ${revised?.snapshot.id})`,
    }),
    ...since(previous, previous === null ? { vi: "", en: "" } : periodText(previous.body.period)),
  ];
  const none = say({
    vi: "Chưa có kỳ trước hoặc lần chốt trước để so sánh.",
    en: "There is no earlier period or revision to compare with.",
  });
  return {
    heading: say({ vi: "Thay đổi so với lần báo cáo trước", en: "Changes since the last report" }),
    paragraphs: paragraphs.length === 0 ? [none] : paragraphs,
  };
}

function summary(say: Say, found: SnapshotDifference, since: { vi: string; en: string }): string {
  const rule = found.ruleChanged
    ? { vi: "quy tắc tính đã thay đổi", en: "the rule was changed" }
    : { vi: "quy tắc tính giữ nguyên", en: "the rule is the same" };
  return say({
    vi: `So với ${since.vi}: ${rule.vi}; ${found.records.length} hồ sơ của sổ đăng ký thay đổi; ${found.verdicts.length} mô hình đổi kết quả (Phụ lục IV).`,
    en: `Since ${since.en}: ${rule.en}; ${found.records.length} records of the register changed; ${found.verdicts.length} models have another verdict (annex IV).`,
  });
}

function indicatorTexts(
  say: Say,
  found: SnapshotDifference,
  before: ReportedCount,
  now: ReportedCount,
): string[] {
  const resultIn = ({ body }: ReportedCount, id: string) =>
    body.indicators.find(({ indicator }) => indicator === id)!;
  const text = (of: ReportedCount, id: string) => {
    const { numerator, denominator, met } = resultIn(of, id);
    return `${numerator}/${denominator} (${say(metWords[met])})`;
  };
  return found.indicators.map(({ indicator }) =>
    say({
      vi: `${indicatorNames[indicator].vi}: từ ${text(before, indicator)} thành ${text(now, indicator)}.`,
      en: `${indicatorNames[indicator].en}: from ${text(before, indicator)} to ${text(now, indicator)}.`,
    }),
  );
}

const findingWords: Readonly<Record<Finding, { readonly vi: string; readonly en: string }>> = {
  yes: { vi: "được tính", en: "counts" },
  no: { vi: "chưa được tính", en: "does not count" },
  "no-data": { vi: "chưa có số liệu", en: "no data" },
};

/** Every model whose verdict is another than before, and why it is what it is now. */
export function changesAnnex(input: ReportInput): ReportAnnex {
  const say = sayIn(input.language);
  const column = columnIn(input.language);
  const before = input.revised ?? input.previous;
  const verdictIn = (of: ReportedCount | null, id: string) =>
    of?.body.evidence.verdicts.find(({ model }) => model === id);
  const changed = before === null ? [] : snapshotDifference(before.body, input.count.body).verdicts;
  return {
    id: "changes",
    printed: true,
    title: say({ vi: "Các mô hình thay đổi kết quả", en: "Models with another verdict" }),
    columns: [
      column("model", "Mã", "Id", 35, "left"),
      column("name", "Mô hình", "Model", 60, "left"),
      column("before", "Lần trước", "Before", 40, "left"),
      column("after", "Lần này", "Now", 40, "left"),
      column("because", "Căn cứ", "Because", 77, "left"),
    ],
    rows: changed.map(({ model }): ReportCell[] => {
      const [then, now] = [verdictIn(before, model), verdictIn(input.count, model)];
      const name = now?.name ?? then?.name ?? null;
      return [
        model,
        name,
        findings(then, say),
        findings(now, say),
        now === undefined ? null : say(now.because),
      ];
    }),
    empty: say({ vi: "Không có thay đổi.", en: "Nothing has changed." }),
  };
}

function findings(verdict: ModelVerdict | undefined, say: Say): string {
  if (verdict === undefined) return say({ vi: "không có trong danh sách", en: "not on the list" });
  const [iot, digital] = [findingWords[verdict.iot], findingWords[verdict.digital]];
  return say({
    vi: `thiết bị: ${iot.vi}; mọi hình thức: ${digital.vi}`,
    en: `telemetry: ${iot.en}; any proof: ${digital.en}`,
  });
}
