import { quantityOf } from "../../quantities/quantities.ts";
import { type Conversion, conversion } from "../../units/units.ts";
import type { Flag } from "../device-model.ts";

/** How a vendor puts a quantity on the wire: value = (raw × times / over + plus) in `unit`. */
export interface OnTheWire {
  /** UCUM code of the vendor's unit; converted to the catalogue's here, once. */
  readonly unit: string;
  readonly times?: number;
  readonly over?: number;
  readonly plus?: number;
  /** Raw numbers that are no measurement, and what they say instead; null when it is nothing to keep. */
  readonly codes?: Readonly<Record<number, Flag | null>>;
}

/** One number of a frame: its name, and the way from the raw integer to the canonical unit. */
export interface Channel {
  readonly name: string;
  /** UCUM code of the values that it gives. */
  readonly unit: string;
  readonly times: number;
  readonly over: number;
  readonly plus: number;
  readonly codes: ReadonlyMap<number, Flag | null> | null;
  /** Whether the numbers are only states of the device, all of them in `codes`, and never a value. */
  readonly isState: boolean;
  /** What the catalogue lets pass; null when it does not know the name: then the number is an extra. */
  readonly gauge: Gauge | null;
}

export interface Gauge {
  readonly min: number;
  readonly max: number;
  readonly sentinels: readonly number[];
}

/**
 * Declares a channel.
 *
 * @param name of the catalogue; another name makes its numbers extras, until the catalogue has it
 * @throws when the unit cannot become the catalogue's: a mistake in the declaration
 */
export function channel(name: string, wire: OnTheWire): Channel {
  const { unit, times = 1, over = 1, plus = 0, codes } = wire;
  const quantity = quantityOf(name);
  const way = wayTo(quantity?.unit ?? unit, unit, name);
  return {
    name,
    unit: quantity?.unit ?? unit,
    times: times * way.times,
    over: over * way.over,
    plus: (plus * way.times) / way.over + way.plus,
    codes:
      codes === undefined ? null : new Map(Object.entries(codes).map(([raw, flag]) => [Number(raw), flag])),
    isState: false,
    gauge: quantity === undefined ? null : { ...quantity.plausible, sentinels: quantity.sentinels },
  };
}

/** Declares a number that is told as a flag, or (null) not at all: upright or tilted, frozen or not. */
export function states(name: string, codes: Readonly<Record<number, Flag | null>>): Channel {
  return { ...channel(name, { unit: "1", codes }), isState: true };
}

export function converted({ times, over, plus }: Channel, raw: number): number {
  return (raw * times) / over + plus;
}

function wayTo(to: string, from: string, name: string): Conversion {
  const found = conversion(from, to);
  if (found === null) throw new Error(`${name}: no way from ${from} to ${to}`);
  return found;
}
