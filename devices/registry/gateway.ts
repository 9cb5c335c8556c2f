import { z } from "zod";
import { bothOrNone, bothOrNoneRule, Id, Label, Latitude, Longitude } from "./fields.ts";

export const GatewayFields = z
  .strictObject({
    id: Id.describe("For LoRaWAN its EUI, in lower case."),
    label: Label.default(""),
    latitude: Latitude,
    longitude: Longitude,
  })
  .refine(bothOrNone, bothOrNoneRule);

export type NewGateway = z.input<typeof GatewayFields>;

/** What passes uplinks on from the radio to the network. */
export interface Gateway extends Readonly<z.output<typeof GatewayFields>> {
  readonly addedAtMs: number;
  readonly removedAtMs: number | null;
}

export type GatewayPatch = Partial<Omit<z.output<typeof GatewayFields>, "id">>;

export const gatewayFields = [
  "id",
  "label",
  "latitude",
  "longitude",
  "addedAtMs",
  "removedAtMs",
] as const satisfies readonly (keyof Gateway)[];
