import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Reading } from "../../../devices/index.ts";
import type { Position } from "../../journal/journal.ts";
import type { ReadingKey, ReadingStore } from "../reading-store.ts";
import { openCatalog } from "./catalog.ts";
import { startOf } from "./day.ts";
import { bytesIn } from "./disk-usage.ts";
import { exportReadings } from "./export.ts";
import { writeFold, writeMarks } from "./fold.ts";
import { type Fold, planFolds } from "./fold-plan.ts";
import { closeHot, type Hot, openHot } from "./hot.ts";
import type { DatabaseLimits } from "./hot-file.ts";
import { hourMarks } from "./hour-marks.ts";
import type { SealedFile } from "./manifest.ts";
import { completeness, hourlyMeans, readings, series, wholeMilliseconds } from "./queries.ts";
import { createReader } from "./reader.ts";
import { type Retention, retentionAt } from "./retention.ts";
import { openRewrites, rewritesFolder } from "./rewrites.ts";
import { type Thresholds, usualThresholds } from "./thresholds.ts";
import { createTurns } from "./turns.ts";

export interface StoreLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface EmbeddedStoreParts {
  /** Made if it is not there. */
  readonly folder: string;
  readonly quantities: ReadonlyMap<string, { readonly unit: string }>;
  /** How many whole UTC days before today a quantity is kept; null for ever. */
  readonly retentionDaysOf: (quantity: string) => number | null;
  readonly log: StoreLog;
  readonly now: () => number;
  /** What the database may hold in memory; the process needs some 100 MB more. */
  readonly memoryLimitMb?: number;
  readonly threads?: number;
  readonly thresholds?: Thresholds;
}

export interface EmbeddedStore extends ReadingStore {
  /** The journal from here on must be kept: it holds readings that no sealed file has. Grows when days are sealed. */
  coveredPosition(): Position;
}

/**
 * Opens the store of one folder: a hot file for days still open, immutable Parquet files for days that are sealed,
 * and beside them hourly roll-ups and the marks of their hours.
 *
 * A hot file that is damaged or missing is replaced by an empty one; `cursor()` then falls back to `coveredPosition()`,
 * and reading the journal from there brings everything back. This can also happen after a `write` was
 * rejected, so ask `cursor()` again before the next one.
 *
 * @throws when another process has the folder open, or the list of sealed files is damaged
 */
