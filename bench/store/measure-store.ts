import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type EmbeddedStore, openEmbeddedStore } from "../../ingest/stores/embedded/open-embedded-store.ts";
import type { Span } from "../../ingest/stores/reading-store.ts";
import { createHistogram } from "../load/histogram.ts";
import { type FleetSpec, fleetReadings } from "./fleet-readings.ts";

export interface QueryTime {
  readonly medianMs: number;
  readonly maxMs: number;
  /** What the question is about, and what there was of it. */
  readonly askedDays: number;
  readonly days: number;
}

export type QueryTimes = Readonly<Record<"latest" | "week" | "hourlyMeans" | "completeness", QueryTime>>;

export interface StoreFigures {
  readonly readings: number;
  readonly days: number;
  readonly writtenPerSecond: number;
  readonly longestWriteMs: number;
  readonly sealedPerSecond: number;
  /** Sealed, with the roll-ups and the marks of hours. */
  readonly bytesPerReading: number;
  readonly sealedBytesPerReading: number;
  /** While the last day is in the hot file, as every day. */
  readonly open: QueryTimes;
  readonly sealed: QueryTimes;
  readonly peakRssMb: number;
}

export interface MeasureParts extends FleetSpec {
  readonly folder: string;
  readonly say: (text: string) => void;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * Fills a store as the server would, a day after the other and each sealed after its end, and asks it what people ask.
 * Readings that come twice are counted once.
 */
export async function measureStore(parts: MeasureParts): Promise<StoreFigures> {
  const { folder, quantities, say, startMs, rounds, intervalMs } = parts;
  const units = new Map(quantities.map((name) => [name, { unit: "1" }]));
  const log = {
    info() {},
    warn: (details: object, message: string) => say(`${message} ${JSON.stringify(details)}`),
  };
  const store = await openEmbeddedStore({
    folder,
    quantities: units,
    retentionDaysOf: () => null,
    log,
    now: Date.now,
  });
  try {
    const endMs = startMs + rounds * intervalMs;
    const written = await write(store, parts);
    say("asked while the last day is in the hot file");
    const open = await ask(store, parts, endMs);
    await timed(written.sealing, () => store.maintain(endMs + 62 * dayMs));
    say("asked with everything sealed");
    const sealed = await ask(store, parts, endMs);
    const { readings } = await store.usage();
    const [days, hours, marks] = await Promise.all(
      ["days", "hours", "marks"].map((part) => bytesBelow(join(folder, part))),
    );
    return {
      readings,
      days: (endMs - startMs) / dayMs,
      writtenPerSecond: Math.round(readings / written.writing.seconds),
      longestWriteMs: Math.round(written.writing.longestMs),
      sealedPerSecond: Math.round(readings / written.sealing.seconds),
      bytesPerReading: Number(((days! + hours! + marks!) / readings).toFixed(3)),
      sealedBytesPerReading: Number((days! / readings).toFixed(3)),
      open,
      sealed,
      peakRssMb: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
    };
  } finally {
    await store.close();
  }
}

interface Timing {
  seconds: number;
  longestMs: number;
}

async function write(
  store: EmbeddedStore,
  parts: MeasureParts,
): Promise<{ writing: Timing; sealing: Timing }> {
  const writing = { seconds: 0, longestMs: 0 };
  const sealing = { seconds: 0, longestMs: 0 };
  let position = 0;
  // Two hours after midnight, when the grace for late readings is over.
  let nextSealMs = Math.floor(parts.startMs / dayMs) * dayMs + dayMs + 2 * hourMs;
  for (const batch of fleetReadings(parts)) {
    if (batch.length === 0) continue;
    position += batch.length;
    await timed(writing, () => store.write(batch, position));
    const { receivedAtMs } = batch.at(-1)!;
    if (receivedAtMs < nextSealMs) continue;
    await timed(sealing, () => store.maintain(receivedAtMs));
    parts.say(
      `${Math.round((nextSealMs - parts.startMs) / dayMs)} days written and sealed, ${position} readings`,
    );
    nextSealMs += dayMs;
  }
  return { writing, sealing };
}

async function timed(timing: Timing, work: () => Promise<void>): Promise<void> {
  const fromMs = performance.now();
  await work();
  const tookMs = performance.now() - fromMs;
  timing.seconds += tookMs / 1000;
  timing.longestMs = Math.max(timing.longestMs, tookMs);
}

/** Each question several times, about other devices each time. */
async function ask(store: EmbeddedStore, parts: MeasureParts, endMs: number): Promise<QueryTimes> {
  const { devices, quantities, startMs } = parts;
  const last = (askedDays: number): Span => {
    return { fromMs: Math.max(startMs, endMs - askedDays * dayMs), toMs: endMs };
  };
  const device = (n: number) => devices[(n * 7919) % devices.length]!;
  const some = (n: number) =>
    Array.from({ length: Math.min(200, devices.length) }, (_, at) => device(n + at));
  const quantity = (n: number) => quantities[n % quantities.length]!;
  const week = last(7);
  const month = last(30);
  const quarter = last(90);
  return {
    latest: await time(20, 0, 0, async () => store.latest()),
    week: await time(20, 7, spanDays(week), (n) =>
      store.series({ ...week, device: device(n), quantity: quantity(n), buckets: 500 }),
    ),
    hourlyMeans: await time(7, 30, spanDays(month), (n) =>
      store.hourlyMeans({ ...month, devices: some(n), quantity: quantity(n) }),
    ),
    completeness: await time(5, 90, spanDays(quarter), () => store.completeness(quarter)),
  };
}

const spanDays = ({ fromMs, toMs }: Span) => (toMs - fromMs) / dayMs;

async function time(
  times: number,
  askedDays: number,
  days: number,
  query: (n: number) => Promise<readonly unknown[]>,
): Promise<QueryTime> {
  const took = createHistogram();
  for (let n = 0; n < times; n++) {
    const fromMs = performance.now();
    const rows = await query(n);
    took.add(performance.now() - fromMs);
    if (rows.length === 0) throw new Error("a query found nothing: it would be no measurement");
  }
  const { p50, max } = took.summary();
  return { medianMs: p50, maxMs: max, askedDays, days };
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
