import { z } from "zod";
import { isTopicFilter } from "../topics.ts";
import { Id } from "./fields.ts";

const Filters = z
  .array(z.string().refine(isTopicFilter, "must be an MQTT topic filter such as canhdong/v1/+/telemetry"))
  .max(100)
  .readonly()
  .default([]);

export const ServiceFields = z.strictObject({
  name: Id,
  publish: Filters.describe("Topic filters it may publish under; wildcards allowed."),
  subscribe: Filters.describe("Topic filters it may subscribe to; wildcards allowed."),
});

export type NewService = z.input<typeof ServiceFields>;

/** A program, not a device, that talks to the broker: a dashboard, a bridge. */
export interface Service extends Readonly<z.output<typeof ServiceFields>> {
  readonly addedAtMs: number;
}

export type ServicePatch = Partial<Omit<z.output<typeof ServiceFields>, "name">>;

export const serviceFields = [
  "name",
  "publish",
  "subscribe",
  "addedAtMs",
] as const satisfies readonly (keyof Service)[];
