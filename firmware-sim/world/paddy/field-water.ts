/**
 * Water of a bunded, puddled field as one height: mm above the soil while it is flooded, below it what is missing
 * to a soil full of water. Salt rides along; evaporation and roots leave it behind. All per m²: 1 mm is 1 L.
 */
export interface FieldWater {
  readonly heightMm: number;
  readonly saltG: number;
  /** Sums since the beginning. */
  readonly overflowMm: number;
  readonly overflowSaltG: number;
  readonly percolatedMm: number;
  readonly percolatedSaltG: number;
  readonly usedMm: number;
}

/** Of the soil's volume, what runs empty when the water table falls past: the level falls eight times as fast as water goes. */
const drainablePorosity = 0.12;
export const saturation = 0.54;
/** Depth of the soil whose water mixes with the water on it. */
const mixedMm = 200;
/** Deeper than this the pan lets nothing rise or sink. */
const lowestMm = -600 * drainablePorosity;

/** Level of the water, m, as a perforated tube shows it: above (+) or below the soil's surface. */
export function levelM({ heightMm }: FieldWater): number {
  return (heightMm >= 0 ? heightMm : heightMm / drainablePorosity) / 1000;
}

/** g/L of the water that roots stand in. */
export function saltGL({ heightMm, saltG }: FieldWater): number {
  return saltG / Math.max(20, heightMm + saturation * mixedMm);
}

export interface FieldDay {
  readonly arrivingMm: number;
  readonly arrivingSaltG: number;
  /** What rice and sun would use with water enough. */
  readonly wantedMm: number;
  readonly hours: number;
  /** The lowest place in the bund, mm above the soil: its crest, or the sill of an open outlet. */
  readonly outletMm: number;
}

/** mm a day through the pan under a film of water: heavy soils 1 to 5 (Bouman and Tuong 2001, Agric. Water Manag. 49:11). */
const percolationMmDay = 2.2;
/** How fast an open outlet empties what stands above it. */
const outflowHours = 3;

export function fieldAfter(field: FieldWater, { arrivingMm, arrivingSaltG, ...rest }: FieldDay): FieldWater {
  const { wantedMm, hours, outletMm } = rest;
  const filled = { ...field, heightMm: field.heightMm + arrivingMm, saltG: field.saltG + arrivingSaltG };
  const concentration = saltGL(filled);
  const aboveMm = Math.max(0, filled.heightMm - outletMm);
  const overflowMm = aboveMm * -Math.expm1(-hours / outflowHours);
  const roomMm = filled.heightMm - overflowMm - lowestMm;
  const percolatedMm = Math.min(roomMm, (percolationAt(filled.heightMm) * hours) / 24);
  const usedMm = Math.min(roomMm - percolatedMm, wantedMm * stressAt(filled.heightMm));
  return {
    heightMm: filled.heightMm - overflowMm - percolatedMm - usedMm,
    saltG: filled.saltG - (overflowMm + percolatedMm) * concentration,
    overflowMm: field.overflowMm + overflowMm,
    overflowSaltG: field.overflowSaltG + overflowMm * concentration,
    percolatedMm: field.percolatedMm + percolatedMm,
    percolatedSaltG: field.percolatedSaltG + percolatedMm * concentration,
    usedMm: field.usedMm + usedMm,
  };
}

/** More under a head of water, less as the table sinks towards the pan. */
function percolationAt(heightMm: number): number {
  if (heightMm >= 0) return percolationMmDay * (1 + heightMm / 300);
  return percolationMmDay * Math.max(0, 1 - heightMm / lowestMm);
}

/** Ks of rice: none until the level is some 20 cm down, then falling. FAO-56 table 22 lets a fifth of saturation go. */
function stressAt(heightMm: number): number {
  const unstressedMm = -200 * drainablePorosity;
  if (heightMm >= unstressedMm) return 1;
  return Math.max(0, 1 - (unstressedMm - heightMm) / (unstressedMm - lowestMm));
}

/** m³/m³ at a depth: full below the water table and drained above it, with a fringe between. */
export function contentAtCm(field: FieldWater, depthCm: number): number {
  const aboveTableCm = Math.max(0, -levelM(field) * 100) - depthCm;
  const fringeCm = 6;
  const drained = Math.min(1, Math.max(0, aboveTableCm / fringeCm + 0.5));
  return saturation - drainablePorosity * (levelM(field) >= 0 ? 0 : drained);
}
