import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Day, daysOf } from "./day.ts";
import { partialEnding } from "./durable-file.ts";
import {
  commitManifest,
  filesOf,
  folders,
  type Manifest,
  readManifest,
  type SealedFile,
} from "./manifest.ts";

/**
 * Which sealed files there are, and which must stay because somebody still reads them.
 *
 * A reader takes its list of files by the generation that it finds inside its transaction on the hot file. So what has
 * moved from the hot file into a sealed one is seen in exactly one of the two places, whenever the reader began.
 */
export interface Catalog {
  readonly current: Manifest;
  /** The sealed file that covers a day. */
  covering(day: Day): SealedFile | undefined;
  /** Keeps every file that the hot file's generation, or a later one, names until the returned function is called. */
  hold(): () => Promise<void>;
  at(generation: number): Manifest;
  path(file: string): string;
  /** Commits the next generation. The hot file has to follow: until `settle`, readers may still begin with the one before. */
  commit(next: Manifest): Promise<void>;
  /** Says that the hot file has followed. Files no longer named go as soon as nobody holds an older generation. */
  settle(): Promise<void>;
}

export async function openCatalog(folder: string): Promise<Catalog> {
  for (const name of Object.values(folders)) await mkdir(join(folder, name), { recursive: true });
  let current = await readManifest(folder);
  let settled = current.generation;
  let byDay = indexByDay(current);
  const generations = new Map<number, { manifest: Manifest; holders: number }>();
  generations.set(current.generation, { manifest: current, holders: 0 });
  await sweepFolders(folder, new Set(filesOf(current)));

  /** Removes the files of generations that nobody can read any more, unless a later one names them too. */
  async function sweep(): Promise<void> {
    const dropped: string[] = [];
    for (const [generation, { manifest, holders }] of generations) {
      if (generation === settled || holders > 0) break;
      generations.delete(generation);
      dropped.push(...filesOf(manifest));
    }
    const kept = new Set([...generations.values()].flatMap(({ manifest }) => filesOf(manifest)));
    for (const file of dropped) if (!kept.has(file)) await rm(join(folder, file), { force: true });
  }

  return {
    get current() {
      return current;
    },
    covering: (day) => byDay.get(day),
    hold() {
      const held = generations.get(settled)!;
      held.holders += 1;
      return async () => {
        held.holders -= 1;
        await sweep();
      };
    },
    at: (generation) => generations.get(generation)!.manifest,
    path: (file) => join(folder, file),
    async commit(next) {
      await commitManifest(folder, next);
      generations.set(next.generation, { manifest: next, holders: 0 });
      current = next;
      byDay = indexByDay(next);
    },
    async settle() {
      settled = current.generation;
      await sweep();
    },
  };
}

/** The readings of all sealed files. */
export function sealedPaths({ current, path }: Catalog): string[] {
  return current.files.map(({ readings }) => path(readings));
}

function indexByDay(manifest: Manifest): Map<Day, SealedFile> {
  return new Map(manifest.files.flatMap((file) => daysOf(file).map((day) => [day, file] as const)));
}

/** What a crash left behind: files written but never committed, and files replaced but not yet removed. */
async function sweepFolders(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of Object.values(folders)) {
    for (const file of await readdir(join(folder, name))) {
      const ours = file.endsWith(".parquet") || file.endsWith(partialEnding);
      if (ours && !kept.has(`${name}/${file}`)) await rm(join(folder, name, file), { force: true });
    }
  }
}
