import { modelsToTarget } from "../../indicators/models-to-target.ts";
import { columnIn } from "../column-in.ts";
import type { ReportSection } from "../report.ts";
import type { ReportInput } from "../report-input.ts";
import { type Say, sayIn } from "../wording.ts";

/** A page's worth; the annex of models has them all. */
const mostRows = 20;

/** What is still missing to the targets of indicator 11, and which models are nearest to counting. */
export function needsSection(input: ReportInput): ReportSection {
  const say = sayIn(input.language);
  const column = columnIn(input.language);
  const { indicators, evidence } = input.count.body;
  const picked = indicators.filter((result) => result.picked && result.number === 11);
  const needs = picked.map((result) => ({ result, ...modelsToTarget(result, evidence)! }));
  const nearest = needs.find(({ needed }) => needed > 0)?.candidates ?? [];
  return {
    heading: say({ vi: "Việc cần làm để đạt mục tiêu", en: "What is needed to reach the target" }),
    paragraphs: [
      ...needs.map(({ result, needed }) => neededText(say, result.indicator, needed, result.percent)),
      ...(nearest.length > mostRows
        ? [
            say({
              vi: `Bảng 2 nêu ${mostRows} mô hình gần đạt nhất trong ${nearest.length} mô hình chưa được tính; Phụ lục I nêu toàn bộ.`,
              en: `Table 2 names the ${mostRows} nearest of ${nearest.length} models that do not count; annex I has them all.`,
            }),
          ]
        : []),
    ],
    table: {
      id: "needs",
      title: say({ vi: "Bảng 2. Các mô hình gần đạt nhất", en: "Table 2. The models nearest to counting" }),
      columns: [
        column("number", "TT", "No.", 10),
        column("model", "Mô hình", "Model", 45, "left"),
        column("lacking", "Số điều kiện thiếu", "Lacking", 18),
        column("because", "Vì sao chưa được tính", "Why it does not count", 92, "left"),
      ],
      rows: nearest
        .slice(0, mostRows)
        .map(({ name, lacking, because }, i) => [i + 1, name, lacking, say(because)]),
      empty: say({ vi: "Không còn mô hình nào cần bổ sung.", en: "No further model is needed." }),
    },
  };
}

function neededText(say: Say, indicator: string, needed: number, percent: number): string {
  const by = indicator.endsWith("-iot")
    ? { vi: "theo số liệu thiết bị", en: "by telemetry" }
    : { vi: "theo mọi hình thức số", en: "by any digital proof" };
  if (needed === 0)
    return say({
      vi: `Tính ${by.vi}: đã đủ số mô hình cho mức ${percent} %.`,
      en: `Counted ${by.en}: there are enough models for ${percent} %.`,
    });
  return say({
    vi: `Tính ${by.vi}: cần thêm ${needed} mô hình được tính để đạt mức ${percent} %.`,
    en: `Counted ${by.en}: ${needed} more models must count to reach ${percent} %.`,
  });
}
