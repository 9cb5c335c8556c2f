import { quantityOf, type Reading } from "../../devices/index.ts";
import type { DerivedValue } from "../decode/derived/derived.ts";
import type { Derivation } from "./derivation.ts";
import { derivations } from "./derivations.ts";
import { DeviceMemory, isFolded, type Remembered, type SavedDevice } from "./device-memory.ts";
import { folded } from "./hour-fold.ts";
import type { SavedPeriods } from "./period-fold.ts";
import type { Surroundings } from "./surroundings.ts";

export interface DeriverParts {
  /** Where a device stands; undefined when there is no such device. Asked for each uplink that matters: keep it in memory. */
  surroundingsOf(device: string): Surroundings | undefined;
  /** Told of each reading that would have given other values, had it come in the order in which readings were measured. */
  onLate?(late: LateReading): void;
}

/** What was told of this device around this time is to be reckoned again. */
export interface LateReading {
  readonly device: string;
  readonly quantity: string;
  readonly measuredAtMs: number;
}

/** Reckons what can be reckoned from readings, device by device, in the order in which they come. The same readings give the same values. */
export interface Deriver {
  /** Takes what one device said in one uplink, by time of measurement. */
  take(device: string, readings: readonly Reading[]): DerivedValue[];
  /** What is remembered of a device; undefined when it said nothing yet from which anything is reckoned. */
  memory(device: string): DeviceMemory | undefined;
  /** Takes over the hours and runs that were reckoned of a device from better knowledge. */
  correct(device: string, periods: SavedPeriods): void;
  /** The devices that are at the same place, as far as they were heard; this one included. */
  matesOf(device: string): readonly string[];
  /** Takes a device's memory up where it was left. */
  recall(device: string, saved: SavedDevice): void;
  /** Memories that have changed since this was last asked. */
  changed(): (readonly [device: string, SavedDevice])[];
}

const byReading = Map.groupBy(derivations, ({ of }) => of);
const asCompanion = Map.groupBy(
  derivations.flatMap((derivation) =>
    derivation.with.map(({ quantity }) => ({ companion: quantity, derivation })),
  ),
  ({ companion }) => companion,
);
const matters = (quantity: string) =>
  byReading.has(quantity) || asCompanion.has(quantity) || isFolded(quantity) || isResult.has(quantity);
const isResult: ReadonlySet<string> = new Set(derivations.map(({ quantity }) => quantity));
/** What has to be read to reckon again; not what comes of it, which in a store looks as if it had been measured. */
export const sources: readonly string[] = [
  ...new Set([...byReading.keys(), ...asCompanion.keys(), ...folded]),
];
/** A device that measures it itself needs nobody to reckon it, for as long as it does. */
const measuredItselfMs = 86_400_000;

