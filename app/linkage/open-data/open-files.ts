import type { SnapshotBody, UnitBook } from "../../../linkage/index.ts";
import type { OpenFile } from "../../http/linkage-office.ts";
import type { Snapshot } from "../../http/linkage-shapes.ts";
import type { Confirmed, Dataset } from "./dataset.ts";
import type { OpenFormat } from "./index.ts";
import { openFile } from "./open-file.ts";

/** What the open files are made of. */
export interface SnapshotSource {
  all(): readonly Snapshot[];
  body(id: number): SnapshotBody;
}

/** Makes each file once, until another snapshot is confirmed: bodies are large, and anybody may ask. */
export function createOpenFiles(book: SnapshotSource, units: UnitBook) {
  const made = new Map<string, OpenFile>();
  let madeOf = "";
  return {
    file(dataset: Dataset, format: OpenFormat): OpenFile {
      const snapshots = newestConfirmed(book.all());
      const of = snapshots.map(({ id }) => id).join();
      if (of !== madeOf) made.clear();
      madeOf = of;
      const known = made.get(`${dataset.name}.${format}`);
      if (known !== undefined) return known;
      const fresh = openFile(dataset, format, { confirmed: inOrder(snapshots, book), units });
      made.set(fresh.name, fresh);
      return fresh;
    },
  };
}

/** Of each plan and period the newest revision that two people have answered for. */
function newestConfirmed(snapshots: readonly Snapshot[]): Snapshot[] {
  const confirmed = snapshots.filter(({ confirmedBy }) => confirmedBy !== null);
  const groups = Map.groupBy(confirmed, ({ plan, period }) => `${plan} ${period}`);
  return [...groups.values()].map((group) => group.reduce((a, b) => (b.revision > a.revision ? b : a)));
}

function inOrder(snapshots: readonly Snapshot[], book: SnapshotSource): Confirmed[] {
  return snapshots
    .map((snapshot) => ({ snapshot, body: book.body(snapshot.id) }))
    .toSorted((a, b) => (a.body.evidence.period.to < b.body.evidence.period.to ? -1 : 1));
}
