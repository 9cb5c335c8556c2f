import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeInPlace } from "./durable-file.ts";

const SealedFile = z.object({
  /** Below the store's folder: `days/2026-11-20.12.parquet`. */
  readings: z.string(),
  /** Hourly roll-ups of the same readings; null when readings are so sparse that rolling up would save nothing. */
  hours: z.string().nullable(),
  /** Marks of each series and day; null in a file that is older than they are, until `maintain` has made them. */
  marks: z.string().nullable().default(null),
  /** Whether the file of marks has the tallies of its days as well; those of an older version have not, until `maintain`. */
  tallied: z.boolean().default(false),
  firstDay: z.number().int(),
  lastDay: z.number().int(),
  rows: z.number().int(),
  /** Of all three files. */
  bytes: z.number().int(),
  /** For each quantity, the first day on which the file has any of it. */
  quantities: z.record(z.string(), z.number().int()),
  /** The manifest that brought this file in. */
  generation: z.number().int(),
  /** Everything that the journal held for these days before this position is in. */
  journalTo: z.number().int(),
  /** So is every rewrite up to this number. */
  rewritesTo: z.number().int(),
});
export type SealedFile = z.infer<typeof SealedFile>;

const Manifest = z.object({
  format: z.literal(1),
  /** Tells a hot file of this store from one that was copied in from elsewhere. */
  store: z.string(),
  generation: z.number().int(),
  /** The journal from here on is needed to rebuild the hot file. */
  coveredPosition: z.number().int(),
  /** Newest live value of every series in the sealed files. */
  latest: z.string().nullable(),
  files: z.array(SealedFile),
});

/** What is sealed: the list of immutable files that, with the journal from `coveredPosition` on, is the whole store. */
export type Manifest = z.infer<typeof Manifest>;

export const folders = { readings: "days", hours: "hours", marks: "marks", latest: "latest" } as const;

export const manifestFile = "manifest.json";

/** Replacing the manifest is the commit of everything that its files hold. */
export async function commitManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeInPlace(join(folder, manifestFile), JSON.stringify(manifest));
}

/** @throws when the manifest is damaged, or is gone while sealed files are there */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestFile);
  const content = await readFile(path, "utf8").catch(nullIfMissing);
  if (content === null) return firstManifest(folder);
  try {
    return parseManifest(content);
  } catch (cause) {
    throw new Error(`${path} cannot be read as a manifest of format 1: restore it from a backup`, { cause });
  }
}

export function parseManifest(content: string): Manifest {
  return Manifest.parse(JSON.parse(content));
}

/** All files a manifest speaks of, relative to the store's folder. */
export function filesOf(manifest: Manifest): string[] {
  const sealed = manifest.files.flatMap(({ readings, hours, marks }) => [readings, hours, marks]);
  return [manifest.latest, ...sealed].filter((file) => file !== null);
}

async function firstManifest(folder: string): Promise<Manifest> {
  const sealed = await readdir(join(folder, folders.readings)).catch(nullIfMissing);
  // Starting afresh would take the sealed files for leftovers and remove them.
  if (sealed?.some((name) => name.endsWith(".parquet"))) {
    throw new Error(
      `${join(folder, manifestFile)} is missing, but ${folders.readings}/ holds readings: restore it from a backup`,
    );
  }
  const manifest: Manifest = {
    format: 1,
    store: randomUUID(),
    generation: 0,
    coveredPosition: 0,
    latest: null,
    files: [],
  };
  await commitManifest(folder, manifest);
  return manifest;
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
