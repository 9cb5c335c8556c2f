import type { LinkageModel, ProofKind } from "../registry/linkage-model.ts";
import type { CountingRule } from "./counting-rule.ts";
import type { Eligibility } from "./eligibility.ts";
import type { DeviceVerdict } from "./judge-device.ts";
import type { CountedDays } from "./season.ts";
import { joined, percent, type Sentence } from "./sentence.ts";

/** One condition of the rule, with what was found and what was needed. */
export interface Check {
  readonly name: "devices" | "completeness" | "use" | "position";
  readonly met: boolean;
  readonly found: number;
  readonly needed: number;
  readonly because: Sentence;
}

export interface Proof {
  readonly kind: ProofKind;
  readonly reference: string;
}

/** `no-data`: nobody reported anything, which is not "no". */
export type Finding = "yes" | "no" | "no-data";

export interface ModelVerdict {
  readonly model: string;
  readonly name: string;
  readonly eligible: boolean;
  readonly zoneTied: boolean;
  readonly lacks: readonly Sentence[];
  /** By telemetry alone. */
  readonly iot: Finding;
  /** By telemetry, traceability, electronic diary or electronic commerce. */
  readonly digital: Finding;
  readonly proofs: readonly Proof[];
  /** Somebody's word: told, never counted. */
  readonly attested: readonly Proof[];
  readonly checks: readonly Check[];
  readonly devices: readonly DeviceVerdict[];
  readonly excused: CountedDays["excused"];
  readonly because: Sentence;
}

export interface ModelEvidence {
  readonly model: LinkageModel;
  readonly eligibility: Eligibility;
  readonly days: CountedDays;
  readonly devices: readonly DeviceVerdict[];
  /** Weeks of the period in which a person acted on its data. */
  readonly weeksOfUse: number;
  /** Of the period, both included. */
  readonly period: { readonly from: string; readonly to: string };
}

export function judgeModel(evidence: ModelEvidence, rule: CountingRule): ModelVerdict {
  const { model, eligibility, devices } = evidence;
  const checks = devices.length === 0 ? [] : checksOf(evidence, rule);
  const iot: Finding = devices.length === 0 ? "no-data" : checks.every(({ met }) => met) ? "yes" : "no";
  const valid = model.proofs.filter(
    ({ from, to }) => from <= evidence.period.to && to >= evidence.period.from,
  );
  const attested = valid.filter(({ kind }) => kind === "attested");
  const proofs = valid.filter(({ kind }) => (rule.digitalBy as readonly string[]).includes(kind));
  return {
    model: model.id,
    name: model.name,
    eligible: eligibility.eligible,
    zoneTied: eligibility.zoneTied,
    lacks: eligibility.lacks,
    iot,
    digital: proofs.length > 0 ? "yes" : iot,
    proofs: proofs.map(({ kind, reference }) => ({ kind, reference })),
    attested: attested.map(({ kind, reference }) => ({ kind, reference })),
    checks,
    devices,
    excused: evidence.days.excused,
    because: sentenceOf(iot, checks, eligibility),
  };
}

function checksOf({ model, eligibility, devices, weeksOfUse }: ModelEvidence, rule: CountingRule): Check[] {
  const counting = devices.filter(({ counts }) => counts);
  return [
    deviceCheck(counting.length, devicesNeeded(model, eligibility, rule)),
    completenessCheck(counting, rule.model.completeness),
    useCheck(weeksOfUse, rule.model.useWeeks),
    positionCheck(counting, rule.model.insideZoneShare),
  ];
}

/** By area on land; by house or group of ponds where animals are kept. */
function devicesNeeded(model: LinkageModel, { zones }: Eligibility, { model: rule }: CountingRule): number {
  const byHouse = model.sector === "livestock" || model.sector === "aquaculture";
  const areaHa = zones.reduce((sum, zone) => sum + zone.areaHa, 0) || (model.areaHa ?? 0);
  const wanted = byHouse ? (model.houses ?? 1) : Math.ceil(areaHa / rule.haPerDevice);
  return Math.min(rule.mostDevices, Math.max(rule.leastDevices, wanted));
}

function deviceCheck(found: number, needed: number): Check {
  return {
    name: "devices",
    met: found >= needed,
    found,
    needed,
    because: {
      vi: `${found} thiết bị hoạt động đều (cần ${needed})`,
      en: `${found} devices active (${needed} needed)`,
    },
  };
}

function completenessCheck(counting: readonly DeviceVerdict[], needed: number): Check {
  const valid = counting.reduce((sum, { validHours }) => sum + validHours, 0);
  const expected = counting.reduce((sum, { expectedHours }) => sum + expectedHours, 0);
  const found = expected === 0 ? 0 : valid / expected;
  return {
    name: "completeness",
    met: expected > 0 && found >= needed,
    found,
    needed,
    because: {
      vi: `dữ liệu đủ ${percent(found).vi} số giờ (cần ${percent(needed).vi})`,
      en: `${percent(found).en} of the hours have data (${percent(needed).en} needed)`,
    },
  };
}

function useCheck(found: number, needed: number): Check {
  return {
    name: "use",
    met: found >= needed,
    found,
    needed,
    because: {
      vi: `${found < needed ? "chỉ " : ""}${found} tuần có người sử dụng dữ liệu (cần ${needed})`,
      en: `people used the data in ${found} weeks (${needed} needed)`,
    },
  };
}

function positionCheck(counting: readonly DeviceVerdict[], needed: number): Check {
  const inside = counting.filter(({ position }) => position === "inside").length;
  const found = counting.length === 0 ? 0 : inside / counting.length;
  return {
    name: "position",
    met: counting.length > 0 && found >= needed,
    found,
    needed,
    because: {
      vi: `${inside}/${counting.length} thiết bị có vị trí xác nhận trong vùng (cần ${percent(needed).vi})`,
      en: `${inside} of ${counting.length} devices confirmed in the zone (${percent(needed).en} needed)`,
    },
  };
}

function sentenceOf(iot: Finding, checks: readonly Check[], { lacks }: Eligibility): Sentence {
  const failed = joined([...checks.filter(({ met }) => !met).map(({ because }) => because), ...lacks]);
  if (iot === "no-data") {
    const tail = lacks.length === 0 ? { vi: "", en: "" } : { vi: `; ${failed.vi}`, en: `; ${failed.en}` };
    return {
      vi: `Chưa có số liệu: không có thiết bị nào đặt tại mô hình trong kỳ${tail.vi}.`,
      en: `No data yet: no device stood at the model in this period${tail.en}.`,
    };
  }
  if (failed.vi !== "") return { vi: `Chưa tính: ${failed.vi}.`, en: `Does not count: ${failed.en}.` };
  const all = joined(checks.map(({ because }) => because));
  return { vi: `Được tính: ${all.vi}.`, en: `Counts: ${all.en}.` };
}
