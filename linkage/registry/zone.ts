import { z } from "zod";
import {
  AreaHa,
  CommuneCode,
  DateText,
  Decision,
  Id,
  inOrder,
  inOrderRule,
  Label,
  validity,
} from "./fields.ts";
import { mustBe } from "./must-be.ts";

export const plantingCodeKinds = ["domestic", "export", "packing-house"] as const;
export const plantingCodeStatuses = ["active", "suspended", "revoked"] as const;

const Point = z.tuple([
  z.number().min(-180, mustBe.longitude.en).max(180, mustBe.longitude.en),
  z.number().min(-90, mustBe.latitude.en).max(90, mustBe.latitude.en),
]);
const Ring = z
  .array(Point)
  .min(4, mustBe.ringLength.en)
  .refine((ring) => ring[0]?.join() === ring.at(-1)?.join(), mustBe.ringClosed.en);

/** GeoJSON (RFC 7946): longitude before latitude, outer ring first, holes after it. */
export const Geometry = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("Polygon"), coordinates: z.array(Ring).min(1, mustBe.polygon.en) }),
  z.strictObject({
    type: z.literal("MultiPolygon"),
    coordinates: z.array(z.array(Ring).min(1, mustBe.polygon.en)).min(1, mustBe.polygon.en),
  }),
]);
export type Geometry = z.output<typeof Geometry>;

/** Mã vùng trồng. */
const PlantingCode = z.strictObject({
  code: Label,
  kind: z.enum(plantingCodeKinds),
  market: Label.nullable().default(null),
  issuer: Label.nullable().default(null),
  issuedOn: DateText.nullable().default(null),
  status: z.enum(plantingCodeStatuses),
});

/** Vùng nguyên liệu: land that grows one product for somebody. */
export const Zone = z
  .strictObject({
    id: Id,
    name: Label,
    product: Id,
    communeCode: CommuneCode,
    communeAsOf: DateText.describe("A day on which the code stood for the commune that is meant."),
    areaHa: AreaHa,
    geometry: Geometry.nullable().default(null),
    plantingCodes: z.array(PlantingCode).default([]),
    decision: Decision.nullable().default(null).describe("The plan or decision that sets the zone."),
    ...validity,
  })
  .refine(inOrder, inOrderRule);
export type Zone = z.output<typeof Zone>;

/**
 * Shapes of codes as they have been seen: domestic by Quyết định 3156/QĐ-BNN-TT (province, district, commune, facility, year),
 * whose district segment has no meaning for zones made since July 2025; export codes by custom. No rule fixes either for
 * today, so a code of another shape is kept and pointed out.
 */
export function oddPlantingCodes({ plantingCodes }: Zone): readonly string[] {
  const shapes = {
    domestic: /^VN-\d{2}-\d{3}-\d{5}-\d{2,4}-\d{2}$/,
    export: /^VN-[A-Z]{2}OR-?\d{3,4}$/,
    "packing-house": /^VN-[A-Z]{2}PH-?\d{3,4}$/,
  };
  return plantingCodes.filter(({ code, kind }) => !shapes[kind].test(code)).map(({ code }) => code);
}
