import { ec25FromSalinityMsCm } from "../../../agronomy/index.ts";
import type { Truth } from "../site.ts";

/** What probes of salinity and conductivity (µS/cm at 25 °C) tell of water with this much salt, g/L. */
export function saltWater(saltGL: number): Truth {
  const salinity = Math.min(42, Math.max(0, saltGL));
  return { "water.salinity": salinity, "water.ec": 1000 * ec25FromSalinityMsCm(salinity)! };
}
