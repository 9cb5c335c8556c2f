import { isClayey, type TextureName } from "./hydraulics.ts";

/** dS/m of a solution with 1 g/L of mixed salts: 640 mg/L make 1 dS/m (Richards 1954, USDA Handbook 60). */
const dsPerMForGL = 1 / 0.64;

/** How the pores of a soil conduct: Rhoades, Raats and Prather (1976, Soil Sci. Soc. Am. J. 40:651). */
const loamy = { a: 1.382, b: -0.093, solidDsM: 0.15 } as const;
const clayey = { a: 2.134, b: -0.245, solidDsM: 0.3 } as const;

/**
 * Bulk conductivity of the soil as it lies, dS/m, at its own temperature: ECb = ECw θ (aθ + b) + ECs, and 2 % a degree
 * around 25 °C.
 * @param content m³/m³
 * @param saltGL of the water in its pores
 */
export function bulkConductivityDsM(
  content: number,
  saltGL: number,
  temperatureC: number,
  texture: TextureName,
): number {
  const { a, b, solidDsM } = isClayey(texture) ? clayey : loamy;
  const throughWater = saltGL * dsPerMForGL * content * Math.max(0.02, a * content + b);
  // Dry pores part the solid surfaces, too.
  const throughSolids = solidDsM * Math.min(1, content / 0.3);
  return Math.max(0, (throughWater + throughSolids) * (1 + 0.02 * (temperatureC - 25)));
}
