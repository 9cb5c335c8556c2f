import { HeldWatcher } from "./held-watcher.ts";
import { type Level, LevelsWatcher, toldBy } from "./levels.ts";
import { boundsOf, type OneLimit } from "./one-limit.ts";
import type { ReadingRule, Saved } from "./rule.ts";
import { readingRule, type Seasonal } from "./rule-fields.ts";
import { type Transform, TransformedWatcher } from "./transformed-watcher.ts";

/** A rule that holds something made of the readings against limits. Without an armed level it is itself unarmed. */
export function transformedRule<Limits extends OneLimit>(
  config: Seasonal,
  levels: readonly Level<Limits>[],
  parts: {
    /** What decides beside the limits of the levels. */
    readonly judgedBy: readonly unknown[];
    readonly quantity: string;
    readonly takes?: readonly string[];
    /** How long it must be beyond the limits of a level. */
    forMsOf(limits: Limits): number;
    transform(saved: Saved | null): Transform;
  },
): ReadingRule {
  const bounds = levels.map(({ limits }) => boundsOf(limits, parts.forMsOf(limits)));
  const begin = (held: Saved | null) =>
    new LevelsWatcher(levels, (at, saved) => new HeldWatcher(bounds[at]!, saved), held);
  return readingRule(
    { ...config, enabled: config.enabled && levels.length > 0 },
    {
      ...parts,
      ...toldBy(levels),
      judgedBy: [parts.judgedBy, levels.map(({ severity, limits }) => [severity, limits])],
      watch: (saved) => new TransformedWatcher(parts.transform, begin, saved),
    },
  );
}
