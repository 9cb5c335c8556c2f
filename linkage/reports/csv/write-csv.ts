import { writeTable } from "../../../csv/index.ts";
import type { Report, ReportCell, ReportTable } from "../report.ts";

/** Every table of the report by its id: `indicators`, `needs`, `quality`, and the annexes. */
export function tablesOf(report: Report): ReadonlyMap<string, ReportTable> {
  const tables = [...report.sections.flatMap(({ table }) => table ?? []), ...report.annexes];
  return new Map(tables.map((table) => [table.id, table]));
}

/**
 * One table for machines: Latin column names, decimal points, shares as fractions; each row says by which rule and from which
 * snapshot.
 *
 * @throws RangeError when the report has no such table
 */
export function writeCsv(report: Report, id = "indicators"): Uint8Array {
  const tables = tablesOf(report);
  const table = tables.get(id);
  if (table === undefined)
    throw new RangeError(`there is no table "${id}"; there are ${[...tables.keys()].join(", ")}`);
  const { rule, snapshot, sha256 } = report.provenance;
  const names = table.columns.map((column) => column.id);
  const rows = table.rows.map((row) => ({
    ...Object.fromEntries(row.map((cell, i) => [names[i]!, plain(cell)])),
    rule,
    snapshot,
    sha256,
  }));
  return new TextEncoder().encode(writeTable([...names, "rule", "snapshot", "sha256"], rows));
}

function plain(cell: ReportCell): string {
  if (cell === null) return "";
  return typeof cell === "object" ? String(Math.round(cell.share * 1e6) / 1e6) : String(cell);
}
