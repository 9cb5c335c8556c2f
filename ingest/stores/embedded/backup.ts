import { constants, copyFile, link, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Position } from "../../journal/journal.ts";
import { writeInPlace } from "./durable-file.ts";
import { filesOf, folders, type Manifest, manifestFile, parseManifest } from "./manifest.ts";
import { rewritesFolder } from "./rewrites.ts";

/**
 * Copies a store, also while a server writes to it: the manifest, the immutable files that it names, and the
 * rewrites not yet sealed. Files are linked where the file system allows it, so that a copy beside the store takes no
 * space. The hot file is left out: a store that is opened on the copy reads the journal again from `coveredPosition`.
 *
 * @param folder of the store
 * @param intoFolder a folder that is empty or does not exist yet; copying it back restores the store
 * @returns from where on the journal belongs to this copy
 */
export async function backupStore(
  folder: string,
  intoFolder: string,
): Promise<{ readonly coveredPosition: Position }> {
  await mkdir(intoFolder, { recursive: true });
  if ((await readdir(intoFolder)).length > 0)
    throw new Error(`${intoFolder} is not empty: a copy needs a folder of its own`);
  for (;;) {
    const manifest = await copyOnce(folder, intoFolder);
    if (manifest) return { coveredPosition: manifest.coveredPosition };
  }
}

/** Null when the server has sealed something meanwhile, so that files may be missing. */
async function copyOnce(folder: string, intoFolder: string): Promise<Manifest | null> {
  const content = await readFile(join(folder, manifestFile), "utf8");
  const manifest = parseManifest(content);
  for (const name of [...Object.values(folders), rewritesFolder]) {
    await rm(join(intoFolder, name), { recursive: true, force: true });
    await mkdir(join(intoFolder, name), { recursive: true });
  }
  const rewrites = (await readdir(join(folder, rewritesFolder))).filter((name) => name.endsWith(".zst"));
  const files = [...filesOf(manifest), ...rewrites.map((name) => join(rewritesFolder, name))];
  for (const file of files) {
    if (!(await copyFileOver(join(folder, file), join(intoFolder, file)))) return null;
  }
  // A rewrite that was sealed after the manifest was read is in neither: begin again.
  if ((await readFile(join(folder, manifestFile), "utf8")) !== content) return null;
  await writeInPlace(join(intoFolder, manifestFile), content);
  return manifest;
}

/** False when the file is no longer there. */
async function copyFileOver(from: string, to: string): Promise<boolean> {
  try {
    // Another file system, or one without links: copy. A missing file fails again there.
    await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
