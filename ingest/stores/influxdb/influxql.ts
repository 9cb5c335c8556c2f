import type { Span } from "../reading-store.ts";
import { columnOf, tagText } from "./line-protocol.ts";

/** The part of InfluxQL that 1.x and 2.x have in common. Literals are escaped here: bound parameters are not portable. */

export function identifier(name: string): string {
  return `"${escaped(name, '"')}"`;
}

export function text(value: string): string {
  return `'${escaped(value, "'")}'`;
}

function escaped(value: string, quote: string): string {
  return value.replace(/\\/g, "\\\\").replaceAll("\n", "\\n").replaceAll(quote, `\\${quote}`);
}

/** Every statement has a lower and an upper bound of time. */
export function within({ fromMs, toMs }: Span): string {
  return `time >= ${fromMs}ms AND time < ${toMs}ms`;
}

export function isDevice(device: string): string {
  return `"device" = ${text(tagText(device))}`;
}

/** Any of some devices; everything when none are named. */
export function isOneOf(devices: readonly string[] | undefined): string {
  return devices === undefined ? "" : ` AND (${devices.map(isDevice).join(" OR ")})`;
}

/** Readings of one quantity: where they are, what narrows it down to them, and how their value is called. */
export function placeOf(quantity: string): { from: string; field: string; where: string } {
  const { measurement, field } = columnOf(quantity);
  return {
    from: identifier(measurement),
    field: identifier(field),
    where: `"quantity" = ${text(tagText(quantity))}`,
  };
}

/** All measurements; only readings have a field `received`. */
export const everything = "/.*/";
