import { soilTextures } from "../../../agronomy/index.ts";

/** How water moves through a soil, on top of what it holds. */
export interface Hydraulics {
  readonly wiltingPoint: number;
  readonly fieldCapacity: number;
  readonly saturation: number;
  /** Ksat, mm a day. */
  readonly conductivityMmDay: number;
  /** Share of the water above field capacity that a saturated layer loses in a day (AquaCrop's τ). */
  readonly drainagePerDay: number;
}

const clayeyTextures: ReadonlySet<TextureName> = new Set(["clay-loam", "clay", "paddy"]);

/** Whether salt in its pores conducts as in clay: what a paddy is puddled from is one. */
export const isClayey = (texture: TextureName): boolean => clayeyTextures.has(texture);

export type TextureName = keyof typeof soilTextures;

/** Ksat, mm a day, of AquaCrop's default soils (Raes et al., AquaCrop reference manual, annex I). */
const conductivities: Readonly<Record<TextureName, number>> = {
  sand: 3000,
  "loamy-sand": 2200,
  "sandy-loam": 1200,
  loam: 500,
  "silt-loam": 575,
  "clay-loam": 125,
  clay: 35,
  paddy: 15,
};

export function hydraulicsOf(texture: TextureName): Hydraulics {
  const conductivityMmDay = conductivities[texture];
  // τ = 0.0866 Ksat^0.35, AquaCrop reference manual, chapter 3, equation 3.7.
  const drainagePerDay = Math.min(1, 0.0866 * conductivityMmDay ** 0.35);
  return { ...soilTextures[texture], conductivityMmDay, drainagePerDay };
}

/** Water that a layer at this content lets go in a day, as a share of its volume (AquaCrop's drainage function). */
export function drainagePerDay(soil: Hydraulics, content: number): number {
  const { fieldCapacity, saturation } = soil;
  if (content <= fieldCapacity) return 0;
  const room = saturation - fieldCapacity;
  return (soil.drainagePerDay * room * Math.expm1(content - fieldCapacity)) / Math.expm1(room);
}

const atFieldCapacityKpa = 33;
const atWiltingKpa = 1500;

/** Suction, kPa: a power law through field capacity and wilting point (Saxton and Rawls 2006), 0 when saturated. */
export function tensionKpa({ wiltingPoint, fieldCapacity, saturation }: Hydraulics, content: number): number {
  if (content >= fieldCapacity) {
    return (atFieldCapacityKpa * Math.max(0, saturation - content)) / (saturation - fieldCapacity);
  }
  const steepness = Math.log(atWiltingKpa / atFieldCapacityKpa) / Math.log(fieldCapacity / wiltingPoint);
  return Math.min(5000, atFieldCapacityKpa * (fieldCapacity / Math.max(content, 0.01)) ** steepness);
}
