import { z } from "zod";
import { crops, soilTextures } from "../agronomy/index.ts";
import type { Device, Place } from "../devices/index.ts";
import type { Surroundings } from "../ingest/derived/index.ts";
import { localDateMs } from "../ingest/local-day.ts";

const word = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be small letters, digits and hyphens, such as `rice`")
  .max(60);

/** What grows or lives at a place, and in what soil: what the registry does not know, and rules and derived quantities ask for. */
export const placeFacts = z.strictObject({
  crop: word
    .nullable()
    .default(null)
    .describe("rice, coffee-bare-ground, tea, shrimp, pig … Of FAO-56's crops the roots and Kc are known."),
  stages: z
    .array(z.strictObject({ stage: word, from: z.iso.date("must be a date, such as 2026-06-10") }))
    .default([])
    .describe("How far it is, from each date on: early, tillering, flowering, ripening …"),
  soilTexture: z
    .enum(Object.keys(soilTextures) as [keyof typeof soilTextures])
    .nullable()
    .default(null),
  rootDepthM: z.number().positive().max(5).nullable().default(null),
  altitudeM: z.number().min(-10).max(3500).nullable().default(null),
});
export type PlaceFacts = z.infer<typeof placeFacts>;

/** The stage on this day; null before the first one. */
export function stageAt({ stages }: PlaceFacts, atMs: number): string | null {
  const begun = stages.filter(({ from }) => localDateMs(from) <= atMs);
  return begun.toSorted((one, other) => one.from.localeCompare(other.from)).at(-1)?.stage ?? null;
}

/** What derived quantities have to know of where a device stands. Its own coordinates count before those of its place. */
export function surroundingsAt(
  device: Pick<Device, "latitude" | "longitude">,
  place: Place | undefined,
  facts: PlaceFacts | undefined,
): Surroundings {
  const located = device.latitude === null ? place : device;
  const crop = facts?.crop ?? null;
  return {
    place: place?.id ?? null,
    placeKind: place?.kind ?? null,
    latitudeDeg: located?.latitude ?? null,
    longitudeDeg: located?.longitude ?? null,
    altitudeM: facts?.altitudeM ?? null,
    soilTexture: facts?.soilTexture ?? null,
    crop: crop !== null && crop in crops ? (crop as keyof typeof crops) : null,
    rootDepthM: facts?.rootDepthM ?? null,
  };
}
