import { open, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Ending of a file that is still being written. Whatever bears it at start-up is a leftover of a crash. */
export const partialEnding = ".partial";

/** Gives a finished file its name: its bytes are on disk before the name is, and the name before this resolves. */
export async function putInPlace(partial: string, path: string): Promise<void> {
  await sync(partial, "r+");
  await rename(partial, path);
  await sync(dirname(path), "r");
}

/** Replaces a file as a whole: after a crash it holds the old bytes or the new ones. */
export async function writeInPlace(path: string, content: string | Uint8Array): Promise<void> {
  const partial = path + partialEnding;
  await writeFile(partial, content);
  await putInPlace(partial, path);
}

async function sync(path: string, flags: "r" | "r+"): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
