import { type Catalog, sealedPaths } from "./catalog.ts";
import { closeHotFile, type DatabaseLimits, type HotFile, openHotFile } from "./hot-file.ts";
import { type HotState, loadHotState } from "./hot-state.ts";
import { createHotWriter, type HotWriter } from "./hot-writer.ts";
import { rowOf } from "./rows.ts";
import type { Thresholds } from "./thresholds.ts";

/** The hot file with all that belongs to it. */
export interface Hot {
  readonly file: HotFile;
  readonly state: HotState;
  readonly writer: HotWriter;
}

/** Opens the hot file, and lets it follow the manifest if a crash came between the two. */
export async function openHot(
  folder: string,
  catalog: Catalog,
  limits: DatabaseLimits,
  thresholds: Thresholds,
  warn: (details: object, message: string) => void,
): Promise<Hot> {
  const file = await openHotFile(folder, catalog.current, limits, warn);
  const hot = await load(file, catalog, thresholds);
  const generation = await rowOf(
    file.connection,
    "SELECT generation FROM progress",
    (value: number) => value,
  );
  if (generation === catalog.current.generation) return hot;
  const sealedSince = catalog.current.files.filter((sealed) => sealed.generation > generation);
  await hot.writer.forget(sealedSince, catalog.current.generation);
  hot.writer.close();
  return load(file, catalog, thresholds);
}

export function closeHot({ writer, file }: Hot): void {
  writer.close();
  closeHotFile(file);
}

async function load(file: HotFile, catalog: Catalog, thresholds: Thresholds): Promise<Hot> {
  const { latest } = catalog.current;
  const latestPath = latest && catalog.path(latest);
  const state = await loadHotState(file.connection, latestPath, sealedPaths(catalog));
  return { file, state, writer: await createHotWriter(file.connection, state, catalog, thresholds) };
}
