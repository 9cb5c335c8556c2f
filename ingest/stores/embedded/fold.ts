import { rm, stat } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Position } from "../../journal/journal.ts";
import type { Catalog } from "./catalog.ts";
import { type Day, type DayRange, dayMs, nameOf, startOf } from "./day.ts";
import { partialEnding, putInPlace } from "./durable-file.ts";
import type { Fold } from "./fold-plan.ts";
import { hoursSql, keptSql, type Names, rangeSql } from "./fold-sql.ts";
import { folders, type Manifest, type SealedFile } from "./manifest.ts";
import { marksFileSql } from "./marks-sql.ts";
import { unsealedRows } from "./newest-live.ts";
import type { Retention } from "./retention.ts";
import { rowOf, rowsOf } from "./rows.ts";
import { moment, parquet, text } from "./sql.ts";

/** How far the store had got when the rows were read. */
export interface Progress {
  readonly journalTo: Position;
  readonly rewritesTo: number;
}

/**
 * Roll-ups take some 12 bytes for a series and hour. They are kept where an hour has at least this many readings;
 * for slower nodes the readings themselves are as quick to read.
 */
const worthRollingUp = 20;

const dayFormat = "COMPRESSION zstd, COMPRESSION_LEVEL 3, ROW_GROUP_SIZE 122880";

/**
 * For the file of a month, where a device's readings are few: over larger row groups more of it repeats. Measured, this
 * saves a seventh; on the file of a large day it would save nothing, or cost a little.
 */
const monthFormat = "COMPRESSION zstd, COMPRESSION_LEVEL 6, ROW_GROUP_SIZE 245760";

/** Asked for by the month: measured, unpacked in two thirds of the time, and a quarter larger, which is 0.03 bytes a reading. */
const hoursFormat = "COMPRESSION lz4_raw, ROW_GROUP_SIZE 122880";

/**
 * Writes the files of a fold, and the manifest that would bring them in. Nothing of it counts until that is committed.
 *
 * @param connection inside no transaction, and nobody writes meanwhile
 */
export async function writeFold(
  connection: DuckDBConnection,
  catalog: Catalog,
  fold: Fold,
  progress: Progress,
  retention: Retention,
): Promise<Manifest> {
  const generation = catalog.current.generation + 1;
  const written: SealedFile[] = [];
  for (const range of fold.into) {
    const file = await writeRange(connection, catalog, fold, range, retention, generation);
    if (file) written.push({ ...file, ...range, generation, ...progress });
  }
  const replaced = new Set(fold.takes);
  const files = [...catalog.current.files.filter((file) => !replaced.has(file)), ...written];
  return {
    ...catalog.current,
    generation,
    latest: await writeLatest(connection, catalog, fold, written, retention, generation),
    files: files.sort((a, b) => a.firstDay - b.firstDay),
  };
}

type Written = Pick<SealedFile, "readings" | "hours" | "marks" | "tallied" | "rows" | "bytes" | "quantities">;

async function writeRange(
  connection: DuckDBConnection,
  catalog: Catalog,
  fold: Fold,
  range: DayRange,
  retention: Retention,
  generation: number,
): Promise<Written | null> {
  const name = `${nameOf(range)}.${generation}.parquet`;
  const readings = `${folders.readings}/${name}`;
  const path = catalog.path(readings);
  const taken = fold.takes.map((file) => catalog.path(file.readings));
  const format = range.firstDay === range.lastDay ? dayFormat : monthFormat;
  const names = await namesIn(connection, taken);
  const rows = await copy(connection, rangeSql({ taken, range, retention, names }), path, format);
  // Where everything was removed an empty file says so: without it the journal, read again, would bring it back.
  if (rows === 0 && !(await hasUnsealed(connection, range))) {
    await rm(path);
    return null;
  }
  const hours = `${folders.hours}/${name}`;
  const hourRows = await copy(connection, hoursSql(path), catalog.path(hours), hoursFormat);
  const marks = `${folders.marks}/${name}`;
  await copy(connection, marksFileSql(rolledHours(catalog.path(hours))), catalog.path(marks));
  const rolledUp = rows > 0 && hourRows * worthRollingUp <= rows;
  if (!rolledUp) await rm(catalog.path(hours));
  const kept = rolledUp ? [readings, hours, marks] : [readings, marks];
  return {
    readings,
    hours: rolledUp ? hours : null,
    marks,
    tallied: true,
    rows,
    bytes: await sizeOf(kept.map(catalog.path)),
    quantities: await firstDays(connection, path),
  };
}

/**
 * Writes the marks of a sealed file that is older than they are, or than their tallies, and the manifest that would bring them in.
 *
 * @param connection inside no transaction
 */
export async function writeMarks(
  connection: DuckDBConnection,
  catalog: Catalog,
  file: SealedFile,
): Promise<Manifest> {
  const generation = catalog.current.generation + 1;
  const marks = `${folders.marks}/${nameOf(file)}.${generation}.parquet`;
  const hours =
    file.hours === null ? hoursIn(catalog.path(file.readings)) : rolledHours(catalog.path(file.hours));
  await copy(connection, marksFileSql(hours), catalog.path(marks));
  const before = file.marks === null ? 0 : await sizeOf([catalog.path(file.marks)]);
  const bytes = file.bytes - before + (await sizeOf([catalog.path(marks)]));
  const marked = { ...file, marks, tallied: true, bytes };
  const files = catalog.current.files.map((one) => (one === file ? marked : one));
  return { ...catalog.current, generation, files };
}

