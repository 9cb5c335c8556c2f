/**
 * Water-related values of crops, FAO-56: Kc and height from table 12 (for a minimum humidity of 45 % and 2 m/s of wind),
 * rooting depth and p from table 22 (p for an ETc of 5 mm a day). Cross-read against the public-domain tables of pyfao56.
 */
export interface CropWater {
  readonly kcInitial: number;
  readonly kcMid: number;
  readonly kcEnd: number;
  readonly heightM: number;
  /** Deepest effective rooting: the lesser value for irrigation, the greater for rain-fed land. */
  readonly rootDepthM: readonly [number, number];
  /** Share of TAW that may be used up before the crop suffers. */
  readonly depletionFraction: number;
}

const crop = (
  [kcInitial, kcMid, kcEnd]: readonly [number, number, number],
  heightM: number,
  rootDepthM: readonly [number, number],
  depletionFraction: number,
): CropWater => ({ kcInitial, kcMid, kcEnd, heightM, rootDepthM, depletionFraction });

export const crops = {
  /** Table 22 gives 0.20 of saturation, not of TAW; a flooded paddy is watched by its water level instead. */
  rice: crop([1.05, 1.2, 0.75], 1, [0.5, 1], 0.2),
  "maize-grain": crop([0.3, 1.2, 0.35], 2, [1, 1.7], 0.55),
  "maize-sweet": crop([0.3, 1.15, 1.05], 1.5, [0.8, 1.2], 0.5),
  "coffee-bare-ground": crop([0.9, 0.95, 0.95], 2.5, [0.9, 1.5], 0.4),
  "coffee-with-weeds": crop([1.05, 1.1, 1.1], 2.5, [0.9, 1.5], 0.4),
  tea: crop([0.95, 1, 1], 1.5, [0.9, 1.5], 0.4),
  "tea-shaded": crop([1.1, 1.15, 1.15], 2, [0.9, 1.5], 0.45),
  /** No ground cover, canopy 70 %. */
  citrus: crop([0.7, 0.65, 0.7], 4, [1.2, 1.5], 0.5),
  peanut: crop([0.4, 1.15, 0.6], 0.4, [0.5, 1], 0.5),
  soybean: crop([0.5, 1.15, 0.5], 0.75, [0.6, 1.3], 0.5),
  "mung-bean": crop([0.4, 1.05, 0.6], 0.4, [0.6, 1], 0.45),
  cassava: crop([0.3, 0.8, 0.3], 1, [0.5, 0.8], 0.35),
  "sweet-potato": crop([0.5, 1.15, 0.65], 0.4, [1, 1.5], 0.65),
  potato: crop([0.5, 1.15, 0.75], 0.6, [0.4, 0.6], 0.35),
  tomato: crop([0.6, 1.15, 0.8], 0.6, [0.7, 1.5], 0.4),
  "sweet-pepper": crop([0.6, 1.05, 0.9], 0.7, [0.5, 1], 0.3),
  eggplant: crop([0.6, 1.05, 0.9], 0.8, [0.7, 1.2], 0.45),
  cabbage: crop([0.7, 1.05, 0.95], 0.4, [0.5, 0.8], 0.45),
  lettuce: crop([0.7, 1, 0.95], 0.3, [0.3, 0.5], 0.3),
  onion: crop([0.7, 1.05, 0.75], 0.4, [0.3, 0.6], 0.3),
  garlic: crop([0.7, 1, 0.7], 0.3, [0.3, 0.5], 0.3),
  cucumber: crop([0.6, 1, 0.75], 0.3, [0.7, 1.2], 0.5),
  watermelon: crop([0.4, 1, 0.75], 0.4, [0.8, 1.5], 0.4),
  pumpkin: crop([0.5, 1, 0.8], 0.4, [1, 1.5], 0.35),
  sugarcane: crop([0.4, 1.25, 0.75], 3, [1.2, 2], 0.65),
  "banana-first-year": crop([0.5, 1.1, 1], 3, [0.5, 0.9], 0.35),
  "banana-second-year": crop([1, 1.2, 1.1], 4, [0.5, 0.9], 0.35),
  "pineapple-bare-soil": crop([0.5, 0.3, 0.3], 0.9, [0.3, 0.6], 0.5),
  rubber: crop([0.95, 1, 1], 10, [1, 1.5], 0.4),
  cacao: crop([1, 1.05, 1.05], 3, [0.7, 1], 0.3),
} as const satisfies Record<string, CropWater>;
