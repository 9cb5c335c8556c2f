import { z } from "zod";
import { type Saved, type Severity, severities, type Told, type Watcher, worst } from "./rule.ts";
import { type Texts, texts } from "./texts.ts";

/*
 * One rule may know several levels of the same trouble, each with its own limit and its own words: where a published table
 * overlaps, the worst level that holds is told. A rule with one limit of its own is a rule of one level.
 */

/** By when something is to be done, where the source of the rule says so. */
export const actWithinMs = z
  .number()
  .int()
  .min(60_000)
  .max(366 * 24 * 3_600_000)
  .describe("To be done within this time of its firing. Left out: as soon as the severity says.");

/** What people are told; a rule may leave it to its levels, and a level to its rule. */
const words = {
  title: texts.optional().describe("What happened. May say {value}, {limit}, {device}, {place}, {since}."),
  advice: texts.optional().describe("What to do. May say the same."),
  actWithinMs: actWithinMs.optional(),
};

const source = z
  .string()
  .trim()
  .min(1)
  .optional()
  .describe("Where the limit comes from: publication, decision, or whose proposal.");

const level = {
  ...words,
  severity: z.enum(severities),
  source,
  enabled: z.boolean().default(true).describe("false: unarmed, as long as the limit is not confirmed."),
};

/** What a kind of rule with levels is configured with: its limits in the rule itself, or in each of `levels`. */
export function levelFields<Limits extends z.ZodRawShape>(limits: Limits) {
  return {
    ...words,
    source,
    severity: z.enum(severities).optional(),
    ...limits,
    levels: z
      .array(z.strictObject({ ...level, ...limits }))
      .min(1)
      .optional()
      .describe("Several limits, each of another severity; then the rule has none of its own."),
  };
}

interface Words {
  readonly title?: Texts | undefined;
  readonly advice?: Texts | undefined;
  readonly actWithinMs?: number | undefined;
}

interface Configured extends Words {
  readonly severity?: Severity | undefined;
  readonly levels?: readonly (Words & { severity: Severity; enabled: boolean })[] | undefined;
}

/** A level as the rule runs it. */
export interface Level<Limits> extends Told {
  readonly severity: Severity;
  readonly enabled: boolean;
  readonly limits: Limits;
}

/**
 * Complains of levels that are incomplete or contradict each other, and of limits by the kind's own `check`.
 * @param limits names of the kind's limits
 * @param check complains of one level's limits; its paths begin at the level
 */
export function checkLevels<Config extends Configured, Limit extends keyof Config & string>(
  config: Config,
  context: z.core.$RefinementCtx,
  limits: readonly Limit[],
  check: (limits: Pick<Config, Limit>, complain: (message: string, ...path: string[]) => void) => void,
): void {
  const complain = (message: string, ...path: (string | number)[]) =>
    context.addIssue({ code: "custom", path, message });
  if (!config.levels) {
    if (config.severity === undefined) complain(`must be one of ${severities.join(", ")}`, "severity");
    checkWords(config, config, complain);
    check(config, complain);
    return;
  }
  for (const name of ["severity", ...limits] as const) {
    if (config[name] !== undefined) complain("stands in each of the levels when there are levels", name);
  }
  config.levels.forEach((each, at) => {
    const complainOfLevel = (message: string, ...path: string[]) => complain(message, "levels", at, ...path);
    if (config.levels!.findIndex(({ severity }) => severity === each.severity) < at)
      complainOfLevel(`\`${each.severity}\` is already another level`, "severity");
    checkWords(each, config, complainOfLevel);
    check(each as unknown as Pick<Config, Limit>, complainOfLevel);
  });
}

function checkWords(own: Words, shared: Words, complain: (message: string, ...path: string[]) => void): void {
  if (!(own.title ?? shared.title)) complain("is missing; what happened, in `vi` and `en`", "title");
  if (!(own.advice ?? shared.advice)) complain("is missing; what to do, in `vi` and `en`", "advice");
}

/** The levels that are armed, the worst first; where none is, all of them, for whoever arms the rule as a whole. Only of what `checkLevels` found to be complete. */
export function levelsOf<Config extends Configured, Limit extends keyof Config & string>(
  config: Config,
  limits: readonly Limit[],
): Level<Pick<Config, Limit>>[] {
  const { levels, severity } = config;
  const all = levels ?? [{ ...config, severity: severity!, enabled: true }];
  const armed = all.filter(({ enabled }) => enabled);
  return (armed.length > 0 ? armed : all)
    .map((each) => ({
      severity: each.severity,
      enabled: each.enabled,
      title: (each.title ?? config.title)!,
      advice: (each.advice ?? config.advice)!,
      actWithinMs: each.actWithinMs ?? config.actWithinMs,
      limits: Object.fromEntries(
        limits.map((name) => [name, (each as unknown as Config)[name]]),
      ) as unknown as Pick<Config, Limit>,
    }))
    .sort((one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity));
}

/** Names of a kind's limits, for `checkLevels` and `levelsOf`. */
export function namesOf<Limits extends object>(limits: Limits): (keyof Limits & string)[] {
  return Object.keys(limits) as (keyof Limits & string)[];
}

/** One level's memory of one device; a `Watcher` that knows no severities. */
export interface LevelWatcher extends Omit<Watcher, "judge" | "refuse"> {
  judge(measuredAtMs: number, value: number, quantity: string): boolean;
  readonly firing: boolean;
}

/** Tells the worst of the levels that fire. */
export class LevelsWatcher implements Watcher {
  readonly #levels: readonly { readonly severity: Severity; readonly watcher: LevelWatcher }[];
  #told: LevelWatcher;

  /**
   * @param levels the worst first
   * @param begin begins to watch by one level
   */
  constructor(
    levels: readonly { readonly severity: Severity }[],
    begin: (at: number, saved: Saved | null) => LevelWatcher,
    saved: Saved | null,
  ) {
    this.#levels = levels.map(({ severity }, at) => {
      const remembered = saved?.[at] as Saved | undefined;
      return { severity, watcher: begin(at, remembered?.length ? remembered : null) };
    });
    this.#told = (this.#levels.find(({ watcher }) => watcher.firing) ?? this.#levels[0]!).watcher;
  }

  /** What the last judgement came to. */
  get verdict(): Severity | null {
    return this.#levels.find(({ watcher }) => watcher.firing)?.severity ?? null;
  }

  judge(measuredAtMs: number, value: number, quantity: string): Severity | null {
    let verdict: Severity | null = null;
    for (const { severity, watcher } of this.#levels) {
      if (!watcher.judge(measuredAtMs, value, quantity) || verdict !== null) continue;
      verdict = severity;
      this.#told = watcher;
    }
    return verdict;
  }

  get judged(): number {
    return this.#told.judged;
  }

  get limit(): number | null {
    return this.#told.limit;
  }

  get sinceMs(): number {
    return this.#told.sinceMs;
  }

  save(): Saved | null {
    const saved = this.#levels.map(({ watcher }) => watcher.save());
    return saved.every((each) => each === null) ? null : saved.map((each) => each ?? []);
  }
}

/** The worst of the levels, and the words of each; of a severity that no level has, those of the next worse one. */
export function toldBy(levels: readonly (Told & { readonly severity: Severity })[]) {
  return {
    severity: worst(levels.map(({ severity }) => severity)) ?? ("info" as const),
    told: (severity: Severity): Told => {
      const { title, advice, actWithinMs } =
        levels.find((level) => level.severity === severity) ?? levels[0]!;
      return { title, advice, actWithinMs };
    },
  };
}
