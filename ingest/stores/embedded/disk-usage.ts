import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { folders } from "./manifest.ts";
import { rewritesFolder } from "./rewrites.ts";

/** Bytes of everything in the store's folder but the sealed files, whose sizes the manifest knows. */
export async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const part of [".", folders.latest, rewritesFolder]) {
    for (const entry of await readdir(join(folder, part), { withFileTypes: true })) {
      if (entry.isFile()) bytes += await sizeOf(join(folder, part, entry.name));
    }
  }
  return bytes;
}

/** Nothing when the file has just been replaced. */
async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}
