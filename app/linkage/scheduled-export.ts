import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dateOf } from "../../calendar/index.ts";
import type { LinkageOffice, OpenFile } from "../http/linkage-office.ts";
import type { Log } from "../log.ts";
import { createDaily, type Daily } from "./daily.ts";
import { dictionary } from "./open-data/dictionary.ts";
import { datasets, openFormats } from "./open-data/index.ts";

export const manifestName = "manifest.json";

interface Manifest {
  /** The day in Vietnam. */
  readonly exportedOn: string;
  readonly exportedAt: string;
  readonly files: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[];
}

/** Writes the open tables into a folder once a day, also over restarts. A reader there never sees half a file. */
export function createScheduledExport(
  { folder, at }: { readonly folder: string; readonly at: string },
  { office, log }: { readonly office: Pick<LinkageOffice, "openFile">; readonly log: Log },
): Daily {
  return createDaily({
    at,
    doneOn: lastExport(folder),
    async work(nowMs) {
      await exportInto(folder, office, nowMs);
      log.info({ folder }, "the open tables were written");
    },
    failed: (error) =>
      log.error({ err: error, folder }, "the open tables could not be written; tried again in ten minutes"),
  });
}

function lastExport(folder: string): string | null {
  const file = join(folder, manifestName);
  if (!existsSync(file)) return null;
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as Manifest).exportedOn;
  } catch {
    // Somebody else's file, or a damaged one: the next export replaces it.
    return null;
  }
}

/** The manifest comes last: who reads it finds every file that it names. */
async function exportInto(
  folder: string,
  office: Pick<LinkageOffice, "openFile">,
  nowMs: number,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const files: OpenFile[] = [];
  for (const { name } of datasets)
    for (const format of openFormats) files.push(await office.openFile({ dataset: name, format }));
  for (const { name, bytes } of files) put(folder, name, bytes);
  put(folder, "dictionary.json", `${JSON.stringify(dictionary(), null, 2)}\n`);
  const manifest: Manifest = {
    exportedOn: dateOf(nowMs),
    exportedAt: new Date(nowMs).toISOString(),
    files: files.map(({ name, rows, sha256 }) => ({ name, rows, sha256 })),
  };
  put(folder, manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
}

function put(folder: string, name: string, content: Uint8Array | string): void {
  const file = join(folder, name);
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
