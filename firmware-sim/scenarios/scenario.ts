import { z } from "zod";
import { soilTextures } from "../../agronomy/index.ts";
import { startOfDateMs } from "../../calendar/index.ts";
import { quantityOf } from "../../devices/index.ts";
import { trouble } from "../faults/trouble.ts";
import { siteKinds } from "../world/kinds.ts";
import { parcelCrops } from "../world/soil/crop-season.ts";

/*
 * A scenario is a file: who lives where, what the sky does, what goes wrong, what people do, which rules watch, and what the
 * picture shows. Times are counted from its start: `3d4h30m`.
 */

const units = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;

/** A time span, or a time since the start, as people write it. */
export const span = z
  .string()
  .regex(/^(\d+d)?(\d+h)?(\d+m)?$/, "must be days, hours and minutes, such as `3d4h30m`")
  .refine((text) => text !== "", "must be days, hours and minutes, such as `3d4h30m`")
  .transform((text) =>
    [...text.matchAll(/(\d+)([dhm])/g)].reduce(
      (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
      0,
    ),
  );

const texts = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
const name = z.string().min(1);
const positive = z.number().positive();
const quantity = z
  .string()
  .refine((known) => quantityOf(known) !== undefined, "is not in the catalogue of quantities");

const node = z.strictObject({
  id: name.optional(),
  model: name.default("node").describe("`node` speaks MQTT itself; else a LoRaWAN model such as `lse01`."),
  every: span.prefault("20m"),
  flashItems: z.number().int().positive().optional(),
});

const place = z
  .strictObject({
    name,
    kind: z.enum(siteKinds as [string, ...string[]]),
    at: z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]).optional(),
    tended: z.boolean().default(true).describe("Whether somebody irrigates, aerates, shuts the gate."),
    crop: z.enum(parcelCrops as [string, ...string[]]).optional(),
    texture: z.enum(Object.keys(soilTextures) as [string, ...string[]]).optional(),
    practice: z.enum(["awd", "flooded"]).optional(),
    stock: z.enum(["shrimp", "fish"]).optional(),
    stockKgHa: positive.optional(),
    depthM: positive.optional(),
    salinity: z.number().nonnegative().optional(),
    animal: z.enum(["broiler", "pig", "dairy"]).optional(),
    heads: positive.optional(),
    ageDays: z.number().nonnegative().optional(),
    seaKm: positive.optional(),
    nodes: z.array(node).default([]),
  })
  .describe("A place, and the nodes in it.");
export type ScenarioPlace = z.infer<typeof place>;

const commune = z.strictObject({
  name,
  at: z
    .tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)])
    .describe("Degrees north and east."),
  gateways: z.array(name).default([]),
  places: z.array(place).min(1),
});

const during = { from: span, for: span };
const sky = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("typhoon"), landfall: span, latitude: z.number(), windMs: positive }),
  z.strictObject({ kind: z.literal("drought"), ...during }),
  z.strictObject({ kind: z.literal("foehn"), ...during, highC: z.number() }),
  z.strictObject({ kind: z.literal("cold-spell"), ...during, meanC: z.number() }),
  z.strictObject({ kind: z.literal("heavy-rain"), ...during, mm: positive }),
  z.strictObject({ kind: z.literal("overcast"), ...during }),
]);
export type ScenarioSky = z.infer<typeof sky>;

const deed = z.strictObject({
  place: name,
  at: span,
  put: z.record(z.string(), z.number()).optional(),
  switchOn: name.optional(),
  for: span.optional(),
});
export type ScenarioDeed = z.infer<typeof deed>;

const panel = z.strictObject({
  place: name,
  quantity,
  device: name.optional().describe("Whose readings are shown. Default: the place's first node."),
});

export const scenario = z.strictObject({
  title: texts,
  story: texts.describe("What happens, in two or three sentences."),
  seed: z.number().int().default(1),
  start: z.iso.date().describe("The first day, from midnight in Viet Nam."),
  lasts: span,
  communes: z.array(commune).min(1),
  sky: z.array(sky).default([]),
  climateEvents: z.boolean().default(false).describe("Whether typhoons and foehn come by climate, too."),
  troubles: z.array(z.looseObject({ kind: name })).default([]),
  deeds: z.array(deed).default([]),
  rules: z.array(z.looseObject({ name })).default([]).describe("As in a file of rules."),
  plot: z.array(panel).min(1),
  expect: z
    .array(
      z.strictObject({
        rule: name,
        device: name.describe("A node's id, or a gateway's name."),
        times: z.number().int().nonnegative(),
      }),
    )
    .default([])
    .describe("What the story says: the run fails when it does not come true."),
});
export type Scenario = z.infer<typeof scenario>;

/** Midnight of the scenario's first day in Viet Nam. */
export function startOf({ start }: Scenario): number {
  return startOfDateMs(start);
}

export interface TroubleComplaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The scenario's troubles, with their times made absolute, or what is wrong with them. */
export function troublesOf({ troubles, ...rest }: Scenario) {
  const startMs = startOf({ troubles, ...rest });
  return troubles.map((written, index) => {
    const timed = withTimes(written, startMs);
    const parsed = "message" in timed ? null : trouble.safeParse(timed.value);
    const complaints: TroubleComplaint[] =
      "message" in timed
        ? [{ path: ["troubles", index, timed.key], message: timed.message }]
        : (parsed?.error?.issues ?? []).map(({ path, message }) => ({
            path: ["troubles", index, ...(path as string[])],
            message,
          }));
    return { trouble: parsed?.data ?? null, complaints };
  });
}

/** `from`, `for` and `at` become `fromMs`, `toMs` and `atMs`; `every`, `latency` likewise. */
function withTimes(
  { from, for: lasts, at, every, latency, ...written }: Record<string, unknown>,
  startMs: number,
): { readonly value: object } | { readonly key: string; readonly message: string } {
  const times: Record<string, number> = {};
  for (const [key, text] of Object.entries({ from, for: lasts, at, every, latency })) {
    if (text === undefined) continue;
    const parsed = span.safeParse(text);
    if (!parsed.success) return { key, message: parsed.error.issues[0]!.message };
    times[key] = parsed.data;
  }
  if (times.for !== undefined && times.from === undefined)
    return { key: "for", message: "needs `from`, too" };
  return {
    value: {
      ...written,
      ...(times.from !== undefined && {
        fromMs: startMs + times.from,
        toMs: times.for === undefined ? Number.MAX_SAFE_INTEGER : startMs + times.from + times.for,
      }),
      ...(times.at !== undefined && { atMs: startMs + times.at }),
      ...(times.every !== undefined && { everyMs: times.every }),
      ...(times.latency !== undefined && { latencyMs: times.latency }),
    },
  };
}
