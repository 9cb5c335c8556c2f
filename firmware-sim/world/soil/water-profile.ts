import { drainagePerDay, type Hydraulics } from "./hydraulics.ts";

/**
 * Water and salt in layers of soil, one above the other. Water comes in from above as fast as the soil takes it, runs
 * down as far as field capacity does not hold it, and is taken up by roots; salt goes where the water goes, and stays
 * where roots take water without it. All per m² of ground: 1 mm is 1 L/m².
 */
export interface WaterProfile {
  /** mm, by layer. */
  readonly waterMm: readonly number[];
  /** g/m², by layer. */
  readonly saltG: readonly number[];
  /** Water that stands on the surface and has not found its way in yet, and what is dissolved in it. */
  readonly pondedMm: number;
  readonly pondedSaltG: number;
  /** What has left by running off and by draining below the last layer, since the beginning. */
  readonly runOffMm: number;
  readonly runOffSaltG: number;
  readonly drainedMm: number;
  readonly drainedSaltG: number;
}

/** Down to a metre: 0–10, 10–30, 30–60, 60–100 cm. */
export const layersMm = [100, 200, 300, 400] as const;
const layerCount = layersMm.length;

export function profileAt(content: number, saltGL: number): WaterProfile {
  const waterMm = layersMm.map((thick) => thick * content);
  const nothing = { pondedMm: 0, pondedSaltG: 0, runOffMm: 0, runOffSaltG: 0, drainedMm: 0, drainedSaltG: 0 };
  return { waterMm, saltG: waterMm.map((mm) => mm * saltGL), ...nothing };
}

/** m³/m³ of a layer. */
export function contentOf({ waterMm }: WaterProfile, layer: number): number {
  return waterMm[layer]! / layersMm[layer]!;
}

/** Index of the layer at a depth; below a metre, the last. */
export function layerAtCm(depthCm: number): number {
  let bottomMm = 0;
  for (let layer = 0; layer < layerCount; layer++) {
    bottomMm += layersMm[layer]!;
    if (depthCm * 10 < bottomMm) return layer;
  }
  return layerCount - 1;
}

/** Water that arrives on the surface. */
export interface Arrival {
  readonly mm: number;
  readonly saltG: number;
}

/** Most that furrows and small bunds hold back; more runs off. */
const storeMm = 15;

/** Lets water in: at most as fast as a saturated soil conducts, and as there is room. */
export function infiltrated(
  profile: WaterProfile,
  soil: Hydraulics,
  arrival: Arrival,
  hours: number,
): WaterProfile {
  const offeredMm = profile.pondedMm + arrival.mm;
  if (offeredMm <= 0) return profile;
  const offeredSaltG = profile.pondedSaltG + arrival.saltG;
  const saltGL = offeredSaltG / offeredMm;
  const waterMm = [...profile.waterMm];
  const saltG = [...profile.saltG];
  let leftMm = Math.min(offeredMm, (soil.conductivityMmDay / 24) * hours);
  let enteredMm = 0;
  for (let layer = 0; layer < layerCount && leftMm > 0; layer++) {
    const takenMm = Math.min(leftMm, Math.max(0, soil.saturation * layersMm[layer]! - waterMm[layer]!));
    waterMm[layer]! += takenMm;
    saltG[layer]! += takenMm * saltGL;
    leftMm -= takenMm;
    enteredMm += takenMm;
  }
  const standingMm = offeredMm - enteredMm;
  const runOffMm = Math.max(0, standingMm - storeMm);
  return {
    ...profile,
    waterMm,
    saltG,
    pondedMm: standingMm - runOffMm,
    pondedSaltG: (standingMm - runOffMm) * saltGL,
    runOffMm: profile.runOffMm + runOffMm,
    runOffSaltG: profile.runOffSaltG + runOffMm * saltGL,
  };
}