export async function openEmbeddedStore(parts: EmbeddedStoreParts): Promise<EmbeddedStore> {
  const { folder, log, quantities } = parts;
  const limits: DatabaseLimits = {
    memoryLimitMb: parts.memoryLimitMb ?? 256,
    threads: parts.threads ?? 2,
  };
  const thresholds = parts.thresholds ?? usualThresholds;
  await mkdir(join(folder, rewritesFolder), { recursive: true });
  const catalog = await openCatalog(folder);
  const warn = (details: object, message: string) => log.warn(details, message);

  /** Null after a failed write, until opening again succeeds. */
  let hot: Hot | null = await openHot(folder, catalog, limits, thresholds, warn);
  /** Answers `latest` also while the hot file cannot be opened. */
  let book = hot.state.book;
  /** Whether the cursor has gone back without the writer of the journal's readings knowing. */
  let rewound = false;
  const writing = createTurns(1);
  const maintaining = createTurns(1);
  const exporting = createTurns(1);
  const reader = createReader(() => ({ file: opened().file, book: opened().state.book }), catalog);
  const lastRewrite = Math.max(0, ...catalog.current.files.map(({ rewritesTo }) => rewritesTo));
  const rewrites = await openRewrites(folder, Math.max(lastRewrite, opened().state.rewrites));
  await takeHeldRewrites();
  forgetEndedLatest(retention(parts.now()));

  function opened(): Hot {
    if (!hot) throw new Error("the hot file could not be opened again after a failed write");
    return hot;
  }

  /**
   * Changes the hot file, one change at a time. When one fails, memory and file may disagree, and the database may
   * refuse everything from then on (as it does when the disk was full): it is opened again.
   */
  function change<T>(work: () => Promise<T>): Promise<T> {
    return writing.take(async () => {
      if (!hot) await reopen(-1);
      try {
        return await work();
      } catch (error) {
        log.warn({ err: error }, "writing to the hot file failed: it is opened again");
        await reopen(opened().state.cursor).catch((err) => log.warn({ err }, "opening it failed as well"));
        throw error;
      }
    });
  }

  function reopen(cursor: Position): Promise<void> {
    return reader.exclusively(async () => {
      if (hot) closeHot(hot);
      hot = null;
      hot = await openHot(folder, catalog, limits, thresholds, warn);
      book = hot.state.book;
      rewound ||= hot.state.cursor < cursor || hot.file.fresh;
      await catalog.settle();
    });
  }

  /** After the loss of the hot file, rewrites wait until the journal has been read to where they came in. */
  async function takeHeldRewrites(): Promise<void> {
    const { state, writer } = opened();
    for (const { number, after } of rewrites.heads()) {
      if (number <= state.rewrites) continue;
      if (after > state.cursor) return;
      await writer.put((await rewrites.read(number)).readings, { kind: "rewrite", number });
    }
  }

  async function rewrite(batch: readonly Reading[]): Promise<void> {
    if (batch.length === 0) return;
    await change(async () => {
      const held = rewrites.heads().map(({ after }) => after);
      await rewrites.keep(batch, Math.max(opened().state.cursor, ...held));
      await takeHeldRewrites();
    });
  }

  function retention(nowMs: number): Retention {
    const sealed = catalog.current.files.flatMap((file) => Object.keys(file.quantities));
    return retentionAt(nowMs, new Set([...quantities.keys(), ...sealed]), parts.retentionDaysOf);
  }

  function forgetEndedLatest(kept: Retention): void {
    for (const one of book.all()) {
      const firstDay = kept.get(one.quantity);
      if (firstDay !== undefined && one.latestAtMs < startOf(firstDay))
        one.latestAtMs = Number.NEGATIVE_INFINITY;
    }
  }

  /**
   * Whether the journal is being read again after the loss of the hot file. A file sealed now would take in the days
   * only in part and yet claim to be as far as those it replaces.
   */
  function catchingUp(): boolean {
    const { cursor, rewrites: taken } = opened().state;
    const behind = catalog.current.files.some(({ journalTo }) => journalTo > cursor);
    return behind || rewrites.heads().some(({ number }) => number > taken);
  }

  async function run(fold: Fold, kept: Retention): Promise<void> {
    const startedMs = parts.now();
    const { file, state, writer } = opened();
    const progress = { journalTo: state.cursor, rewritesTo: state.rewrites };
    const manifest = await writeFold(file.connection, catalog, fold, progress, kept);
    const sealed = (day: number) =>
      fold.into.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
    const left = state.unsealed.all().filter(({ day }) => !sealed(day));
    const coveredPosition = Math.min(state.cursor, ...left.map(({ since }) => since));
    await catalog.commit({ ...manifest, coveredPosition });
    await writer.forget(fold.into, manifest.generation);
    await catalog.settle();
    log.info({ days: fold.into, generation: manifest.generation, tookMs: parts.now() - startedMs }, "sealed");
  }

  /** A sealed file that is older than marks, or than their tallies, gets them. */
  async function mark(readings: string): Promise<void> {
    const file = catalog.current.files.find((one) => one.readings === readings && lacksMarks(one));
    // Folded in the meantime.
    if (!file) return;
    const { file: hotFile, writer } = opened();
    const manifest = await writeMarks(hotFile.connection, catalog, file);
    await catalog.commit(manifest);
    await writer.forget([], manifest.generation);
    await catalog.settle();
  }

  async function dropSealedRewrites(): Promise<void> {
    const { rewrites: taken, unsealed } = opened().state;
    const waiting = new Set(unsealed.all().map(({ day }) => day));
    await rewrites.drop(({ number, days }) => number <= taken && ![...days].some((day) => waiting.has(day)));
  }

  return {
    async cursor() {
      return writing.take(async () => {
        if (!hot) await reopen(-1);
        rewound = false;
        return opened().state.cursor;
      });
    },

    coveredPosition: () => catalog.current.coveredPosition,

    write: (batch, next) =>
      change(async () => {
        if (rewound)
          throw new Error("the hot file was rebuilt: ask cursor() where to read on in the journal");
        await opened().writer.put(batch, { kind: "journal", next });
        await takeHeldRewrites();
      }),

    rewrite,

    remove: (keys) => rewrite(keys.map(removal)),

    latest: (devices) => book.latest(devices),
    series: (query) => reader.query((snapshot) => series(snapshot, wholeMilliseconds(query))),
    readings: (query) => reader.query((snapshot) => readings(snapshot, wholeMilliseconds(query))),
    hourlyMeans: (query) => reader.query((snapshot) => hourlyMeans(snapshot, wholeMilliseconds(query))),
    hourMarks: (query) => reader.query((snapshot) => hourMarks(snapshot, query)),
    completeness: (query) => reader.query((snapshot) => completeness(snapshot, wholeMilliseconds(query))),

    // One export at a time, so that a chart never waits behind two of them.
    export: (query) =>
      exporting.take(() =>
        reader.query((snapshot) =>
          exportReadings(snapshot, wholeMilliseconds(query), quantities, thresholds.exportAtOnce),
        ),
      ),

    maintain: (nowMs) =>
      maintaining.take(async () => {
        if (catchingUp()) return;
        const kept = retention(nowMs);
        const facts = {
          smallMonthRows: thresholds.smallMonth,
          nowMs,
          files: catalog.current.files,
          unsealed: opened().state.unsealed.all(),
          retention: kept,
        };
        // Between two folds, writes have their turn.
        for (const fold of planFolds(facts)) await change(() => run(fold, kept));
        for (const file of catalog.current.files)
          if (lacksMarks(file)) await change(() => mark(file.readings));
        await change(dropSealedRewrites);
        forgetEndedLatest(kept);
      }),

    async usage() {
      const { hotRows, lateRows, amendedRows } = opened().state;
      const { files } = catalog.current;
      const sealedRows = files.reduce((sum, { rows }) => sum + rows, 0);
      return {
        bytes: (await bytesIn(folder)) + files.reduce((sum, { bytes }) => sum + bytes, 0),
        readings: sealedRows + hotRows + lateRows + amendedRows,
      };
    },

    close: () =>
      maintaining.take(() =>
        writing.take(() =>
          reader.exclusively(async () => {
            if (hot) closeHot(hot);
            hot = null;
          }),
        ),
      ),
  };
}

/** A reading that is no more, as the hot file and the rewrites have it. */
function removal({ device, quantity, measuredAtMs }: ReadingKey): Reading {
  return { device, quantity, measuredAtMs, receivedAtMs: measuredAtMs, value: Number.NaN, live: false };
}

const lacksMarks = ({ marks, tallied }: SealedFile) => marks === null || !tallied;
