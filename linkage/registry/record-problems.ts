import type { Sentence } from "../evidence/sentence.ts";
import type { UnitBook } from "../units/unit-book.ts";
import type { Participation } from "./participation.ts";
import type { RecordKind, RecordOf } from "./record-kinds.ts";

export interface RecordProblem {
  /** Of the field, `["contract", "to"]`; empty when it is about the whole record. */
  readonly path: readonly (string | number)[];
  readonly message: Sentence;
}

/** What else the register holds. */
export interface Others {
  isThere(kind: RecordKind, id: string): boolean;
  all<K extends RecordKind>(kind: K): readonly RecordOf[K][];
}

type Check<K extends RecordKind> = (record: RecordOf[K], others: Others, units: UnitBook) => RecordProblem[];

const checks: { readonly [K in RecordKind]: Check<K> } = {
  cooperative: communeProblems,
  zone: communeProblems,
  "key-product": ({ unitCode, unitAsOf }, _, units) => unitProblems(units, unitCode, unitAsOf, "unitCode"),
  model: ({ cooperatives, zones }, others) => [
    ...missing("cooperative", cooperatives, "cooperatives", others),
    ...missing("zone", zones, "zones", others),
  ],
  feedback: (record, others, units) => [
    ...communeProblems(record, others, units),
    ...missing("model", record.model === null ? [] : [record.model], "model", others),
  ],
  "essential-service": communeProblems,
  "smart-place": communeProblems,
  participation: (record, others) => [
    ...missing("model", [record.model], "model", others),
    ...doubled(record, others),
  ],
  calibration: () => [],
};

/** What a record that is well formed by itself still says wrongly about others. */
export function recordProblems<K extends RecordKind>(
  kind: K,
  record: RecordOf[K],
  others: Others,
  units: UnitBook,
): RecordProblem[] {
  return checks[kind](record, others, units);
}

function communeProblems(
  { communeCode, communeAsOf }: { communeCode: string; communeAsOf: string },
  _: Others,
  units: UnitBook,
): RecordProblem[] {
  return unitProblems(units, communeCode, communeAsOf);
}

function unitProblems(units: UnitBook, code: string, asOf: string, field = "communeCode"): RecordProblem[] {
  const level = code.length === 2 ? "province" : "commune";
  if (units.unitAt({ level, code, asOf }) !== undefined) return [];
  const place = level === "province" ? "tỉnh" : "xã";
  const message = {
    vi: `ngày ${asOf} không có ${place} nào mang mã ${code}: kiểm tra lại mã và ngày`,
    en: `there was no ${level} ${code} on ${asOf}: check the code and its day`,
  };
  return [{ path: [field], message }];
}

/** Kinds that others name. */
const kindNames = { cooperative: "hợp tác xã", zone: "vùng nguyên liệu", model: "mô hình" } as const;

function missing(
  kind: keyof typeof kindNames,
  ids: readonly string[],
  field: string,
  { isThere }: Others,
): RecordProblem[] {
  return ids
    .filter((id) => !isThere(kind, id))
    .map((id) => ({
      path: [field],
      message: {
        vi: `sổ chưa có ${kindNames[kind]} "${id}": nhập mục đó trước, hoặc kiểm tra lại chính tả`,
        en: `there is no ${kind} "${id}": add it first, or check the spelling`,
      },
    }));
}

/** A place takes part in one model at a time. */
function doubled({ id, place, validFrom, validTo }: Participation, { all }: Others): RecordProblem[] {
  return all("participation")
    .filter((other) => other.id !== id && other.place === place)
    .filter(({ validFrom: from, validTo: to }) => from <= (validTo ?? "9") && validFrom <= (to ?? "9"))
    .map((other) => ({
      path: ["validFrom"],
      message: {
        vi: `${place} đang tham gia mô hình "${other.model}" trong một số ngày này (${other.id}): kết thúc lần đó trước`,
        en: `${place} takes part in "${other.model}" on some of these days (${other.id}): end that one first`,
      },
    }));
}
