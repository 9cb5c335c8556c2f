import { describe, expect, test } from "vitest";
import { soilTextures } from "../../../agronomy/index.ts";
import { bulkConductivityDsM } from "./bulk-conductivity.ts";
import { drainagePerDay, hydraulicsOf, type TextureName, tensionKpa } from "./hydraulics.ts";

const textures = Object.keys(soilTextures) as TextureName[];

describe.each(textures)("%s", (texture) => {
  const soil = hydraulicsOf(texture);

  test("drains at τ when full, less when less full, and not at all at field capacity", () => {
    const room = soil.saturation - soil.fieldCapacity;
    expect(drainagePerDay(soil, soil.saturation)).toBeCloseTo(soil.drainagePerDay * room, 9);
    expect(drainagePerDay(soil, soil.fieldCapacity + room / 2)).toBeLessThan(soil.drainagePerDay * room);
    expect(drainagePerDay(soil, soil.fieldCapacity)).toBe(0);
  });

  test("holds its water with 0, 33 and 1,500 kPa at saturation, field capacity and wilting point", () => {
    expect(tensionKpa(soil, soil.saturation)).toBe(0);
    expect(tensionKpa(soil, soil.fieldCapacity)).toBeCloseTo(33, 6);
    expect(tensionKpa(soil, soil.fieldCapacity - 1e-9)).toBeCloseTo(33, 3);
    expect(tensionKpa(soil, soil.wiltingPoint)).toBeCloseTo(1500, 3);
  });
});

test("τ is what AquaCrop's manual tabulates: 1 for sand, 0.76 for loam, 0.30 for clay", () => {
  expect(hydraulicsOf("sand").drainagePerDay).toBe(1);
  expect(hydraulicsOf("loam").drainagePerDay).toBeCloseTo(0.76, 2);
  expect(hydraulicsOf("clay").drainagePerDay).toBeCloseTo(0.3, 2);
});

test("bulk conductivity follows Rhoades' line and rises 2 % a degree", () => {
  // 4 dS/m of solution is 2.56 g/L; 1.382 × 0.3² − 0.093 × 0.3 = 0.0965.
  expect(bulkConductivityDsM(0.3, 2.56, 25, "loam")).toBeCloseTo(4 * 0.0965 + 0.15, 3);
  const warm = bulkConductivityDsM(0.3, 2.56, 35, "loam");
  expect(warm / bulkConductivityDsM(0.3, 2.56, 25, "loam")).toBeCloseTo(1.2, 6);
});

test("what a paddy is puddled from conducts as a clay does", () => {
  const at = (texture: TextureName) => bulkConductivityDsM(0.3, 2.56, 25, texture);
  // 2.134 × 0.3² − 0.245 × 0.3 = 0.11856.
  expect(at("clay")).toBeCloseTo(4 * 0.11856 + 0.3, 3);
  expect(at("paddy")).toBe(at("clay"));
  expect(at("silt-loam")).toBe(at("loam"));
});
