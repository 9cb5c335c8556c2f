import type { Reading } from "../../../devices/index.ts";
import type { Position } from "../../journal/journal.ts";
import { startOf } from "../embedded/day.ts";
import { wholeMilliseconds } from "../embedded/queries.ts";
import { retentionAt } from "../embedded/retention.ts";
import { createTurns } from "../embedded/turns.ts";
import type { ReadingKey, ReadingStore } from "../reading-store.ts";
import { minuteLineOf, partsOf, pointsOf, type WhereaboutsOf } from "./batch-points.ts";
import { openInfluxBook, targetOf } from "./book.ts";
import { completeness } from "./completeness.ts";
import { createDelete } from "./deletion.ts";
import { Doubles } from "./doubles.ts";
import { exportReadings } from "./export.ts";
import { createHourSums, touchable } from "./hour-sums.ts";
import { createInfluxClient } from "./influx-client.ts";
import { InfluxError } from "./influx-error.ts";
import { placeOf } from "./influxql.ts";
import { LineWriter } from "./line-protocol.ts";
import { NewestValues } from "./newest-values.ts";
import { hourlyMeans, newestLive, readings, series, storedReadings, valuesOfTag } from "./queries.ts";
import type { Refusal, RefusedReadings } from "./refused-readings.ts";
import { removeEmptyMinutes, removeReadings } from "./removal.ts";
import type { InfluxSettings } from "./settings.ts";
import { createUsage } from "./usage.ts";
import { writePartsAtOnce } from "./write-points.ts";

export interface InfluxStoreParts {
  readonly settings: InfluxSettings;
  /** SQLite file that remembers how far the database has been written. Made if it is not there. */
  readonly bookFile: string;
  readonly quantities: ReadonlyMap<string, { readonly unit: string }>;
  /** How many whole UTC days before today a quantity is kept; null for ever. */
  readonly retentionDaysOf: (quantity: string) => number | null;
  /** Where a device stood, and what it was, when it measured: the tags of its readings. */
  readonly whereabouts: WhereaboutsOf;
  readonly log: { warn(details: object, message: string): void };
  readonly now: () => number;
}

export interface InfluxStore extends ReadingStore {
  /** The journal from here on must be kept. */
  coveredPosition(): Position;
  /** Readings that InfluxDB would not take. */
  readonly refused: Pick<RefusedReadings, "list" | "byReason" | "lastAtMs">;
}

/**
 * Opens a store whose readings are in an InfluxDB. It opens also while the server cannot be reached; what it is then asked
 * is answered with an `InfluxError` until it can. A batch is a few requests at once, whose success is known
 * before the cursor moves; trying again is left to the journal's follower, which comes with the same batch.
 */
