import { crops, soilTextures } from "../agronomy/index.ts";
import type { Cultivation, Device, Place } from "../devices/index.ts";
import type { Surroundings } from "../ingest/derived/index.ts";

/** The textures of which agronomy knows how much water they hold. */
export const knownTextures = Object.keys(soilTextures) as [keyof typeof soilTextures];

/** What derived quantities have to know of where a device stands. Its own coordinates count before those of its place. */
export function surroundingsAt(
  device: Pick<Device, "latitude" | "longitude">,
  place: Place | undefined,
  grown: Cultivation | undefined,
): Surroundings {
  const located = device.latitude === null ? place : device;
  return {
    place: place?.id ?? null,
    placeKind: place?.kind ?? null,
    latitudeDeg: located?.latitude ?? null,
    longitudeDeg: located?.longitude ?? null,
    altitudeM: grown?.altitudeM ?? null,
    soilTexture: keyOf(soilTextures, grown?.soilTexture),
    // Of FAO-56's crops the roots and Kc are known; of shrimp there is nothing to reckon.
    crop: keyOf(crops, grown?.crop),
    rootDepthM: grown?.rootDepthM ?? null,
  };
}

function keyOf<Known extends object>(known: Known, word: string | null | undefined): keyof Known | null {
  return word != null && Object.hasOwn(known, word) ? (word as keyof Known) : null;
}
