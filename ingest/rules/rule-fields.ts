import { createHash } from "node:crypto";
import { z } from "zod";
import { quantityOf } from "../../devices/index.ts";
import { type Severity, type Standing, severities } from "./rule.ts";
import { inScope, type Scope, scope } from "./scope.ts";
import { type Texts, texts } from "./texts.ts";

/** A name that is at home in a URL, a metric label and an MQTT topic. */
export const ruleName = z
  .string()
  .regex(
    /^[a-z0-9]+([.-][a-z0-9]+)*$/,
    "must be small letters, digits, dots and hyphens, such as `soil-dry.coffee`",
  )
  .max(80);

/** What every kind of rule is configured with. */
export const ruleFields = {
  name: ruleName.describe("Unique; alerts carry it."),
  severity: z.enum(severities),
  scope: scope.default("all"),
  title: texts.describe("What happened. May say {value}, {limit}, {device}, {place}, {since}."),
  advice: texts.describe("What to do. May say the same."),
  enabled: z.boolean().default(true),
};

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

interface Fields {
  readonly name: string;
  readonly enabled: boolean;
  readonly severity: Severity;
  readonly scope: Scope;
  readonly title: Texts;
  readonly advice: Texts;
}

/**
 * The part of a running rule that is the same for every kind.
 * @param judgedBy everything that decides when the rule fires
 */
export function commonParts(
  { name, enabled, severity, scope, title, advice }: Fields,
  judgedBy: readonly unknown[],
) {
  return {
    name,
    enabled,
    severity,
    title,
    advice,
    fingerprint: createHash("sha256")
      .update(JSON.stringify([severity, ...judgedBy]))
      .digest("hex")
      .slice(0, 16),
    concerns: (device: string, standing: Standing) => inScope(scope, device, standing),
  };
}

/** Complains of a limit that parts no believable values: the rule could never fire, or never rest. */
export function complainWhenUnreachable(
  { quantity, above, below }: { quantity: string; above?: number | undefined; below?: number | undefined },
  context: z.core.$RefinementCtx,
): void {
  const declared = quantityOf(quantity);
  if (!declared) return;
  const { min, max } = declared.plausible;
  const believed = `what is believed of ${quantity} (${min} to ${max} ${declared.symbol})`;
  if (above !== undefined && (above >= max || above < min))
    context.addIssue({ code: "custom", path: ["above"], message: `${above} lies outside ${believed}` });
  if (below !== undefined && (below <= min || below > max))
    context.addIssue({ code: "custom", path: ["below"], message: `${below} lies outside ${believed}` });
}
