import { copyFile, link, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Position } from "../journal.ts";

/** Uplinks that were in the journal and cannot be read any more. */
export interface Damage {
  /** The segment file. */
  readonly file: string;
  readonly from: Position;
  /** Exclusive. */
  readonly to: Position;
  /** For people: what is lost and where. */
  readonly message: string;
}

export function describeDamage(file: string, from: Position, to: Position): Damage {
  const message =
    `the journal cannot read positions ${from} to ${to - 1} and skips them: ${file} is damaged or missing there. ` +
    "Check the disk, and the backup.";
  return { file, from, to, message };
}

/**
 * Gives the file a second name, under which neither retention nor packing reaches it.
 *
 * @returns one sentence that says where it is
 */
export async function keepAside(file: string): Promise<string> {
  const folder = join(dirname(file), "damaged");
  const kept = join(folder, basename(file));
  try {
    await mkdir(folder, { recursive: true });
    await linkOrCopy(file, kept);
    return `The file is kept for inspection as ${kept}.`;
  } catch (error) {
    return `It could not be kept aside: ${(error as Error).message}.`;
  }
}

async function linkOrCopy(file: string, kept: string): Promise<void> {
  try {
    await link(file, kept);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code === "ENOENT") throw error;
    // A file system without hard links, such as FAT on a card.
    await copyFile(file, kept);
  }
}
