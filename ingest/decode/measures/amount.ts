import { isUnit } from "../../../devices/index.ts";

/** A number as it was found, with the unit that was written behind it; null when none was. */
export interface Amount {
  readonly value: number;
  readonly unit: string | null;
}

const longest = 40;
/** Decimal, with a point. Number() alone would also take "" for 0 and "0x1F" for 31. */
const decimal = /^\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?)\s*(\D.{0,11})?$/;

/** Reads a number, a numeric string, or a number with its unit ("57 uS/cm"); null when it is none of these. */
export function amountIn(found: unknown): Amount | null {
  if (typeof found === "number") return Number.isFinite(found) ? { value: found, unit: null } : null;
  if (typeof found !== "string" || found.length > longest) return null;
  const [, number, unit = ""] = decimal.exec(found) ?? [];
  if (number === undefined) return null;
  const written = unit.trim();
  if (written === "") return finite(Number(number), null);
  return isUnit(written) ? finite(Number(number), written) : null;
}

function finite(value: number, unit: string | null): Amount | null {
  return Number.isFinite(value) ? { value, unit } : null;
}
