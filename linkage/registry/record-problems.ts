import type { UnitBook } from "../units/unit-book.ts";
import type { RecordKind, RecordOf } from "./record-kinds.ts";

export interface RecordProblem {
  /** Of the field, `["contract", "to"]`; empty when it is about the whole record. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Answers whether a record is there. */
export type IsThere = (kind: RecordKind, id: string) => boolean;

type Check<K extends RecordKind> = (
  record: RecordOf[K],
  isThere: IsThere,
  units: UnitBook,
) => RecordProblem[];

const checks: { readonly [K in RecordKind]: Check<K> } = {
  cooperative: communeProblems,
  zone: communeProblems,
  "key-product": ({ unitCode, unitAsOf }, _, units) => unitProblems(units, unitCode, unitAsOf, "unitCode"),
  model: ({ cooperatives, zones }, isThere) => [
    ...missing("cooperative", cooperatives, "cooperatives", isThere),
    ...missing("zone", zones, "zones", isThere),
  ],
  feedback: (record, isThere, units) => [
    ...communeProblems(record, isThere, units),
    ...missing("model", record.model === null ? [] : [record.model], "model", isThere),
  ],
  "essential-service": communeProblems,
  "smart-place": communeProblems,
};

/** What a record that is well formed by itself still says wrongly about others. */
export function recordProblems<K extends RecordKind>(
  kind: K,
  record: RecordOf[K],
  isThere: IsThere,
  units: UnitBook,
): RecordProblem[] {
  return checks[kind](record, isThere, units);
}

function communeProblems(
  { communeCode, communeAsOf }: { communeCode: string; communeAsOf: string },
  _: IsThere,
  units: UnitBook,
): RecordProblem[] {
  return unitProblems(units, communeCode, communeAsOf);
}

function unitProblems(units: UnitBook, code: string, asOf: string, field = "communeCode"): RecordProblem[] {
  const level = code.length === 2 ? "province" : "commune";
  if (units.unitAt({ level, code, asOf }) !== undefined) return [];
  return [{ path: [field], message: `there was no ${level} ${code} on ${asOf}: check the code and its day` }];
}

function missing(kind: RecordKind, ids: readonly string[], field: string, isThere: IsThere): RecordProblem[] {
  return ids
    .filter((id) => !isThere(kind, id))
    .map((id) => ({
      path: [field],
      message: `there is no ${kind} "${id}": add it first, or check the spelling`,
    }));
}
