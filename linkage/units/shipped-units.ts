import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AdministrativeUnit } from "./administrative-unit.ts";
import { readUnits } from "./read-units.ts";

/** The list that comes with the program (units.csv): its README says from where, and what was mended. */
export function shippedUnits(): readonly AdministrativeUnit[] {
  const read = readUnits(readFileSync(join(import.meta.dirname, "units.csv"), "utf8"));
  if (!read.ok) throw new Error(`units.csv is damaged, line ${read.problems[0]?.line}`);
  return read.units;
}
