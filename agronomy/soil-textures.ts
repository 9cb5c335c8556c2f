/**
 * Water that soils hold, m³/m³, by texture: the default soils of FAO's AquaCrop. A class mean; a parcel's own values, from
 * a probe or a laboratory, are always better.
 */
export interface SoilTexture {
  /** θWP: what roots cannot take any more. */
  readonly wiltingPoint: number;
  /** θFC: what stays after free drainage. */
  readonly fieldCapacity: number;
  /** θsat: every pore full. */
  readonly saturation: number;
}

export const soilTextures = {
  sand: { wiltingPoint: 0.06, fieldCapacity: 0.13, saturation: 0.36 },
  "loamy-sand": { wiltingPoint: 0.08, fieldCapacity: 0.16, saturation: 0.38 },
  "sandy-loam": { wiltingPoint: 0.1, fieldCapacity: 0.22, saturation: 0.41 },
  loam: { wiltingPoint: 0.15, fieldCapacity: 0.31, saturation: 0.46 },
  "silt-loam": { wiltingPoint: 0.13, fieldCapacity: 0.33, saturation: 0.46 },
  "clay-loam": { wiltingPoint: 0.23, fieldCapacity: 0.39, saturation: 0.5 },
  clay: { wiltingPoint: 0.39, fieldCapacity: 0.54, saturation: 0.55 },
  /** The upper half metre over a puddled pan. */
  paddy: { wiltingPoint: 0.32, fieldCapacity: 0.5, saturation: 0.54 },
} as const satisfies Record<string, SoilTexture>;
