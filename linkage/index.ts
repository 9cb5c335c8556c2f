export { type CountParts, countEvidence, type EvidenceCount } from "./evidence/count-evidence.ts";
export { CountingRule, ruleLabel } from "./evidence/counting-rule.ts";
export type { DevicePlacement, EvidenceSource, HourlySeries, HumanAct } from "./evidence/evidence-source.ts";
export { type DeviceVerdict, hoursIn } from "./evidence/judge-device.ts";
export type { Finding, ModelVerdict } from "./evidence/judge-model.ts";
export type { Sentence } from "./evidence/sentence.ts";
export { countIndicators, type IndicatorResult } from "./indicators/count-indicators.ts";
export { indicatorNames, metWords } from "./indicators/indicator-names.ts";
export { nationalPlan, planOf, plans } from "./indicators/plans.ts";
export type { IndicatorId, ProvincePlan, Target } from "./indicators/province-plan.ts";
export {
  openSnapshots,
  type Snapshot,
  type SnapshotBody,
  SnapshotError,
  type Snapshots,
} from "./periods/open-snapshots.ts";
export { lastClosedQuarter, type ReportPeriod, reportPeriod } from "./periods/report-period.ts";
export { type SnapshotDifference, snapshotDifference } from "./periods/snapshot-difference.ts";
export { exportRecords, type ImportReport, importRecords } from "./registry/exchange.ts";
export { openRegister, type RecordChange, type Register } from "./registry/open-register.ts";
export {
  type RecordKind,
  type RecordOf,
  type RegisterContents,
  recordKinds,
} from "./registry/record-kinds.ts";
export { RegisterError } from "./registry/register-error.ts";
export type { AdministrativeUnit, UnitReference } from "./units/administrative-unit.ts";
export { readUnits } from "./units/read-units.ts";
export { shippedUnits } from "./units/shipped-units.ts";
export { createUnitBook, type UnitBook, type UnitFate } from "./units/unit-book.ts";