async function sizeOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const rolledHours = (hours: string) =>
  `SELECT device, quantity, epoch_ms(hour) AS hour, n, low, high, minutes FROM ${parquet([hours])}`;

const hoursIn = (readings: string) =>
  `SELECT device, quantity, epoch_ms(hour) AS hour, n, low, high, minutes FROM (${hoursSql(readings)})`;

async function hasUnsealed(connection: DuckDBConnection, range: DayRange): Promise<boolean> {
  const sql = `SELECT 1 FROM ${unsealedRows} WHERE ts >= ${startOf(range.firstDay)} AND ts < ${startOf(range.lastDay + 1)} LIMIT 1`;
  return (await rowsOf(connection, sql, () => true)).length > 0;
}

/** @returns the number of rows written */
async function copy(
  connection: DuckDBConnection,
  sql: string,
  path: string,
  format = dayFormat,
): Promise<number> {
  const partial = path + partialEnding;
  const written = await rowOf(
    connection,
    `COPY (${sql}) TO ${text(partial)} (FORMAT parquet, ${format})`,
    (count: bigint) => Number(count),
  );
  await putInPlace(partial, path);
  return written;
}

/** Every device and quantity that may be written, sorted. */
async function namesIn(connection: DuckDBConnection, taken: readonly string[]): Promise<Names> {
  const sealed = taken.length > 0 ? `UNION ALL SELECT device, quantity FROM ${parquet(taken)}` : "";
  const distinct = (column: string) =>
    rowsOf(
      connection,
      `SELECT DISTINCT ${column} FROM (SELECT device, quantity FROM series ${sealed}) ORDER BY 1`,
      (name: string) => name,
    );
  return { devices: await distinct("device"), quantities: await distinct("quantity") };
}

async function firstDays(connection: DuckDBConnection, readings: string): Promise<Record<string, Day>> {
  const sql = `SELECT quantity, (epoch_ms(min(measured_at)) // ${dayMs})::INTEGER FROM ${parquet([readings])} GROUP BY 1`;
  return Object.fromEntries(
    await rowsOf(connection, sql, (quantity: string, day: number) => [quantity, day] as const),
  );
}

/**
 * The newest live value of each series: of what was known about other days, and of the files just written, which know all
 * about theirs. Where what was known is no more, the other files are asked.
 */
async function writeLatest(
  connection: DuckDBConnection,
  catalog: Catalog,
  fold: Fold,
  written: readonly Written[],
  retention: Retention,
  generation: number,
): Promise<string | null> {
  const paths = written.map(({ readings }) => catalog.path(readings));
  const sources = paths.length > 0 ? [liveIn(paths)] : [];
  const known = catalog.current.latest;
  if (known) sources.push(...(await knownLatest(connection, catalog, fold, known, paths)));
  if (sources.length === 0) return null;
  const sql = `
    SELECT device, quantity, max(measured_at) AS measured_at, arg_max(value, measured_at) AS value
    FROM (${sources.join(" UNION ALL ")})
    WHERE ${keptSql(retention, "epoch_ms(measured_at)", Number.NEGATIVE_INFINITY)}
    GROUP BY ALL ORDER BY ALL`;
  const latest = `${folders.latest}/${generation}.parquet`;
  await copy(connection, sql, catalog.path(latest));
  return latest;
}

const liveIn = (paths: readonly string[]) =>
  `SELECT device, quantity, measured_at, value FROM ${parquet(paths)} WHERE live`;

/** What the latest values known so far have to say beside the files just written. */
async function knownLatest(
  connection: DuckDBConnection,
  catalog: Catalog,
  fold: Fold,
  known: string,
  written: readonly string[],
): Promise<string[]> {
  const all = `SELECT device, quantity, measured_at, value FROM ${parquet([catalog.path(known)])}`;
  const folded = fold.into
    .map(
      ({ firstDay, lastDay }) =>
        `measured_at >= ${moment(startOf(firstDay))} AND measured_at < ${moment(startOf(lastDay + 1))}`,
    )
    .join(" OR ");
  const elsewhere = `${all} WHERE NOT (${folded})`;
  const still =
    written.length > 0 ? `ANTI JOIN (${liveIn(written)}) USING (device, quantity, measured_at)` : "";
  const removed = `SELECT device, quantity FROM (${all} WHERE ${folded}) ${still}`;
  const others = catalog.current.files
    .filter((file) => !fold.takes.includes(file))
    .map(({ readings }) => catalog.path(readings));
  const isAnyRemoved = (await rowsOf(connection, `${removed} LIMIT 1`, () => true)).length > 0;
  if (!isAnyRemoved || others.length === 0) return [elsewhere];
  return [elsewhere, `SELECT * FROM (${liveIn(others)}) SEMI JOIN (${removed}) USING (device, quantity)`];
}
