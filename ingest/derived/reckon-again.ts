import { dayMs, hourMs } from "../../calendar/index.ts";
import type { Reading } from "../../devices/index.ts";
import type { DerivedValue } from "../decode/derived/derived.ts";
import type { ReadingStore, StoredReading } from "../stores/reading-store.ts";
import { derivations } from "./derivations.ts";
import { createDeriver, keep, sources } from "./deriver.ts";
import { isFolded } from "./device-memory.ts";
import { clockToleranceMs } from "./hour-fold.ts";
import { PeriodFold, runsOf, type SavedPeriods } from "./period-fold.ts";
import { periodQuantities } from "./periods.ts";
import type { Surroundings } from "./surroundings.ts";

/** What stands in the store. */
export type History = Pick<ReadingStore, "cursor" | "readings">;

export interface DayToReckon {
  readonly device: string;
  /** Midnight with which the local day began. */
  readonly dayMs: number;
  /** Start of the hour of the device that is going on: what it does not lie behind, has not ended. */
  readonly openHourMs: number;
  /** Who stands at the same place; the device included. */
  readonly mates: readonly string[];
  /** Quantities that the device measures itself: nobody reckons those. */
  readonly measuredItself: ReadonlySet<string>;
}

export interface ReckonedDay {
  /** Values that differ from what is stored. */
  readonly changed: readonly DerivedValue[];
  /** The hours and runs up to the hour that is going on, where that lies in this day. */
  readonly periods: SavedPeriods;
}

/** What came before the day and still counts in it: the sun of the day before, the evening before its first night. */
const lookBackMs = dayMs + 6 * hourMs;
/** A companion that comes so much later still belongs to the last readings of the day. */
const lookAheadMs = 6 * hourMs;
/** Five days of a place with forty quantities a minute. */
const mostReadings = 500_000;

const pointQuantities = derivations.map(({ quantity }) => quantity);
const runQuantities = [...runsOf.days, ...runsOf.nights];

/**
 * Reckons one local day of a device from what the store has by now, as if everything had come in the order in which it was measured.
 * Values at midnight with which the day ends belong to it, as far as they hold for hours or for the whole day.
 *
 * @param surroundingsAt where a device stood at that time; undefined when it stood nowhere
 */
export async function reckonAgain(
  asked: DayToReckon,
  history: History,
  surroundingsAt: (device: string, atMs: number) => Surroundings | undefined,
): Promise<ReckonedDay> {
  const span = { fromMs: asked.dayMs - lookBackMs, toMs: asked.dayMs + dayMs + lookAheadMs };
  const readings = await history.readings({
    ...span,
    devices: asked.mates,
    quantities: sources,
    limit: mostReadings,
  });
  const told = await history.readings({
    fromMs: span.fromMs - dayMs,
    toMs: span.toMs,
    devices: [asked.device],
    quantities: [...pointQuantities, ...periodQuantities],
    limit: mostReadings,
  });
  const surroundings = byTheHour(surroundingsAt);
  const { values, periods } = replay(asked, inOrder(readings, asked.device), valuesOf(told), surroundings);
  return { changed: differing(values, valuesOf(told)), periods };
}

function replay(
  { device, dayMs: startMs, openHourMs, measuredItself }: DayToReckon,
  readings: readonly StoredReading[],
  told: ReadonlyMap<string, number>,
  surroundings: (device: string, atMs: number) => Surroundings | undefined,
): { values: Map<string, DerivedValue>; periods: SavedPeriods } {
  let atMs = startMs;
  const deriver = createDeriver({ surroundingsOf: (id) => surroundings(id, atMs) });
  const fold = new PeriodFold(null, (quantity, endMs) => told.get(`${quantity} ${endMs}`) ?? 0);
  const values = new Map<string, DerivedValue>();
  for (const moment of moments(readings)) {
    atMs = moment[0]!.measuredAtMs;
    for (const [quantity, ofMs, value] of deriver.take(moment[0]!.device, moment)) {
      const isOurs = moment[0]!.device === device && isPoint.has(quantity) && !measuredItself.has(quantity);
      if (isOurs && ofMs >= startMs && ofMs < startMs + dayMs) keep(values, quantity, ofMs, value);
    }
    if (moment[0]!.device === device) foldMoment(moment);
  }
  endAt(Math.min(openHourMs, startMs + dayMs + lookAheadMs));
  return { values, periods: fold.save() };

  function foldMoment(moment: readonly Reading[]): void {
    for (const reading of moment) {
      const { quantity, measuredAtMs, receivedAtMs } = reading;
      // The store keeps the time of arrival to the second.
      const isAhead = measuredAtMs > receivedAtMs + clockToleranceMs;
      if (!isFolded(quantity) || isAhead || measuredAtMs >= openHourMs) continue;
      const where = surroundings(device, measuredAtMs);
      if (where !== undefined) note(fold.take(reading, where));
    }
  }

  function endAt(nowMs: number): void {
    const where = surroundings(device, startMs);
    if (where !== undefined) note(fold.endBefore(nowMs, where));
  }

  function note(ended: ReturnType<PeriodFold["take"]>): void {
    for (const { quantity, endMs, value } of ended)
      if (endMs > startMs && endMs <= startMs + dayMs) keep(values, quantity, endMs, value);
  }
}

const isPoint: ReadonlySet<string> = new Set(pointQuantities);

/** Runs of days and nights that others go on from. */
export function changesRuns(changed: readonly DerivedValue[]): boolean {
  return changed.some(([quantity]) => (runQuantities as readonly string[]).includes(quantity));
}

/** By time; at one moment its neighbours speak before the device, and serve it. */
function inOrder(readings: readonly StoredReading[], device: string): StoredReading[] {
  const isItself = (reading: StoredReading) => Number(reading.device === device);
  return readings.toSorted(
    (one, other) => one.measuredAtMs - other.measuredAtMs || isItself(one) - isItself(other),
  );
}

function* moments(readings: readonly StoredReading[]): Generator<readonly Reading[]> {
  let moment: Reading[] = [];
  for (const reading of readings) {
    const first = moment[0];
    if (first && (first.measuredAtMs !== reading.measuredAtMs || first.device !== reading.device)) {
      yield moment;
      moment = [];
    }
    moment.push({ ...reading, live: false });
  }
  if (moment.length > 0) yield moment;
}

const valuesOf = (told: readonly StoredReading[]) =>
  new Map(told.map(({ quantity, measuredAtMs, value }) => [`${quantity} ${measuredAtMs}`, value]));

function differing(
  values: ReadonlyMap<string, DerivedValue>,
  told: ReadonlyMap<string, number>,
): DerivedValue[] {
  return [...values].flatMap(([key, value]) => (told.get(key) === value[2] ? [] : [value]));
}

/** The registry is asked once an hour of the past, not with each reading. */
function byTheHour(surroundingsAt: (device: string, atMs: number) => Surroundings | undefined) {
  const known = new Map<string, Surroundings | undefined>();
  return (device: string, atMs: number) => {
    const hour = Math.floor(atMs / hourMs);
    const key = `${hour} ${device}`;
    if (!known.has(key)) known.set(key, surroundingsAt(device, hour * hourMs));
    return known.get(key);
  };
}
