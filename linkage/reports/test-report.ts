import { datesOf, daysAfter, hourMs, startOfDateMs } from "../../calendar/index.ts";
import { countEvidence } from "../evidence/count-evidence.ts";
import { CountingRule } from "../evidence/counting-rule.ts";
import type { DevicePlacement } from "../evidence/evidence-source.ts";
import { type RawReading, sourceOf } from "../evidence/test-source.ts";
import { countAmounts } from "../indicators/count-amounts.ts";
import { countIndicators } from "../indicators/count-indicators.ts";
import { planOf } from "../indicators/plans.ts";
import { openSnapshots, type Snapshots } from "../periods/open-snapshots.ts";
import { reportPeriod } from "../periods/report-period.ts";
import type { SnapshotBody } from "../periods/snapshot-body.ts";
import { cooperative, edit, fullRegister, model, units, zone } from "../registry/test-records.ts";
import { describeReport } from "./describe-report.ts";
import type { Report, ReportLanguage } from "./report.ts";
import { type ReportPaper, reportedCounts } from "./report-input.ts";

/** For tests: Hà Tĩnh's quarter with models that count, that lack this or that, and that have nothing at all. */
export async function countOf(periodName: string, proven: number, planId = "ha-tinh"): Promise<SnapshotBody> {
  const period = reportPeriod(periodName)!;
  const register = fullRegister();
  const communes = units.communesOf("42", period.to).filter(({ kind }) => kind === "xã");
  const placements: DevicePlacement[] = [];
  const readings: RawReading[] = [];
  const acts = ["04-20", "05-20", "06-20", "07-20", "08-20"].map((day) => startOfDateMs(`2026-${day}`));
  for (const [i, { code, name }] of communes.slice(0, 12).entries()) {
    const at = { communeCode: code, communeAsOf: period.to };
    register.put("cooperative", { ...cooperative, id: `htx-${i}`, name: `HTX ${name}`, ...at }, edit);
    register.put("zone", { ...zone, id: `vung-${i}`, name: `Vùng lúa ${name}`, areaHa: 15, ...at }, edit);
    const own = { id: `lua-${i}`, name: `Liên kết lúa ${name}`, proofs: i % 4 === 3 ? model.proofs : [] };
    register.put("model", { ...model, ...own, cooperatives: [`htx-${i}`], zones: [`vung-${i}`] }, edit);
    if (i % 4 === 2) continue;
    placements.push({
      device: `node-${i}`,
      model: own.id,
      fromMs: 0,
      toMs: Number.MAX_SAFE_INTEGER,
      intervalMs: null,
      position: { latitude: 18.305, longitude: 105.905 },
    });
    const hours = i < proven ? 24 : 10;
    for (const date of datesOf(period))
      for (let hour = 0; hour < hours; hour++)
        readings.push({
          device: `node-${i}`,
          quantity: "soil.moisture",
          atMs: startOfDateMs(date) + hour * hourMs,
          value: 20 + ((hour * 7 + i) % 9),
        });
  }
  const source = sourceOf({
    placements,
    readings,
    acts: placements.flatMap((placement) => acts.map((atMs) => ({ model: placement.model, atMs }))),
  });
  const rule = CountingRule.parse({
    forceMajeure: [{ name: "Bão số 5", from: "2026-08-24", to: "2026-08-28", provinces: ["42"] }],
  });
  const contents = register.contentsAt(edit.nowMs);
  const parts = { contents, units, rule };
  const evidence = await countEvidence(period, { ...parts, source });
  const plan = planOf(planId)!;
  return {
    plan: planId,
    period: periodName,
    rule,
    register: contents,
    evidence,
    indicators: countIndicators(plan, evidence, parts),
    amounts: countAmounts(plan, period.to, parts),
  };
}

/** A quarter before that was confirmed, and two revisions of this one. */
export async function filledSnapshots(): Promise<Snapshots> {
  const snapshots = openSnapshots(":memory:");
  const after = (date: string) => startOfDateMs(daysAfter(date, 1));
  const before = snapshots.propose(await countOf("2026-Q2", 2), "htx-01", after("2026-06-14"));
  snapshots.confirm(before.id, "so-nn-07", after("2026-06-14"));
  snapshots.propose(await countOf("2026-Q3", 4), "htx-01", after("2026-09-14"));
  const revised = snapshots.propose(await countOf("2026-Q3", 6), "htx-01", after("2026-09-15"));
  snapshots.confirm(revised.id, "so-nn-07", after("2026-09-15"));
  return snapshots;
}

export const paper: ReportPaper = { number: "15", date: "2026-09-05", signer: "Nguyễn Văn A", deputy: true };

export function reportOf(
  snapshots: Snapshots,
  id: number,
  language: ReportLanguage = "vi",
  on: ReportPaper = paper,
): Report {
  const plan = planOf(snapshots.body(id).plan)!;
  return describeReport({ ...reportedCounts(snapshots, id), plan, units, language, paper: on });
}
