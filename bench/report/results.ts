import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Machine } from "../machine.ts";
import type { BenchOptions } from "../options.ts";
import { type Outcome, type Row, verdict } from "../row.ts";

/** What became of one row: figures, or why there are none. */
export interface RowResult {
  readonly row: Row;
  readonly outcome: Outcome | null;
  readonly problem: string | null;
  readonly tookSeconds: number;
}

const usualFolder = join(import.meta.dirname, "../results");

/** Writes everything that was measured as JSON. Returns the file's path. */
export function writeResults(
  results: readonly RowResult[],
  about: { readonly machine: Machine; readonly options: BenchOptions; readonly startedAt: Date },
  file: string | null,
): string {
  const { machine, options, startedAt } = about;
  const path = file ?? join(usualFolder, `${startedAt.toISOString().replaceAll(":", "-").slice(0, 19)}.json`);
  mkdirSync(dirname(path), { recursive: true });
  const rows = results.map(({ row, outcome, problem, tookSeconds }) => ({
    name: row.name,
    tookSeconds,
    problem,
    notes: outcome?.notes ?? [],
    figures: row.figures.map(({ key, ...figure }) => {
      const measured = outcome?.measured[key] ?? null;
      return {
        ...figure,
        measured,
        verdict: measured === null ? null : verdict({ key, ...figure }, measured),
      };
    }),
  }));
  writeFileSync(path, `${JSON.stringify({ startedAt, options, machine, rows }, null, 2)}\n`);
  return path;
}
