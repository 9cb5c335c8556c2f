import { z } from "zod";
import { Geometry } from "../../../linkage/registry/zone.ts";
import type { Outlines } from "./outlines-file.ts";
import { simplified } from "./simplified.ts";

const Collection = z.object({
  type: z.literal("FeatureCollection", "must be a GeoJSON FeatureCollection (RFC 7946)"),
  features: z
    .array(z.object({ properties: z.record(z.string(), z.unknown()).nullable(), geometry: z.unknown() }))
    .min(1, "holds no feature"),
});

export type OutlinesRead =
  | { readonly ok: true; readonly outlines: Outlines }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Communes of a GeoJSON file, simplified for the map.
 *
 * @param nameProperty which property of a feature holds the commune's name
 * @returns every problem with the number of its feature, counted from 1
 */
export function readOutlinesFrom(
  text: string,
  { nameProperty, source }: { readonly nameProperty: string; readonly source: string },
): OutlinesRead {
  const parsed = Collection.safeParse(jsonOrText(text));
  if (!parsed.success)
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`),
    };
  const problems: string[] = [];
  const communes = parsed.data.features.flatMap(({ properties, geometry }, at) => {
    const name = properties?.[nameProperty];
    const shape = Geometry.safeParse(geometry);
    const told = (problem: string) => problems.push(`feature ${at + 1}: ${problem}`);
    if (typeof name !== "string" || name.trim() === "")
      told(`has no property "${nameProperty}"; it has ${Object.keys(properties ?? {}).join(", ") || "none"}`);
    if (!shape.success) told(`geometry: ${shape.error.issues[0]?.message ?? "is no polygon"}`);
    if (typeof name !== "string" || !shape.success) return [];
    const { data } = shape;
    const polygons = data.type === "Polygon" ? [data.coordinates] : data.coordinates;
    return [{ name: name.trim().normalize("NFC"), polygons: simplified(polygons) }];
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, outlines: { source, communes } };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
