import { z } from "zod";
import { bothOrNone, bothOrNoneRule, CommuneCode, Id, Label, Latitude, Longitude } from "./fields.ts";

export const placeKinds = ["parcel", "pond", "shed"] as const;
export type PlaceKind = (typeof placeKinds)[number];

export const PlaceFields = z
  .strictObject({
    id: Id,
    kind: z.enum(placeKinds),
    name: Label.min(1, "must not be empty"),
    communeCode: CommuneCode.nullable()
      .default(null)
      .describe("Of the General Statistics Office; text, for its zeros."),
    communeName: Label.nullable().default(null),
    linkageModel: Id.nullable().default(null).describe("The linkage model it takes part in."),
    areaHa: z.number().positive().max(100_000).nullable().default(null),
    latitude: Latitude,
    longitude: Longitude,
  })
  .refine(bothOrNone, bothOrNoneRule);

export type NewPlace = z.input<typeof PlaceFields>;

/** A parcel, pond or shed: where devices stand. */
export interface Place extends Readonly<z.output<typeof PlaceFields>> {
  readonly addedAtMs: number;
  readonly removedAtMs: number | null;
}

export type PlacePatch = Partial<Omit<z.output<typeof PlaceFields>, "id">>;

export const placeFields = [
  "id",
  "kind",
  "name",
  "communeCode",
  "communeName",
  "linkageModel",
  "areaHa",
  "latitude",
  "longitude",
  "addedAtMs",
  "removedAtMs",
] as const satisfies readonly (keyof Place)[];
