/** Share of its charge that the node uses in a day, radio included: ten days without sun. */
const usedPerDay = 0.1;
/** Share that a small panel brings in an hour at 1,000 W/m². */
const chargedPerHour = 0.08;
/** It is full before it would harm the cell, and cuts off before it would be empty. */
const full = 1;
const cutOff = 0.02;

/** The charge (0 to 1) after `hours` under this mean irradiance (W/m²). */
export function chargeAfter(charge: number, hours: number, irradiance: number): number {
  const change = (chargedPerHour * irradiance) / 1000 - usedPerDay / 24;
  return Math.min(full, Math.max(cutOff, charge + change * hours));
}

/** Voltage of a lithium-ion cell at this charge: steep at both ends, flat between. */
export function batteryVolts(charge: number): number {
  return 3.45 + 0.55 * charge + 0.15 * charge ** 8 - 0.35 * Math.exp(-charge / 0.05);
}
