import type { Reading } from "../devices/index.ts";
import type { Decoded, RejectionReason } from "./decode/decoded.ts";
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
  /** How long before its arrival a reading may seem to have been measured to be found; null for however long. */
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
  const today = new Map(decoded.flatMap(({ readings }) => readings).map((one) => [keyOf(one), one]));
  const stored = await storedOf(today.values(), parts.store);
  const superseded = [...stored.values()].filter(
    ({ receivedAtMs }) => receivedAtMs > parts.range.toMs + roundingMs,
  );
  for (const one of superseded) today.delete(keyOf(one));
  const stale = await staleOf(decoded, today, parts);
  const write = [...today]
    .filter(([key, { value }]) => stored.get(key)?.value !== value)
    .map(([, one]) => one);
  const changed = write.filter((one) => stored.has(keyOf(one))).length;
  return {
    write,
    remove: stale,
    before: stored.size - superseded.length + stale.length,
    added: write.length - changed,
    changed,
    superseded: superseded.length,
  };
}

function keyOf({ device, quantity, measuredAtMs }: ReadingKey): string {
  return `${device}\n${quantity}\n${measuredAtMs}`;
}

/** What the store has under the keys of these readings; a day at a time, because a backlog reaches back for weeks. */
async function storedOf(
  readings: Iterable<Reading>,
  store: Pick<ReadingStore, "readings">,
): Promise<Map<string, StoredReading>> {
  const stored = new Map<string, StoredReading>();
  for (const ofDay of Map.groupBy(readings, ({ measuredAtMs }) =>
    Math.floor(measuredAtMs / dayMs),
  ).values()) {
    const wanted = new Set(ofDay.map(keyOf));
    const found = await store.readings({
      ...spanOf(ofDay.map(({ measuredAtMs }) => measuredAtMs)),
      devices: [...new Set(ofDay.map(({ device }) => device))],
      limit: mostRows,
    });
    for (const one of found) if (wanted.has(keyOf(one))) stored.set(keyOf(one), one);
  }
  return stored;
}

/**
 * Readings that came with one of these uplinks and are none of today's: told by their device and second of arrival, because
 * the store does not know by which uplink it got a reading.
 */
async function staleOf(
  decoded: readonly Decoded[],
  today: ReadonlyMap<string, Reading>,
  { store, range, knownFromMs, lookBackMs }: DifferenceParts,
): Promise<StoredReading[]> {
  const read = decoded.filter(({ rejections }) => !rejections.some(({ reason }) => saysNothing.has(reason)));
  const arrivals = arrivalsOf(read);
  if (arrivals.size === 0) return [];
  const received = spanOf(read.map(({ uplink }) => uplink.receivedAtMs));
  const measured = read.flatMap(({ readings }) => readings.map(({ measuredAtMs }) => measuredAtMs));
  const earliest = measured.reduce((least, atMs) => Math.min(least, atMs), received.fromMs);
  const found = await store.readings({
    fromMs: lookBackMs === null ? 0 : Math.min(earliest, received.fromMs - lookBackMs),
    toMs: received.toMs + dayMs,
    devices: [...arrivals.keys()],
    received,
    limit: mostRows,
  });
  return found.filter((one) => {
    const { device, receivedAtMs } = one;
    if (today.has(keyOf(one)) || !arrivals.get(device)!.has(receivedAtMs)) return false;
    // At its edges, another uplink of the same second may lie outside the span.
    return (
      receivedAtMs >= Math.max(range.fromMs, knownFromMs) + roundingMs &&
      receivedAtMs < range.toMs - roundingMs
    );
  });
}

/** By device: the milliseconds that a reading may name as its arrival when it came with one of the uplinks. */
interface Arrivals {
  has(receivedAtMs: number): boolean;
}

function arrivalsOf(decoded: readonly Decoded[]): Map<string, Arrivals> {
  const atMs = new Map<string, number[]>();
  for (const { uplink, readings, devices = [] } of decoded) {
    for (const device of new Set([uplink.device, ...devices, ...readings.map((reading) => reading.device)])) {
      const list = atMs.get(device);
      if (list === undefined) atMs.set(device, [uplink.receivedAtMs]);
      else list.push(uplink.receivedAtMs);
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
