import { quantityOf } from "../../../devices/index.ts";
import type { Harvest } from "../harvest.ts";
import { isObject, type JsonObject } from "../json-object.ts";
import { measuredTime } from "../measured-time.ts";
import { amountIn } from "../measures/amount.ts";
import { batteryNamed } from "../measures/words.ts";

/*
 * The Things Network's normalized payload (lorawan-devices, lib/payload.json): measurements of groups of numbers. Group
 * and member joined by a dot are the catalogue's names, in its units.
 */

/** One number of a measurement: `soil.moisture`, `battery`, `water.temperature.current`. */
interface Leaf {
  readonly name: string;
  readonly value: unknown;
}

/** What tells about the other numbers and is none itself. */
const qualifiers: ReadonlySet<string> = new Set(["time", "soil.depth", "air.location"]);
const deepest = 4;

/** Takes every number of every measurement, each at its own time where one is told. */
export function takeNormalized(
  measurements: readonly JsonObject[],
  heardAtMs: number,
  receivedAtMs: number,
  harvest: Harvest,
): void {
  for (const [index, measurement] of measurements.entries()) {
    const time = measurement.time === undefined ? null : measuredTime(measurement.time, receivedAtMs);
    for (const { name, value } of leavesOf(measurement)) {
      const place = () => `normalized_payload[${index}].${name}`;
      if (time !== null && time.complaint !== null)
        harvest.refuse(time.complaint, () => `${place()}: ${time.detail}`, nameOf(name, value), time.ms);
      else {
        const measuredAtMs = time?.ms ?? heardAtMs;
        harvest.takeFound({ quantity: nameOf(name, value), value, unit: null, measuredAtMs, place });
      }
    }
  }
}

/**
 * Whether the network's decoding says something else than ours of a quantity that both have: off by more than what is
 * worth showing.
 */
export function disagrees(measurements: readonly JsonObject[], ours: ReadonlyMap<string, number>): boolean {
  // Several measurements are several depths or times; which of them ours is cannot be told.
  const [measurement, ...more] = measurements;
  if (measurement === undefined || more.length > 0) return false;
  return leavesOf(measurement).some(({ name, value }) => {
    const theirs = amountIn(value)?.value;
    const quantity = nameOf(name, value);
    const own = ours.get(quantity);
    if (theirs === undefined || own === undefined) return false;
    return Math.abs(theirs - own) > (quantityOf(quantity)?.resolution ?? 0) / 2;
  });
}

function nameOf(name: string, value: unknown): string {
  return name === "battery" ? batteryNamed(amountIn(value)?.value ?? 0).quantity : name;
}

/** Numbers, also in strings; words and switches are states and no measurements. `current` is the value, `max` is not. */
function leavesOf(measurement: JsonObject): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (found: unknown, path: readonly string[]): void => {
    if (isObject(found) && path.length < deepest) {
      for (const name of Object.keys(found)) walk(found[name], [...path, name]);
      return;
    }
    const name = (path.at(-1) === "current" ? path.slice(0, -1) : path).join(".");
    if (!qualifiers.has(name) && amountIn(found) !== null) leaves.push({ name, value: found });
  };
  walk(measurement, []);
  return leaves;
}
