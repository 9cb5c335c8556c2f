import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataFolder } from "../../data-folder/open-data-folder.ts";
import type { Polygons } from "./simplified.ts";

/** Outlines of communes that an operator has imported: no list of them comes with the program, since the right to pass one on is unclear. */
export interface Outlines {
  /** What the operator says where they come from: it stands under the map. */
  readonly source: string;
  readonly communes: readonly { readonly name: string; readonly polygons: Polygons }[];
}

export function outlinesFile({ path }: Pick<DataFolder, "path">): string {
  return join(path, "linkage-outlines.json");
}

/** @returns null when nobody has imported any */
export function readOutlines(file: string): Outlines | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Outlines) : null;
}

/** The server reads it with the next map. */
export function writeOutlines(file: string, outlines: Outlines): void {
  writeFileSync(`${file}.new`, JSON.stringify(outlines));
  renameSync(`${file}.new`, file);
}
