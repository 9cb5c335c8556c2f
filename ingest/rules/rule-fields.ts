import { createHash } from "node:crypto";
import { z } from "zod";
import { quantityOf } from "../../devices/index.ts";
import { actWithinMs, type Level, LevelsWatcher, type LevelWatcher, toldBy } from "./levels.ts";
import { type ReadingRule, type Saved, type Standing, severities, type Watcher } from "./rule.ts";
import { inScope, type Scope, scope } from "./scope.ts";
import { inSeason, type Season, season } from "./season.ts";
import { termsOf } from "./terms.ts";
import { texts } from "./texts.ts";

/** A name that is at home in a URL, a metric label and an MQTT topic. */
export const ruleName = z
  .string()
  .regex(
    /^[a-z0-9]+([.-][a-z0-9]+)*$/,
    "must be small letters, digits, dots and hyphens, such as `soil-dry.coffee`",
  )
  .max(80);

const common = {
  name: ruleName.describe("Unique; alerts carry it."),
  scope: scope.default("all"),
  enabled: z.boolean().default(true).describe("false: unarmed; checked, and left out."),
};

/** What every kind of rule about readings is configured with. */
export const ruleFields = {
  ...common,
  season: season.optional().describe("When it holds: a part of each year, or a span of dates."),
};

/** What people are told by a rule of one severity. */
export const toldFields = {
  severity: z.enum(severities),
  title: texts.describe("What happened. May say {value}, {limit}, {device}, {place}, {since}."),
  advice: texts.describe("What to do. May say the same."),
  actWithinMs: actWithinMs.optional(),
  source: z.string().trim().min(1).optional().describe("Where the limit comes from."),
};

/** What a rule about silence is configured with: it has no season, for a device should speak all the year. */
export const silenceFields = { ...common, ...toldFields };

/** The quantity a rule looks at; its limits are in the unit that the catalogue gives it. */
export const watchedQuantity = z.string().superRefine((name, context) => {
  if (quantityOf(name)) return;
  context.addIssue({ code: "custom", message: `\`${name}\` is not in the catalogue of quantities` });
});

/** A time span in whole milliseconds, at most what a year holds. */
export const spanMs = z
  .number()
  .int()
  .nonnegative()
  .max(366 * 24 * 3_600_000);

interface Common {
  readonly kind: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly scope: Scope;
}

/**
 * The part of a running rule that is the same for every kind.
 * @param judgedBy everything that decides when the rule fires, and how bad it is
 */
export function commonParts(config: Common, judgedBy: readonly unknown[]) {
  const { kind, name, enabled, scope } = config;
  return {
    kind,
    name,
    enabled,
    terms: termsOf(config),
    fingerprint: createHash("sha256")
      .update(JSON.stringify([kind, ...judgedBy]))
      .digest("hex")
      .slice(0, 16),
    concerns: (device: string, standing: Standing) => inScope(scope, device, standing),
  };
}

/** What every rule about readings is configured with, whatever its kind. */
export interface Seasonal extends Common {
  readonly season?: Season | undefined;
}

/** A rule about readings. */
export function readingRule(
  config: Seasonal,
  parts: Pick<ReadingRule, "severity" | "told" | "quantity"> & {
    readonly judgedBy: readonly unknown[];
    /** Where it is not only the quantity that people are told of. */
    readonly takes?: readonly string[];
    watch(saved: Saved | null): Watcher;
  },
): ReadingRule {
  const { season } = config;
  const { severity, told, quantity, takes = [quantity], watch, judgedBy } = parts;
  return {
    ...commonParts(config, [takes, season, severity, judgedBy]),
    watches: "readings",
    severity,
    told,
    quantity,
    takes,
    watch: season === undefined ? watch : (saved) => inSeason(season, watch, saved),
  };
}

/** A rule about readings with a watcher for each of its levels. Without an armed level it is itself unarmed. */
export function levelledRule<Limits>(
  config: Seasonal,
  levels: readonly Level<Limits>[],
  parts: {
    /** What decides beside the limits of the levels. */
    readonly judgedBy?: readonly unknown[];
    readonly quantity: string;
    readonly takes?: readonly string[];
    /** Begins to watch by the level at this place in `levels`. */
    begin(at: number, saved: Saved | null): LevelWatcher;
  },
): ReadingRule {
  const byLevel = levels.map(({ severity, limits }) => [severity, limits]);
  return readingRule(
    { ...config, enabled: config.enabled && levels.some(({ enabled }) => enabled) },
    {
      ...parts,
      ...toldBy(levels),
      judgedBy: [byLevel, parts.judgedBy],
      watch: (saved) => new LevelsWatcher(levels, parts.begin, saved),
    },
  );
}