export async function openInfluxStore(parts: InfluxStoreParts): Promise<InfluxStore> {
  const { settings, log, now, quantities, whereabouts } = parts;
  const client = createInfluxClient(settings, { now });
  const book = openInfluxBook(parts.bookFile, targetOf(settings));
  const deleteBy = createDelete(client, now);
  const lines = new LineWriter();
  const newest = new NewestValues();
  const doubles = new Doubles(client, deleteBy, lines, whereabouts);
  const usage = createUsage(client, settings, now);
  const sums = createHourSums(client, book.hours, deleteBy);
  const writing = createTurns(1);
  const loading = createTurns(1);
  const asking = createTurns(2);
  const retained = new Map<string, number>();
  /** Quantities that have readings; null until the server has told. */
  let known: Set<string> | null = null;
  let leaveAloneUntilMs = 0;
  await loaded().catch((err) =>
    log.warn({ err }, "InfluxDB does not answer: what it has, and the latest values, are asked for later"),
  );

  /** Asks once what is there. */
  function loaded(): Promise<Set<string>> {
    if (known !== null) return Promise.resolve(known);
    return loading.take(async () => {
      if (known !== null) return known;
      const found = new Set(await valuesOfTag(client, "quantity"));
      for (const quantity of found) newest.offer(await newestLive(client, quantity));
      known = found;
      return found;
    });
  }

  /** What a server that is overloaded asks for is done: nothing is sent until then. */
  async function unlessAskedToWait<T>(work: () => Promise<T>): Promise<T> {
    const waitMs = leaveAloneUntilMs - now();
    if (waitMs > 0)
      throw new InfluxError(`InfluxDB asked to be left alone for another ${Math.ceil(waitMs / 1000)} s`, {
        retryable: true,
        retryAfterMs: waitMs,
      });
    try {
      return await work();
    } catch (error) {
      if (error instanceof InfluxError && error.retryAfterMs !== null)
        leaveAloneUntilMs = now() + error.retryAfterMs;
      throw error;
    }
  }

  /** @param next null where the cursor stays */
  function put(batch: readonly Reading[], next: Position | null): Promise<void> {
    return writing.take(async () => {
      const refused =
        batch.length === 0 ? [] : await unlessAskedToWait(() => touching(batch, () => send(batch)));
      // What is decoded again may be taken this time.
      if (next === null) book.refused.forgive(batch);
      book.save(next, refused);
    });
  }

  /** Changes readings of hours that may be summed up. */
  async function touching<T>(keys: readonly ReadingKey[], work: () => Promise<T>): Promise<T> {
    const hours = touchable(keys, now());
    if (hours.size === 0) return work();
    book.hours.touch(hours);
    try {
      return await work();
    } finally {
      book.hours.touch(hours);
    }
  }

  async function send(given: readonly Reading[]): Promise<Refusal[]> {
    const there = await loaded();
    const batch = newest.asNews(given);
    const left = await writePartsAtOnce(client, partsOf(batch), (part) => pointsOf(part, lines, whereabouts));
    const refusedAtMs = now();
    const refused = left.flatMap(({ point: { reading }, words }) =>
      reading === null ? [] : [{ ...reading, words, refusedAtMs }],
    );
    if (refused.length > 0) {
      log.warn(
        { readings: refused.length, words: refused[0]!.words },
        "InfluxDB would not take some readings",
      );
      const minutesOut = new Set(left.map(({ point: { line } }) => line));
      await removeEmptyMinutes(
        client,
        deleteBy,
        refused.filter((reading) => !minutesOut.has(minuteLineOf(reading))),
      );
    }
    const isRefused = new Set(left.map(({ point: { reading } }) => reading));
    const stored = batch.filter((reading) => !isRefused.has(reading));
    await doubles.drop(stored, (reading) => newest.isNewer(reading));
    for (const { quantity } of stored) there.add(quantity);
    newest.take(stored);
    return refused;
  }

  async function remove(keys: readonly ReadingKey[]): Promise<void> {
    if (keys.length === 0) return;
    await writing.take(async () => {
      await loaded();
      await touching(keys, () => removeReadings(client, deleteBy, keys));
      book.refused.forgive(keys);
      for (const { device, quantity } of newest.forget(keys))
        newest.offer(await newestLive(client, quantity, device));
    });
  }

  /** @returns from where on every quantity is still kept whole */
  async function retain(nowMs: number): Promise<number> {
    const kept = retentionAt(nowMs, await loaded(), parts.retentionDaysOf);
    for (const [quantity, day] of kept) {
      if (retained.get(quantity) === day) continue;
      const { from, where } = placeOf(quantity);
      book.hours.unfoldBefore(startOf(day));
      await deleteBy([`DELETE FROM ${from} WHERE ${where} AND time < ${startOf(day)}ms`]);
      newest.forgetBefore(quantity, startOf(day));
      retained.set(quantity, day);
    }
    return Math.max(0, ...[...kept.values()].map(startOf));
  }

  async function chosen(named: readonly string[] | undefined): Promise<readonly string[]> {
    return named ?? [...(await loaded())];
  }

  return {
    cursor: async () => book.cursor(),
    coveredPosition: () => book.cursor(),
    write: (batch, next) => put(batch, next),
    rewrite: (batch) => put(batch, null),
    remove,
    latest: (devices) => newest.list(devices),
    refused: book.refused,

    series: (query) => asking.take(() => series(client, wholeMilliseconds(query))),
    hourlyMeans: (query) => asking.take(() => hourlyMeans(client, wholeMilliseconds(query))),
    completeness: (query) => asking.take(() => completeness(client, book.hours, wholeMilliseconds(query))),
    readings: (query) =>
      asking.take(async () =>
        readings(client, { ...wholeMilliseconds(query), quantities: await chosen(query.quantities) }),
      ),

    async export(query) {
      const devices = query.devices ?? (await valuesOfTag(client, "device"));
      const rows = storedReadings(client, {
        ...wholeMilliseconds(query),
        devices,
        quantities: await chosen(query.quantities),
      });
      return exportReadings(rows, query, quantities);
    },

    async maintain(nowMs) {
      const keptFromMs = await writing.take(() => retain(nowMs));
      await sums
        .make(keptFromMs, nowMs)
        .catch((err) => log.warn({ err }, "hours cannot be summed up: they are counted at each question"));
      await usage.count();
    },
    usage: () => usage.last(),
    close: () => writing.take(async () => book.close()),
  };
}
