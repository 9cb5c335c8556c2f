import { z } from "zod";

/** Bodies about rules. Times are milliseconds since 1970 UTC. */

const Texts = z.object({ vi: z.string(), en: z.string() });
const Severity = z.enum(["info", "warning", "critical"]);
const Ms = z.number().int();

const ArmingWord = z.object({
  armed: z.boolean().nullable().describe("Null: left to the configuration again."),
  who: z.string().describe("Name of who said it."),
  atMs: Ms,
  reason: z.string().nullable(),
});

export const ArmingHistory = z
  .object({ words: z.array(ArmingWord).describe("Oldest first.") })
  .meta({ id: "ArmingHistory" });
export type ArmingHistoryAnswer = z.infer<typeof ArmingHistory>;

export const ArmingInput = z
  .strictObject({
    armed: z
      .boolean()
      .nullable()
      .describe("True arms it, false disarms it, null leaves it to the configuration again."),
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .describe("Needed to arm a rule whose limit is not confirmed: why it holds here."),
  })
  .meta({ id: "ArmingInput" });

export const ByRule = z.strictObject({ rule: z.string().min(1).max(100) });

const RuleInfo = z
  .object({
    name: z.string(),
    kind: z.string(),
    severity: Severity.describe("The worst that it can tell."),
    quantity: z.string().nullable().describe("Null for rules about silence."),
    armed: z
      .boolean()
      .describe("Whether it holds now: by the last word on it, else as the configuration says."),
    arming: z
      .object({
        configured: z
          .boolean()
          .describe("What the configuration says; false where the limit is not confirmed."),
        lapsed: z
          .boolean()
          .describe("It was armed with another limit than it has now, so the configuration's word holds."),
        word: ArmingWord.nullable().describe("The last word on it; null: nobody has said anything."),
      })
      .nullable()
      .describe("Null for rules that are not of this installation."),
    title: Texts.describe("With placeholders such as {value}."),
    advice: Texts,
    levels: z
      .array(
        z.object({
          severity: Severity,
          armed: z.boolean(),
          when: Texts.describe("Its limit in words, with units: below 3 mg/l for 30 minutes."),
          source: z.string().nullable().describe("Where the limit comes from."),
          actWithinMs: Ms.nullable().describe("By when it is to be acted on, where the rule says so."),
        }),
      )
      .describe("The worst first."),
    watches: z
      .object({
        devices: z.number().int(),
        places: z.array(z.object({ id: z.string(), name: z.string() })),
      })
      .describe("What of all that you may see it concerns now, and measures what it asks for."),
  })
  .meta({ id: "RuleInfo" });
export type RuleInfo = z.infer<typeof RuleInfo>;

export const RuleList = z
  .object({ rules: z.array(RuleInfo).describe("Those of this installation, armed or not.") })
  .meta({ id: "RuleList" });
export type RuleListAnswer = z.infer<typeof RuleList>;

export const PackList = z
  .object({
    packs: z.array(z.object({ name: z.string(), about: Texts.nullable(), rules: z.array(RuleInfo) })),
  })
  .meta({ id: "PackList" });
export type PackList = z.infer<typeof PackList>;

const asked = ["pack", "text", "here"] as const;

export const RulesTest = z
  .strictObject({
    pack: z.string().optional().describe("Name of a pack; or …"),
    text: z.string().max(200_000).optional().describe("… the text of a file of rules; or …"),
    here: z.literal(true).optional().describe("… the rules of this installation."),
    rule: z.array(z.string()).min(1).optional().describe("Only these rules of it."),
    device: z.array(z.string()).min(1).optional().describe("Only these devices; all that you may see."),
    fromMs: Ms,
    toMs: Ms.describe("Exclusive."),
    language: z.enum(["vi", "en"]).default("vi").describe("Of the plot."),
  })
  .refine((body) => asked.filter((name) => body[name] !== undefined).length === 1, {
    error: "one of the name of a pack, the text of a file, and `here` is needed",
    path: ["pack"],
  })
  .refine(({ fromMs, toMs }) => fromMs < toMs, { error: "must be later than fromMs", path: ["toMs"] });
export type RulesTest = z.infer<typeof RulesTest>;

export const RulesTestAnswer = z
  .object({
    readings: z.number().int().describe("So many were gone through."),
    devices: z.number().int().describe("Devices with readings that any of the rules concerned."),
    words: Texts.describe(
      "All in all: would have fired 14 times, 11 at night, 3 of them within a probe fault.",
    ),
    rules: z.array(
      RuleInfo.extend({
        fired: z.number().int(),
        atNight: z.number().int().describe("From 18:00 to 06:00 in Vietnam."),
        withinProbeFault: z.number().int(),
        words: Texts,
      }),
    ),
    leftOut: z.array(z.string()).describe("Rules about silence, which cannot be tested."),
    episodes: z
      .array(
        z.object({
          rule: z.string(),
          device: z.string(),
          quantity: z.string(),
          severity: Severity,
          sinceMs: Ms,
          firedAtMs: Ms,
          endedAtMs: Ms.nullable(),
          value: z.number().nullable(),
          limit: z.number().nullable(),
          atNight: z.boolean(),
          withinProbeFault: z.boolean(),
        }),
      )
      .describe("At most 1,000, the first ones."),
    plot: z
      .object({ device: z.string(), quantity: z.string(), svg: z.string() })
      .nullable()
      .describe("Of the device of which most is to be seen; null when nothing fired."),
  })
  .meta({ id: "RulesTestAnswer" });
export type RulesTestAnswer = z.infer<typeof RulesTestAnswer>;
