import { createHash } from "node:crypto";
import { constants, createReadStream, existsSync } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { pipeline } from "node:stream/promises";
import { backupStore } from "../../ingest/stores/embedded/backup.ts";
import type { DataFolder } from "../data-folder/open-data-folder.ts";
import { outlinesFile } from "../linkage/outlines/outlines-file.ts";
import { type BackedUpFile, manifestFile } from "./manifest.ts";

/**
 * Copies everything that is kept, while a server runs on it. Of the order depends that the copy is whole: first what
 * remembers how far it has read the journal, the journal last. What the copy of the store lacks, the journal has.
 *
 * @param into a folder that does not exist yet; it gets its name when everything in it is on disk
 */
export async function backUp(
  data: DataFolder,
  into: string,
): Promise<{ readonly folder: string; readonly bytes: number }> {
  const unfinished = `${into}.unfinished`;
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  try {
    const files = await copyAll(data, unfinished);
    await rename(unfinished, into);
    await sync(dirname(into));
    return { folder: into, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  } catch (error) {
    // Half a copy on a full disk would keep it full.
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function copyAll(data: DataFolder, unfinished: string): Promise<BackedUpFile[]> {
  const copyOf = (file: string) => join(unfinished, relative(data.path, file));

  for (const file of databasesOf(data)) await copyDatabase(file, copyOf(file));
  await copyFile(join(data.path, "secret.key"), join(unfinished, "secret.key"));
  const outlines = outlinesFile(data);
  if (existsSync(outlines)) await copyFile(outlines, copyOf(outlines));
  // Readings that are kept in an InfluxDB are backed up there.
  if (existsSync(data.store)) await backupStore(data.store, copyOf(data.store));
  await copyJournal(data.journal, copyOf(data.journal));

  const files = await describe(unfinished);
  await writeFile(join(unfinished, manifestFile), JSON.stringify({ version: 1, files }, null, 2));
  await sync(join(unfinished, manifestFile));
  return files;
}

function databasesOf(data: DataFolder): string[] {
  const always = [data.registry, data.sessions, data.quarantine, data.links, data.watch, data.derived];
  return [...always, ...[data.linkage, data.snapshots].filter((file) => existsSync(file))];
}

async function copyDatabase(file: string, copy: string): Promise<void> {
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(source, copy);
  } finally {
    source.close();
  }
}

/** Segments only grow at their end or are replaced by a compressed one: then the folder is read again. */
async function copyJournal(folder: string, copy: string): Promise<void> {
  await mkdir(copy, { recursive: true });
  for (const name of (await readdir(folder)).sort()) {
    const file = join(folder, name);
    try {
      if ((await stat(file)).isFile() && !name.includes("lock")) {
        await copyFile(file, join(copy, name), constants.COPYFILE_FICLONE);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      return copyJournal(folder, copy);
    }
  }
}

async function describe(folder: string): Promise<BackedUpFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const described: BackedUpFile[] = [];
  for (const file of files.sort()) {
    await sync(file);
    described.push({
      path: relative(folder, file),
      bytes: (await stat(file)).size,
      sha256: await sha256(file),
    });
  }
  return described;
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** What is at a path, file or folder, is on disk when this resolves. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