export function createDeriver({ surroundingsOf, onLate = () => {} }: DeriverParts): Deriver {
  const memories = new Map<string, DeviceMemory>();
  /** The newest reading of each companion at each place, whoever measured it. */
  const atPlaces = new Map<string, Map<string, MeasuredBy>>();
  const residents = new Map<string, Set<string>>();
  /** By place and companion: devices that have none of their own, and look at what others measure. */
  const borrowers = new Map<string, Set<string>>();
  const dirty = new Set<string>();

  return {
    take(device, readings) {
      const relevant = readings.filter(({ quantity }) => matters(quantity));
      const surroundings = relevant.length === 0 ? undefined : surroundingsOf(device);
      if (surroundings === undefined) return [];
      const memory = memoryOf(device);
      settle(surroundings.place, device);
      const derived = new Map<string, DerivedValue>();
      for (const together of momentsOf(relevant))
        takeMoment({ device, memory, surroundings, readings: together, derived });
      if (memory.changed) dirty.add(device);
      return [...derived.values()];
    },
    memory: (device) => memories.get(device),
    correct(device, periods) {
      memoryOf(device).periods().correct(periods);
      dirty.add(device);
    },
    matesOf(device) {
      const place = surroundingsOf(device)?.place ?? null;
      return place === null ? [device] : [...new Set([device, ...(residents.get(place) ?? [])])];
    },
    recall(device, saved) {
      const memory = new DeviceMemory(saved);
      memories.set(device, memory);
      const place = surroundingsOf(device)?.place ?? null;
      settle(place, device);
      for (const [quantity, newest] of memory.all()) noteAtPlace(place, quantity, { device, ...newest });
      for (const quantity of asCompanion.keys())
        if (borrows(memory, quantity, Number.NEGATIVE_INFINITY)) noteBorrower(place, quantity, device);
    },
    changed() {
      const changed = [...dirty].map((device) => [device, memories.get(device)!] as const);
      dirty.clear();
      return changed.map(([device, memory]) => {
        memory.changed = false;
        return [device, memory.save()] as const;
      });
    },
  };

  function memoryOf(device: string): DeviceMemory {
    const known = memories.get(device);
    if (known) return known;
    const memory = new DeviceMemory(null);
    memories.set(device, memory);
    return memory;
  }

  function settle(place: string | null, device: string): void {
    if (place === null) return;
    const known = residents.get(place);
    if (known === undefined) residents.set(place, new Set([device]));
    else known.add(device);
  }

  function noteAtPlace(place: string | null, quantity: string, reading: MeasuredBy): void {
    if (place === null || !asCompanion.has(quantity)) return;
    const known = atPlaces.get(place);
    if (known === undefined) atPlaces.set(place, new Map([[quantity, reading]]));
    else if (isNewer(reading, known.get(quantity))) known.set(quantity, reading);
  }

  function takeMoment(moment: Moment): void {
    const { device, memory, surroundings, readings } = moment;
    for (const reading of readings) {
      if (isLate(reading, memory)) onLate({ ...reading, device });
      lateForMates(reading, device, surroundings.place);
      noteAtPlace(surroundings.place, reading.quantity, reading);
    }
    reckonMoment(moment);
    for (const reading of readings) fold(reading, moment);
    memory.heardUpTo(readings[0]!);
  }

  /** Somebody else at the place has told of a time before which this was measured, without knowing of it. */
  function lateForMates({ quantity, measuredAtMs }: Reading, device: string, place: string | null): void {
    const mates = place === null ? undefined : borrowers.get(`${quantity} ${place}`);
    if (mates === undefined) return;
    for (const mate of mates) {
      const memory = mate === device ? undefined : memories.get(mate);
      if (memory !== undefined && borrows(memory, quantity, measuredAtMs))
        onLate({ device: mate, quantity, measuredAtMs });
    }
  }

  /** Whether it has told of this time or a later one without a companion of its own. */
  function borrows(memory: DeviceMemory, quantity: string, atMs: number): boolean {
    return asCompanion.get(quantity)!.some(({ derivation }) => {
      const told = memory.newest(derivation.of);
      if (told === undefined || told.measuredAtMs < atMs) return false;
      return !hasOwnCompanion(memory, derivation, quantity, told.measuredAtMs);
    });
  }

  function noteBorrower(place: string | null, quantity: string, device: string): void {
    if (place === null) return;
    const key = `${quantity} ${place}`;
    const known = borrowers.get(key);
    if (known === undefined) borrowers.set(key, new Set([device]));
    else known.add(device);
  }

  /** With each reading what belongs to it; then again with the newest before, if one of its companions came only now. */
  function reckonMoment(moment: Moment): void {
    const { readings, memory } = moment;
    const late = readings.flatMap((reading) =>
      (asCompanion.get(reading.quantity) ?? []).flatMap(({ derivation }) => {
        const newest = memory.newest(derivation.of);
        const withinMs = derivation.with.find(({ quantity }) => quantity === reading.quantity)!.withinMs;
        const isNear = newest && Math.abs(newest.measuredAtMs - reading.measuredAtMs) <= withinMs;
        const hasItsOwn = readings.some(({ quantity }) => quantity === derivation.of);
        return isNear && !hasItsOwn ? [{ derivation, newest }] : [];
      }),
    );
    const news = readings.filter((reading) => !isRepeated(reading, memory));
    for (const reading of news) memory.remember(reading);
    for (const reading of news)
      for (const derivation of byReading.get(reading.quantity) ?? []) reckon(derivation, reading, moment);
    for (const { derivation, newest } of late) reckon(derivation, newest, moment);
  }

  function reckon(derivation: Derivation, of: Remembered, moment: Moment): void {
    const { memory, surroundings, derived } = moment;
    const measured = memory.newest(derivation.quantity);
    if (measured && Math.abs(measured.measuredAtMs - of.measuredAtMs) < measuredItselfMs) return;
    const companions = new Map<string, number>();
    for (const { quantity, withinMs, optional } of derivation.with) {
      const nearest = companionOf(quantity, of.measuredAtMs, withinMs, moment);
      if (nearest !== undefined) companions.set(quantity, nearest);
      else if (!optional) return;
    }
    const value = derivation.reckon(of.value, (quantity) => companions.get(quantity), surroundings);
    keep(derived, derivation.quantity, of.measuredAtMs, value);
  }

  /** At the device itself, nearest in time; else the newest at its place. */
  function companionOf(
    quantity: string,
    atMs: number,
    withinMs: number,
    { device, memory, readings, surroundings }: Moment,
  ): number | undefined {
    const own = readings.filter((reading) => reading.quantity === quantity);
    const before = memory.newest(quantity);
    const nearest = nearestOf(before ? [...own, before] : own, atMs, withinMs);
    if (nearest) return nearest.value;
    const { place } = surroundings;
    noteBorrower(place, quantity, device);
    const theirs = place === null ? undefined : atPlaces.get(place)?.get(quantity);
    return theirs && nearestOf([theirs], atMs, withinMs)?.value;
  }

  function fold(reading: Reading, { memory, surroundings, derived }: Moment): void {
    if (!isFolded(reading.quantity)) return;
    for (const { quantity, endMs, value } of memory.periods().take(reading, surroundings))
      keep(derived, quantity, endMs, value);
  }
}

