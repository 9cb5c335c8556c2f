import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { UserError } from "../commands/context.ts";
import { sha256, sync } from "./back-up.ts";
import { type BackedUpFile, backupManifest, manifestFile } from "./manifest.ts";

/**
 * Puts a backup where a server can start on it. Every file is checked first; nothing that exists is overwritten.
 *
 * @param into the data folder; it must not exist, or be empty
 */
export async function restore(
  backup: string,
  into: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const { files } = await manifestOf(backup);
  if (existsSync(into) && (await readdir(into)).length > 0) {
    throw new UserError(`${into} is not empty. Move it away first: a restore overwrites nothing.`);
  }
  const damaged = await damagedOf(backup, files);
  if (damaged.length > 0) {
    throw new UserError(
      `The backup is damaged; nothing was restored:\n${damaged.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  const unfinished = `${into}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  try {
    for (const { path } of files) await copyOnto(join(backup, path), join(unfinished, path));
    await rm(into, { recursive: true, force: true });
    await rename(unfinished, into);
    await sync(dirname(into));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** On disk before the folder gets its name: what looks restored is. */
async function copyOnto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to);
  await sync(to);
}

async function manifestOf(backup: string) {
  const file = join(backup, manifestFile);
  if (!existsSync(file)) throw new UserError(`${backup} is no whole backup: it has no ${manifestFile}.`);
  try {
    return backupManifest.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UserError(`${file} cannot be used: it was written by another version, or is damaged.\n${why}`);
  }
}

async function damagedOf(backup: string, files: readonly BackedUpFile[]): Promise<string[]> {
  const damaged: string[] = [];
  for (const { path, sha256: expected } of files) {
    const file = join(backup, path);
    if (!existsSync(file)) damaged.push(`${path} is missing`);
    else if ((await sha256(file)) !== expected) damaged.push(`${path} is not what was backed up`);
  }
  return damaged;
}
