export { type CountParts, countEvidence, type EvidenceCount } from "./evidence/count-evidence.ts";
export { CountingRule, ruleLabel } from "./evidence/counting-rule.ts";
export { type DataQuality, dataQuality } from "./evidence/data-quality.ts";
export type { DevicePlacement, EvidenceSource, HourMarks, HumanAct } from "./evidence/evidence-source.ts";
export { hoursIn } from "./evidence/hour-masks.ts";
export type { DeviceVerdict } from "./evidence/judge-device.ts";
export type { Finding, ModelVerdict } from "./evidence/judge-model.ts";
export type { Sentence } from "./evidence/sentence.ts";
export { type AmountResult, countAmounts } from "./indicators/count-amounts.ts";
export { countIndicators, type IndicatorResult } from "./indicators/count-indicators.ts";
export { amountMetWords, amountNames, indicatorNames, metWords } from "./indicators/indicator-names.ts";
export { type ModelsToTarget, modelsToTarget } from "./indicators/models-to-target.ts";
export { nationalPlan, planFor, planOf, plans } from "./indicators/plans.ts";
export type {
  AmountId,
  AmountTarget,
  IndicatorId,
  Office,
  ProvincePlan,
  Target,
} from "./indicators/province-plan.ts";
export type { Draft } from "./periods/drafts.ts";
export { type Freeze, freezeOf, hoursLate, lastMsOf } from "./periods/freeze.ts";
export { openSnapshots, type Snapshot, type Snapshots } from "./periods/open-snapshots.ts";
export {
  closedWithinYear,
  lastClosedQuarter,
  lawfulCalendar,
  previousPeriod,
  type ReportCalendar,
  type ReportPeriod,
  reportPeriod,
} from "./periods/report-period.ts";
export type { SnapshotBody } from "./periods/snapshot-body.ts";
export { type SnapshotDifference, snapshotDifference } from "./periods/snapshot-difference.ts";
export { SnapshotError, snapshotRefusals } from "./periods/snapshot-error.ts";
export {
  exportRecords,
  exportWorkbook,
  type ImportReport,
  importRecords,
  importWorkbook,
} from "./registry/exchange.ts";
export { openRegister, type RecordChange, type Register } from "./registry/open-register.ts";
export {
  type RecordKind,
  type RecordOf,
  type RegisterContents,
  recordKinds,
} from "./registry/record-kinds.ts";
export { RegisterError } from "./registry/register-error.ts";
export { tablesOf, writeCsv } from "./reports/csv/write-csv.ts";
export { describeReport } from "./reports/describe-report.ts";
export type { Report, ReportLanguage, ReportTable } from "./reports/report.ts";
export { type ReportFormat, reportForms } from "./reports/report-formats.ts";
export { type ReportInput, type ReportPaper, reportedCounts } from "./reports/report-input.ts";
export type { AdministrativeUnit, UnitReference } from "./units/administrative-unit.ts";
export { readUnits } from "./units/read-units.ts";
export { shippedUnits } from "./units/shipped-units.ts";
export { createUnitBook, type UnitBook, type UnitFate } from "./units/unit-book.ts";
