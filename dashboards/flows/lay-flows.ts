import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface FlowPart {
  readonly id: string;
}

/**
 * Makes the reviewed files the flows that run: what was deployed in the editor since the last start is gone, so that what runs
 * is what was reviewed. Without files, what the editor has saved stays.
 *
 * @throws Error when a file is no flow, or two of them use the same id
 */
export function layFlows(folder: string, files: readonly string[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (files.length === 0) return;
  const parts = files.flatMap(partsOf);
  const seen = new Set<string>();
  for (const { id } of parts) {
    if (seen.has(id)) throw new Error(`the id ${id} stands in two flows of ${files.join(", ")}`);
    seen.add(id);
  }
  const file = join(folder, "flows.json");
  writeFileSync(`${file}.new`, `${JSON.stringify(parts, null, 4)}\n`);
  renameSync(`${file}.new`, file);
}

function partsOf(file: string): FlowPart[] {
  const parts = JSON.parse(readFileSync(file, "utf8")) as FlowPart[];
  if (Array.isArray(parts) && parts.every(({ id }) => typeof id === "string")) return parts;
  throw new Error(`${file} is no flow: a list of nodes, each with an id, as Node-RED exports it`);
}
