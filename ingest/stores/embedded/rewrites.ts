import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import type { Reading } from "../../../devices/index.ts";
import type { Position } from "../../journal/journal.ts";
import { type Day, dayOf } from "./day.ts";
import { partialEnding, writeInPlace } from "./durable-file.ts";

/** Readings that came another way than the journal, and after which of the journal's they came. */
export interface Rewrite {
  /** 1, 2, 3 … in the order they came. */
  readonly number: number;
  /** They outrank what the journal holds before this position. */
  readonly after: Position;
  readonly days: ReadonlySet<Day>;
  readonly readings: readonly Reading[];
}

export type RewriteHead = Omit<Rewrite, "readings">;

/**
 * The rewrites that are not yet sealed, a file each. The journal cannot give them again, so they are on disk
 * here before they go into the hot file, and until sealed files have taken them in.
 */
export interface Rewrites {
  heads(): readonly RewriteHead[];
  read(number: number): Promise<Rewrite>;
  keep(readings: readonly Reading[], after: Position): Promise<Rewrite>;
  /** Removes those of which `isSealed` holds. */
  drop(isSealed: (rewrite: RewriteHead) => boolean): Promise<void>;
}

export const rewritesFolder = "rewrites";
const ending = ".json.zst";
const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** A reading as it is written: an array is half the size of an object. Without a value (NaN here) it is removed. */
type Line = [
  device: string,
  quantity: string,
  atMs: number,
  receivedAtMs: number,
  value: number | null,
  live: 0 | 1,
];

/**
 * @param folder the store's folder
 * @param last number of the last rewrite that ever was, as far as the store knows
 */
export async function openRewrites(folder: string, last: number): Promise<Rewrites> {
  const path = (number: number) =>
    join(folder, rewritesFolder, `${String(number).padStart(10, "0")}${ending}`);
  const heads = new Map<number, RewriteHead>();
  let newest = last;

  async function read(number: number): Promise<Rewrite> {
    const content = JSON.parse((await decompress(await readFile(path(number)))).toString()) as {
      after: Position;
      lines: Line[];
    };
    return rewrite(number, content.after, content.lines.map(fromLine));
  }

  for (const name of (await readdir(join(folder, rewritesFolder))).sort()) {
    if (name.endsWith(partialEnding)) await rm(join(folder, rewritesFolder, name));
    if (!name.endsWith(ending)) continue;
    const { readings: _, ...head } = await read(Number.parseInt(name, 10));
    heads.set(head.number, head);
    newest = Math.max(newest, head.number);
  }

  return {
    heads: () => [...heads.values()],
    read,
    async keep(readings, after) {
      const kept = rewrite(newest + 1, after, readings);
      const content = JSON.stringify({ after, lines: readings.map(toLine) });
      await writeInPlace(path(kept.number), await compress(content));
      newest = kept.number;
      const { readings: _, ...head } = kept;
      heads.set(head.number, head);
      return kept;
    },
    async drop(isSealed) {
      for (const head of heads.values()) {
        if (!isSealed(head)) continue;
        await rm(path(head.number), { force: true });
        heads.delete(head.number);
      }
    },
  };
}

function rewrite(number: number, after: Position, readings: readonly Reading[]): Rewrite {
  return { number, after, days: new Set(readings.map(({ measuredAtMs }) => dayOf(measuredAtMs))), readings };
}

function toLine(reading: Reading): Line {
  const { device, quantity, measuredAtMs, receivedAtMs, value, live } = reading;
  return [device, quantity, measuredAtMs, receivedAtMs, Number.isNaN(value) ? null : value, live ? 1 : 0];
}

function fromLine([device, quantity, measuredAtMs, receivedAtMs, value, live]: Line): Reading {
  return { device, quantity, measuredAtMs, receivedAtMs, value: value ?? Number.NaN, live: live === 1 };
}