/** Readings by their time, oldest first. Nearly always they have one. */
function momentsOf(readings: readonly Reading[]): readonly (readonly Reading[])[] {
  const { measuredAtMs } = readings[0]!;
  if (readings.every((reading) => reading.measuredAtMs === measuredAtMs)) return [readings];
  const byTime = Map.groupBy(readings, (reading) => reading.measuredAtMs);
  return [...byTime].toSorted(([one], [other]) => one - other).map(([, together]) => together);
}

function isRepeated({ quantity, measuredAtMs, value }: Reading, memory: DeviceMemory): boolean {
  const newest = memory.newest(quantity);
  return newest?.measuredAtMs === measuredAtMs && newest.value === value;
}

/** Older than what was heard of the device before, or another word on the same instant. */
function isLate(reading: Reading, memory: DeviceMemory): boolean {
  const { quantity, measuredAtMs } = reading;
  if (measuredAtMs < memory.heardUpToMs) return true;
  if (measuredAtMs > memory.heardUpToMs || isRepeated(reading, memory)) return false;
  if (memory.newest(quantity)?.measuredAtMs === measuredAtMs) return true;
  // Its companion of the same instant came alone, and was taken to belong to the reading before.
  return (byReading.get(quantity) ?? []).some((derivation) =>
    derivation.with.some((companion) => memory.newest(companion.quantity)?.measuredAtMs === measuredAtMs),
  );
}

/** Its own companion comes before those of others. */
function hasOwnCompanion(memory: DeviceMemory, derivation: Derivation, name: string, atMs: number): boolean {
  const { withinMs } = derivation.with.find(({ quantity }) => quantity === name)!;
  const own = memory.newest(name);
  return own !== undefined && Math.abs(own.measuredAtMs - atMs) <= withinMs;
}

interface MeasuredBy extends Remembered {
  readonly device: string;
}

/** Of two at the same time the one of the device whose id comes first, in whichever order they came. */
function isNewer(reading: MeasuredBy, known: MeasuredBy | undefined): boolean {
  if (known === undefined || reading.measuredAtMs !== known.measuredAtMs)
    return known === undefined || reading.measuredAtMs > known.measuredAtMs;
  return reading.device <= known.device;
}

interface Moment {
  readonly device: string;
  readonly memory: DeviceMemory;
  readonly surroundings: Surroundings;
  /** All of the same time. */
  readonly readings: readonly Reading[];
  /** By quantity and time: what comes later takes the place of what came before. */
  readonly derived: Map<string, DerivedValue>;
}

function nearestOf(readings: readonly Remembered[], atMs: number, withinMs: number): Remembered | undefined {
  let nearest: Remembered | undefined;
  for (const reading of readings) {
    const distanceMs = Math.abs(reading.measuredAtMs - atMs);
    if (distanceMs > withinMs) continue;
    if (!nearest || distanceMs < Math.abs(nearest.measuredAtMs - atMs)) nearest = reading;
  }
  return nearest;
}

/** Nonsense is not told on: what no instrument could report is not worth a reading. */
export function keep(
  derived: Map<string, DerivedValue>,
  quantity: string,
  atMs: number,
  value: number | undefined,
): void {
  if (value === undefined) return;
  const { min, max } = quantityOf(quantity)!.plausible;
  if (!(value >= min && value <= max)) return;
  // A float of seventeen digits says no more, and takes twice the room.
  derived.set(`${quantity} ${atMs}`, [quantity, atMs, Number(value.toPrecision(6))]);
}
