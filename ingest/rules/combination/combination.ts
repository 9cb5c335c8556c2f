import { z } from "zod";
import { type Bounds, HeldWatcher } from "../held-watcher.ts";
import { boundsOf } from "../one-limit.ts";
import type { Saved, Severity, Watcher } from "../rule.ts";
import { readingRule, ruleFields, spanMs, toldFields } from "../rule-fields.ts";
import { type Condition, condition, type Leaf, leavesOf, truthOf } from "./condition.ts";

const usuallyWithinMs = 3_600_000;

/** Fires when several limits are passed together, or some without the others. */
export const combination = z
  .strictObject({
    kind: z.literal("combination"),
    ...ruleFields,
    ...toldFields,
    when: condition,
    withinMs: spanMs
      .positive()
      .default(usuallyWithinMs)
      .describe("A reading so much older than the newest of the others is not known any more."),
    forMs: spanMs.default(0).describe("Fires only when it has been so over this time of the device's clock."),
  })
  .transform((config) => {
    const { when, withinMs, forMs, severity } = config;
    const leaves = leavesOf(when);
    const bounds = leaves.map((leaf) => boundsOf(leaf, leaf.forMs ?? 0));
    return readingRule(config, {
      severity,
      told: () => config,
      judgedBy: [when, withinMs, forMs],
      quantity: leaves[0]!.quantity,
      takes: [...new Set(leaves.map(({ quantity }) => quantity))],
      watch: (saved) => new CombinedWatcher({ when, leaves, bounds, withinMs, forMs, severity }, saved),
    });
  });

interface Combined {
  readonly when: Condition;
  readonly leaves: readonly Leaf[];
  readonly bounds: readonly Bounds[];
  readonly withinMs: number;
  readonly forMs: number;
  readonly severity: Severity;
}

interface Newest {
  readonly atMs: number;
  readonly value: number;
}

/** Watches each limit by itself, and what they come to together. People are told of the quantity that stands first. */
class CombinedWatcher implements Watcher {
  readonly #parts: Combined;
  readonly #watchers: readonly HeldWatcher[];
  readonly #newest: Map<string, Newest>;
  #since: number | null;
  #firing: boolean;

  constructor(parts: Combined, saved: Saved | null) {
    this.#parts = parts;
    const [firing, since, held, newest] = (saved ?? [0, [], [], []]) as [
      number,
      number[],
      Saved[],
      number[][],
    ];
    this.#firing = firing === 1;
    this.#since = since[0] ?? null;
    this.#watchers = parts.leaves.map(
      (_, at) => new HeldWatcher(parts.bounds[at]!, held[at]?.length ? held[at] : null),
    );
    this.#newest = new Map(
      newest.map(([at, atMs, value]) => [parts.leaves[at!]!.quantity, { atMs: atMs!, value: value! }]),
    );
  }

  judge(measuredAtMs: number, value: number, quantity: string): Severity | null {
    const { leaves, when, forMs, severity } = this.#parts;
    this.#newest.set(quantity, { atMs: measuredAtMs, value });
    leaves.forEach((leaf, at) => {
      if (leaf.quantity === quantity) this.#watchers[at]!.judge(measuredAtMs, value);
    });
    const truth = truthOf(when, (leaf) => this.#truthOf(leaf));
    const nowMs = this.#newestMs;
    // What is not known to be so any more is no alert: the quantity that would end it may never be heard again.
    if (truth !== true) this.#since = null;
    else if (this.#since === null || this.#since > nowMs) this.#since = nowMs;
    this.#firing = this.#since !== null && (this.#firing || nowMs - this.#since >= forMs);
    return this.#firing ? severity : null;
  }

  #truthOf(leaf: Leaf): boolean | null {
    const newest = this.#newest.get(leaf.quantity);
    if (newest === undefined || newest.atMs < this.#newestMs - this.#parts.withinMs) return null;
    return this.#watchers[this.#parts.leaves.indexOf(leaf)]!.firing;
  }

  get #newestMs(): number {
    let newestMs = Number.NEGATIVE_INFINITY;
    for (const { atMs } of this.#newest.values()) newestMs = Math.max(newestMs, atMs);
    return newestMs;
  }

  get judged(): number {
    return this.#newest.get(this.#parts.leaves[0]!.quantity)?.value ?? Number.NaN;
  }

  get limit(): number {
    return this.#watchers[0]!.limit;
  }

  get sinceMs(): number {
    return this.#since ?? 0;
  }

  save(): Saved {
    const quantities = this.#parts.leaves.map(({ quantity }) => quantity);
    return [
      this.#firing ? 1 : 0,
      this.#since === null ? [] : [this.#since],
      this.#watchers.map((watcher) => watcher.save() ?? []),
      [...this.#newest].map(([quantity, { atMs, value }]) => [quantities.indexOf(quantity), atMs, value]),
    ];
  }
}