/** Lets water run down, from the top layer on, into whatever room is below. */
export function drained(profile: WaterProfile, soil: Hydraulics, hours: number): WaterProfile {
  const most = soil.fieldCapacity;
  if (!profile.waterMm.some((mm, layer) => mm > most * layersMm[layer]!)) return profile;
  const waterMm = [...profile.waterMm];
  const saltG = [...profile.saltG];
  let { drainedMm, drainedSaltG } = profile;
  for (let layer = 0; layer < layerCount; layer++) {
    const thick = layersMm[layer]!;
    const lettingGoMm = (drainagePerDay(soil, waterMm[layer]! / thick) * thick * hours) / 24;
    const isLast = layer === layerCount - 1;
    const roomMm = isLast
      ? lettingGoMm
      : Math.max(0, soil.saturation * layersMm[layer + 1]! - waterMm[layer + 1]!);
    const movedMm = Math.min(lettingGoMm, roomMm, waterMm[layer]! - most * thick);
    if (movedMm <= 0) continue;
    const movedSaltG = (saltG[layer]! * movedMm) / waterMm[layer]!;
    waterMm[layer]! -= movedMm;
    saltG[layer]! -= movedSaltG;
    if (isLast) {
      drainedMm += movedMm;
      drainedSaltG += movedSaltG;
    } else {
      waterMm[layer + 1]! += movedMm;
      saltG[layer + 1]! += movedSaltG;
    }
  }
  return { ...profile, waterMm, saltG, drainedMm, drainedSaltG };
}

/** Where roots take their water: 40, 30, 20, 10 % from each quarter of their depth, as AquaCrop has it. */
export function rootShares(rootDepthMm: number): number[] {
  let topMm = 0;
  return layersMm.map((thick) => {
    const share = upTo((topMm + thick) / rootDepthMm) - upTo(topMm / rootDepthMm);
    topMm += thick;
    return share;
  });
}

/** Share of all uptake above this part of the rooting depth. */
function upTo(depth: number): number {
  const x = Math.min(1, depth) * 4;
  return [0.4, 0.3, 0.2, 0.1].reduce((sum, share, n) => sum + share * Math.min(1, Math.max(0, x - n)), 0);
}

/** Takes this much up by the roots, more from where it is wetter; never below the wilting point. */
export function takenUp(
  profile: WaterProfile,
  soil: Hydraulics,
  shares: readonly number[],
  wantedMm: number,
): { readonly profile: WaterProfile; readonly takenMm: number } {
  if (wantedMm <= 0) return { profile, takenMm: 0 };
  const waterMm = [...profile.waterMm];
  let wholePull = 0;
  for (let layer = 0; layer < layerCount; layer++) wholePull += pullOf(waterMm, soil, shares, layer);
  if (wholePull <= 0) return { profile, takenMm: 0 };
  let takenMm = 0;
  for (let layer = 0; layer < layerCount; layer++) {
    const availableMm = waterMm[layer]! - soil.wiltingPoint * layersMm[layer]!;
    const share = pullOf(waterMm, soil, shares, layer) / wholePull;
    const fromHereMm = Math.max(0, Math.min(availableMm, wantedMm * share));
    waterMm[layer]! -= fromHereMm;
    takenMm += fromHereMm;
  }
  return { profile: { ...profile, waterMm }, takenMm };
}

/** How strongly a layer's roots draw: their share, times the water they can reach. */
function pullOf(
  waterMm: readonly number[],
  soil: Hydraulics,
  shares: readonly number[],
  layer: number,
): number {
  const content = waterMm[layer]! / layersMm[layer]!;
  return shares[layer]! * Math.max(0, content - soil.wiltingPoint);
}

/** mm between wilting point and what is there, and what lacks to field capacity, down to this depth. */
export function rootZone({ waterMm }: WaterProfile, soil: Hydraulics, rootDepthMm: number) {
  let topMm = 0;
  let depletionMm = 0;
  let availableMm = 0;
  for (let layer = 0; layer < layerCount; layer++) {
    const thick = layersMm[layer]!;
    const reached = Math.min(1, Math.max(0, (rootDepthMm - topMm) / thick));
    const mm = waterMm[layer]! * reached;
    depletionMm += soil.fieldCapacity * thick * reached - mm;
    availableMm += mm - soil.wiltingPoint * thick * reached;
    topMm += thick;
  }
  return { depletionMm: Math.max(0, depletionMm), availableMm: Math.max(0, availableMm) };
}
