import type { Severity } from "./rule.ts";
import type { Scope } from "./scope.ts";
import type { Season } from "./season.ts";

/** What a rule is made of, as it was written: for people who want to know what it does before they trust it. */
export interface RuleTerms {
  readonly scope: Scope;
  readonly season: Season | null;
  /** The worst first. */
  readonly levels: readonly LevelTerms[];
}

export interface LevelTerms {
  readonly severity: Severity;
  readonly armed: boolean;
  /** Where the limit comes from; null when nobody has said. */
  readonly source: string | null;
  readonly actWithinMs: number | null;
  /** What decides, by the names of the configuration: `below`, `forMs`, `of` … */
  readonly limits: Readonly<Record<string, unknown>>;
}

interface Configured {
  readonly enabled: boolean;
  readonly scope: Scope;
  readonly season?: Season | undefined;
}

/** What is written of a limit beside the numbers. */
interface Written {
  readonly severity: Severity;
  readonly enabled: boolean;
  readonly source?: string | undefined;
  readonly actWithinMs?: number | undefined;
}

const notLimits = new Set([
  ...["kind", "name", "enabled", "scope", "season", "quantity"],
  ...["severity", "title", "advice", "actWithinMs", "source", "levels"],
]);

/** @param config of any kind of rule, parsed: what a kind adds of its own is told as it stands there */
export function termsOf(config: Configured): RuleTerms {
  const written = config as Configured & Written & { readonly levels?: readonly Written[] | undefined };
  const levels = written.levels ?? [written];
  return {
    scope: config.scope,
    season: config.season ?? null,
    levels: levels
      .map((level) => ({
        severity: level.severity,
        armed: config.enabled && level.enabled,
        source: level.source ?? written.source ?? null,
        actWithinMs: level.actWithinMs ?? written.actWithinMs ?? null,
        limits: { ...limitsIn(written), ...limitsIn(level) },
      }))
      .sort((one, other) => rank[one.severity] - rank[other.severity]),
  };
}

const rank: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

function limitsIn(config: object): Record<string, unknown> {
  const own = Object.entries(config).filter(([name, value]) => !notLimits.has(name) && value !== undefined);
  return Object.fromEntries(own);
}
