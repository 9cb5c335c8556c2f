import { type Bound, depletionShare, waterContent, waterDepth, within } from "./bounds.ts";
import type { SoilTexture } from "./soil-textures.ts";

/** Water in the root zone, mm, after FAO-56, chapter 8. Depletion is what lacks to field capacity. */

const rootDepth: Bound = { name: "rooting depth", unit: "m", min: 0, max: 5 };

type Holding = Pick<SoilTexture, "wiltingPoint" | "fieldCapacity">;

/** TAW, mm: all that roots of this depth can reach. FAO-56 eq. 82. */
export function totalAvailableWaterMm({ wiltingPoint, fieldCapacity }: Holding, rootDepthM: number): number {
  within(waterContent, wiltingPoint);
  within(waterContent, fieldCapacity);
  if (wiltingPoint >= fieldCapacity)
    throw new RangeError(`wilting point ${wiltingPoint} must be below field capacity ${fieldCapacity}`);
  return 1000 * (fieldCapacity - wiltingPoint) * within(rootDepth, rootDepthM);
}

/** RAW, mm: what the crop takes without suffering. FAO-56 eq. 83. */
export function readilyAvailableWaterMm(totalAvailableMm: number, depletionFraction: number): number {
  return within(depletionShare, depletionFraction) * within(waterDepth, totalAvailableMm);
}

/** p for the day's demand, 0.1..0.8: thirst comes sooner on a hot day. FAO-56 table 22, note 2. ETc in mm a day. */
export function adjustedDepletionFraction(tableFraction: number, cropEtMm: number): number {
  const adjusted = within(depletionShare, tableFraction) + 0.04 * (5 - within(waterDepth, cropEtMm));
  return Math.min(0.8, Math.max(0.1, adjusted));
}

/** Dr, mm, from a probe that stands for the root zone, 0 (field capacity and wetter) or more. FAO-56 eq. 87. */
export function depletionFromWaterContentMm(
  content: number,
  { fieldCapacity }: Pick<SoilTexture, "fieldCapacity">,
  rootDepthM: number,
): number {
  const lacking = within(waterContent, fieldCapacity) - within(waterContent, content);
  return Math.max(0, 1000 * lacking * within(rootDepth, rootDepthM));
}

/** θ, m³/m³, at which p of TAW is used up: the threshold for a probe in the root zone. */
export function waterContentAtDepletion(
  { wiltingPoint, fieldCapacity }: Holding,
  depletionFraction: number,
): number {
  const range = within(waterContent, fieldCapacity) - within(waterContent, wiltingPoint);
  return fieldCapacity - within(depletionShare, depletionFraction) * range;
}

/** Ks, 0..1: 1 up to RAW, then falling to 0 at TAW. FAO-56 eq. 84. */
export function waterStressCoefficient(root: {
  readonly depletionMm: number;
  readonly totalAvailableMm: number;
  readonly readilyAvailableMm: number;
}): number {
  const { depletionMm, totalAvailableMm, readilyAvailableMm } = root;
  within(waterDepth, totalAvailableMm);
  if (within(waterDepth, depletionMm) <= within(waterDepth, readilyAvailableMm)) return 1;
  if (depletionMm >= totalAvailableMm) return 0;
  return (totalAvailableMm - depletionMm) / (totalAvailableMm - readilyAvailableMm);
}

export interface WaterBalanceDay {
  /** Dr at the end of the day before. */
  readonly depletionBeforeMm: number;
  readonly totalAvailableMm: number;
  /** p of the table; the day's demand adjusts it. */
  readonly depletionFraction: number;
  /** ETc = Kc ET0: what the crop would use without lack. */
  readonly cropEtMm: number;
  /** Rain that entered the soil: without run-off. FAO-56 leaves out showers of less than 0.2 ET0. */
  readonly rainMm: number;
  /** Net depth of irrigation. */
  readonly irrigationMm: number;
  /** From a water table less than about 1 m below the roots. */
  readonly capillaryRiseMm: number;
}

export interface WaterBalance {
  /** Dr at the end of the day, 0..TAW. */
  readonly depletionMm: number;
  /** DP: water that ran through the root zone. */
  readonly deepPercolationMm: number;
  /** Ks of the day. */
  readonly waterStress: number;
  /** ETc adj = Ks ETc: what the crop really used. */
  readonly actualEtMm: number;
  /** RAW with the day's p; irrigate when the depletion reaches it. */
  readonly readilyAvailableMm: number;
}

/** The root zone a day later. FAO-56 eq. 85 with its limits 86 and 88; Ks from the depletion of the day before. */
export function waterBalance(day: WaterBalanceDay): WaterBalance {
  const { totalAvailableMm, cropEtMm } = day;
  const before = Math.min(within(waterDepth, day.depletionBeforeMm), totalAvailableMm);
  const fraction = adjustedDepletionFraction(day.depletionFraction, cropEtMm);
  const readilyAvailableMm = readilyAvailableWaterMm(totalAvailableMm, fraction);
  const waterStress = waterStressCoefficient({ depletionMm: before, totalAvailableMm, readilyAvailableMm });
  const actualEtMm = waterStress * cropEtMm;
  const supplied = within(waterDepth, day.rainMm) + within(waterDepth, day.irrigationMm);
  // Capillary rise never fills beyond field capacity, so percolation leaves it out.
  const deepPercolationMm = Math.max(0, supplied - actualEtMm - before);
  const balance =
    before - supplied - within(waterDepth, day.capillaryRiseMm) + actualEtMm + deepPercolationMm;
  const depletionMm = Math.min(totalAvailableMm, Math.max(0, balance));
  return { depletionMm, deepPercolationMm, waterStress, actualEtMm, readilyAvailableMm };
}
