import { placesOf } from "../../evidence/eligibility.ts";
import type { IndicatorId } from "../../indicators/province-plan.ts";
import { columnIn } from "../column-in.ts";
import type { ReportAnnex } from "../report.ts";
import type { ReportInput } from "../report-input.ts";
import { sayIn } from "../wording.ts";

/** Every commune of the denominator: by both readings of indicator 9, by 12, and how many models lie there. */
export function communesAnnex({ count, language, units }: ReportInput): ReportAnnex {
  const say = sayIn(language);
  const column = columnIn(language);
  const { indicators, evidence } = count.body;
  const resultOf = (id: IndicatorId) => indicators.find(({ indicator }) => indicator === id);
  const readings = [
    resultOf("communes-with-cooperative"),
    resultOf("communes-in-linkage"),
    resultOf("communes-with-service-and-feedback"),
  ];
  const denominator = readings.find((result) => result !== undefined);
  const codes =
    denominator === undefined ? [] : [...denominator.counted, ...denominator.notCounted].toSorted();
  const on = evidence.period.to;
  const models = modelsByCommune({ count, units });
  const answer = (result: (typeof readings)[number], code: string) => {
    if (result === undefined) return null;
    return result.counted.includes(code) ? say({ vi: "có", en: "yes" }) : say({ vi: "chưa", en: "no" });
  };
  return {
    id: "communes",
    printed: true,
    title: say({ vi: "Kết quả theo xã", en: "Results by commune" }),
    columns: [
      column("number", "TT", "No.", 12),
      column("code", "Mã xã", "Code", 22),
      column("name", "Xã", "Commune", 78, "left"),
      column("cooperative", "Có HTX", "Cooperative", 32),
      column("linkage", "HTX trong liên kết", "In linkage", 36),
      column("service", "Dịch vụ và lấy ý kiến", "Service, feedback", 40),
      column("models", "Số mô hình", "Models", 32),
    ],
    rows: codes.map((code, i) => [
      i + 1,
      code,
      units.unitAt({ level: "commune", code, asOf: on })?.name ?? null,
      ...readings.map((result) => answer(result, code)),
      models.get(code) ?? 0,
    ]),
    empty: say({ vi: "Không có xã nào.", en: "There is no commune." }),
  };
}

/** Models by the communes in which their zones and cooperatives lie; one model counts once in each. */
function modelsByCommune({ count, units }: Pick<ReportInput, "count" | "units">): Map<string, number> {
  const { register, evidence } = count.body;
  const running = new Set(evidence.verdicts.map(({ model }) => model));
  const counts = new Map<string, number>();
  for (const model of register.model.filter(({ id }) => running.has(id))) {
    const places = placesOf(model, register, evidence.period.to, units).flat();
    for (const code of new Set(places.map((unit) => unit.code)))
      counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
