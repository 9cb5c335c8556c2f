import type { Sentence, SnapshotBody, UnitBook } from "../../../linkage/index.ts";
import type { Snapshot } from "../../http/linkage-shapes.ts";
import { type Column, integer, text } from "./column.ts";

export type Cell = string | number | boolean | null;

/** A snapshot that two people have answered for: nothing else is open. */
export interface Confirmed {
  readonly snapshot: Snapshot;
  readonly body: SnapshotBody;
}

export interface OpenParts {
  /** The newest confirmed revision of each plan and period, oldest period first. */
  readonly confirmed: readonly Confirmed[];
  readonly units: UnitBook;
}

/** One table that is open to everybody. Its columns are its dictionary. */
export interface Dataset {
  readonly name: string;
  readonly title: Sentence;
  readonly about: Sentence;
  /** Columns that together tell its rows apart. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  rows(parts: OpenParts): Readonly<Record<string, Cell>>[];
}

/** Holds the rows to the columns: a column without a value, or a value that no column explains, does not compile. */
export function dataset<Name extends string>(
  declared: Omit<Dataset, "columns" | "rows" | "key"> & {
    readonly key: readonly NoInfer<Name>[];
    readonly columns: Readonly<Record<Name, Column>>;
    rows(parts: OpenParts): Readonly<Record<NoInfer<Name>, Cell>>[];
  },
): Dataset {
  return declared;
}

/** Of each plan only its newest period. */
export function newestOf(confirmed: readonly Confirmed[]): Confirmed[] {
  return [...Map.groupBy(confirmed, ({ body }) => body.plan).values()].map((ofPlan) => ofPlan.at(-1)!);
}

/** What says of a row from where it comes: the same in every table. */
export const sourceColumns = {
  plan: text("Mã kế hoạch của tỉnh", "Id of the province's plan"),
  period: text(
    "Kỳ báo cáo: 2026-Q3 là từ 15/6 đến 14/9; 2026 là từ 15/12/2025 đến 14/12/2026",
    "Reporting period: 2026-Q3 is 15 June to 14 September; 2026 is 15 December 2025 to 14 December 2026",
  ),
  snapshot: integer("Số của bản chốt số liệu", "Number of the snapshot that froze it"),
  snapshot_sha256: text(
    "Mã băm của bản chốt, để đối chiếu về sau",
    "Hash of the snapshot, by which it can be verified later",
  ),
  rule: text(
    "Phiên bản và dấu vân tay của quy tắc tính",
    "Version and fingerprint of the rule by which it was counted",
  ),
} as const satisfies Record<string, Column>;

export function sourceCells({ snapshot, body }: Confirmed) {
  return {
    plan: body.plan,
    period: body.period,
    snapshot: snapshot.id,
    snapshot_sha256: snapshot.hash,
    rule: body.evidence.rule,
  };
}
