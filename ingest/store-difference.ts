import type { Reading } from "../devices/index.ts";
import type { Decoded, RejectionReason } from "./decode/decoded.ts";
import { KeyedReadings } from "./keyed-readings.ts";
import type { ReadingKey, ReadingStore, Span, StoredReading } from "./stores/reading-store.ts";

/** What the store has to change so that it says what uplinks mean today. */
export interface Difference {
  /** New, or with another value. */
  readonly write: readonly Reading[];
  /** Made of these uplinks once, and not today. */
  readonly remove: readonly ReadingKey[];
  /** Of these uplinks, as stored now. */
  readonly before: number;
  readonly added: number;
  readonly changed: number;
  /** Readings that an uplink after the span has corrected since: they stay as they are. */
  readonly superseded: number;
}

export interface DifferenceParts {
  readonly store: Pick<ReadingStore, "readings">;
  /** Of arrival: what is decoded again. */
  readonly range: Span;
  /** Only what arrived from here on is removed: of what came before, not every uplink is known. */
  readonly knownFromMs: number;
  /** How long before the earliest time that the uplinks tell today readings of them are looked for; null for ever. */
  readonly lookBackMs: number | null;
}

const dayMs = 86_400_000;
const mostRows = 5_000_000;
/** The store keeps times of arrival to the nearest second. */
const roundingMs = 500;

/**
 * Refusals that say nothing about the readings an uplink once gave: its device is registered no more, its decoder
 * fails. History is not taken back for them.
 */
const saysNothing: ReadonlySet<RejectionReason> = new Set([
  "unknown-topic",
  "unknown-device",
  "decoder-failed",
]);

/** Compares what uplinks mean today with what the store has of them. */
export async function differenceFor(
  decoded: readonly Decoded[],
  parts: DifferenceParts,
): Promise<Difference> {
  const today = new KeyedReadings<Reading>();
  for (const { readings } of decoded) for (const one of readings) today.set(one);
  const came = await storedWith(decoded, parts);
  const stored = new KeyedReadings<StoredReading>();
  for (const one of came) stored.set(one);
  for (const one of await storedOf(today.without(stored), parts.store)) stored.set(one);
  const isStale = staleness(decoded, parts);
  const stale = came.filter((one) => today.get(one) === undefined && isStale(one));
  return { ...compared(today, stored, stale.length, parts), remove: stale };
}

function compared(
  today: KeyedReadings<Reading>,
  stored: KeyedReadings<StoredReading>,
  stale: number,
  { range }: DifferenceParts,
): Omit<Difference, "remove"> {
  const write: Reading[] = [];
  const count = { before: stale, added: 0, changed: 0, superseded: 0 };
  for (const reading of today.all()) {
    const before = stored.get(reading);
    if (before !== undefined && before.receivedAtMs > range.toMs + roundingMs) count.superseded++;
    else {
      if (before !== undefined) count.before++;
      if (before?.value === reading.value) continue;
      write.push(reading);
      if (before === undefined) count.added++;
      else count.changed++;
    }
  }
  return { write, ...count };
}

/** What the store has from the seconds in which these uplinks arrived: nearly always, what was made of them. */
async function storedWith(
  decoded: readonly Decoded[],
  { store, lookBackMs }: DifferenceParts,
): Promise<StoredReading[]> {
  const received = spanOf(decoded.map(({ uplink }) => uplink.receivedAtMs));
  const measured = decoded.flatMap(({ readings }) => readings.map(({ measuredAtMs }) => measuredAtMs));
  const earliest = measured.reduce((least, atMs) => Math.min(least, atMs), received.fromMs);
  return store.readings({
    fromMs: lookBackMs === null ? 0 : earliest - lookBackMs,
    toMs: received.toMs + dayMs,
    devices: [...new Set(decoded.flatMap((one) => [...speakersOf(one)]))],
    received,
    limit: mostRows,
  });
}

/** What the store has under the keys of these readings; a day at a time, because a backlog reaches back for weeks. */
async function storedOf(
  readings: readonly Reading[],
  store: Pick<ReadingStore, "readings">,
): Promise<StoredReading[]> {
  const wanted = new KeyedReadings<Reading>();
  for (const one of readings) wanted.set(one);
  const stored: StoredReading[] = [];
  for (const ofDay of Map.groupBy(readings, ({ measuredAtMs }) =>
    Math.floor(measuredAtMs / dayMs),
  ).values()) {
    const found = await store.readings({
      ...spanOf(ofDay.map(({ measuredAtMs }) => measuredAtMs)),
      devices: [...new Set(ofDay.map(({ device }) => device))],
      limit: mostRows,
    });
    for (const one of found) if (wanted.get(one) !== undefined) stored.push(one);
  }
  return stored;
}

/**
 * Whether a reading came with one of these uplinks: told by its device and second of arrival, because the store does not know
 * by which uplink it got a reading.
 */
function staleness(
  decoded: readonly Decoded[],
  { range, knownFromMs }: DifferenceParts,
): (stored: StoredReading) => boolean {
  const read = decoded.filter(({ rejections }) => !rejections.some(({ reason }) => saysNothing.has(reason)));
  const arrivals = arrivalsOf(read);
  // At the edges, another uplink of the same second may lie outside the span.
  const fromMs = Math.max(range.fromMs, knownFromMs) + roundingMs;
  const beforeMs = range.toMs - roundingMs;
  return ({ device, receivedAtMs }) => {
    if (receivedAtMs < fromMs || receivedAtMs >= beforeMs) return false;
    return arrivals.get(device)?.has(receivedAtMs) ?? false;
  };
}

/** Every device that may have readings of this uplink. */
function speakersOf({ uplink, readings, devices = [] }: Decoded): Set<string> {
  return new Set([uplink.device, ...devices, ...readings.map(({ device }) => device)]);
}

/** By device: the milliseconds that a reading may name as its arrival when it came with one of the uplinks. */
interface Arrivals {
  has(receivedAtMs: number): boolean;
}

function arrivalsOf(decoded: readonly Decoded[]): Map<string, Arrivals> {
  const atMs = new Map<string, number[]>();
  for (const one of decoded) {
    for (const device of speakersOf(one)) {
      const list = atMs.get(device);
      if (list === undefined) atMs.set(device, [one.uplink.receivedAtMs]);
      else list.push(one.uplink.receivedAtMs);
    }
  }
  return new Map([...atMs].map(([device, list]) => [device, near(list.sort((a, b) => a - b))]));
}

function near(sorted: readonly number[]): Arrivals {
  return {
    has(receivedAtMs) {
      let [low, high] = [0, sorted.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (sorted[middle]! < receivedAtMs - roundingMs) low = middle + 1;
        else high = middle;
      }
      return low < sorted.length && sorted[low]! <= receivedAtMs + roundingMs;
    },
  };
}

function spanOf(timesMs: readonly number[]): Span {
  const fromMs = timesMs.reduce((least, atMs) => Math.min(least, atMs), Number.POSITIVE_INFINITY);
  const lastMs = timesMs.reduce((most, atMs) => Math.max(most, atMs), Number.NEGATIVE_INFINITY);
  return { fromMs, toMs: lastMs + 1 };
}
