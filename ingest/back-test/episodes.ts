import { type ReadingRule, type Severity, severities, type Watcher } from "../rules/index.ts";

/** One time that a rule fired on a device, from its first reading to the one that ended it. */
export interface Episode {
  readonly rule: string;
  readonly device: string;
  readonly quantity: string;
  /** The worst that it came to. */
  readonly severity: Severity;
  /** Device time since when it was so. */
  readonly sinceMs: number;
  /** Device time of the reading that fired it. */
  readonly firedAtMs: number;
  /** Device time of the reading that ended it; null when the history ends before. */
  readonly endedAtMs: number | null;
  /** What was judged when it fired; null when that is no number. */
  readonly value: number | null;
  readonly limit: number | null;
}

/** Runs one rule over one device's readings: the watcher is the one that watches the field. */
export class EpisodeRecorder {
  readonly rule: ReadingRule;
  readonly episodes: Episode[] = [];
  readonly #device: string;
  readonly #watcher: Watcher;
  /** Newest time judged, by quantity: what is not newer changes nothing, as in the field. */
  readonly #newestMs = new Map<string, number>();
  #open: Episode | null = null;

  constructor(rule: ReadingRule, device: string) {
    this.rule = rule;
    this.#device = device;
    this.#watcher = rule.watch(null);
  }

  take(measuredAtMs: number, value: number, quantity: string): void {
    if (!this.rule.takes.includes(quantity)) return;
    if (measuredAtMs <= (this.#newestMs.get(quantity) ?? Number.NEGATIVE_INFINITY)) return;
    this.#newestMs.set(quantity, measuredAtMs);
    const verdict = this.#watcher.judge(measuredAtMs, value, quantity);
    if (verdict === null) this.#end(measuredAtMs);
    else if (this.#open === null) this.#open = this.#begin(measuredAtMs, verdict);
    else this.#open = { ...this.#open, severity: worse(this.#open.severity, verdict) };
  }

  /** What still fires when there is nothing more to read has no end. */
  close(): readonly Episode[] {
    this.#end(null);
    return this.episodes;
  }

  /** The device stands elsewhere now, where the rule does not hold. */
  leave(atMs: number): readonly Episode[] {
    this.#end(atMs);
    return this.episodes;
  }

  #begin(firedAtMs: number, severity: Severity): Episode {
    const { sinceMs, judged, limit } = this.#watcher;
    const { name, quantity } = this.rule;
    const value = Number.isFinite(judged) ? judged : null;
    return {
      rule: name,
      device: this.#device,
      quantity,
      severity,
      sinceMs,
      firedAtMs,
      endedAtMs: null,
      value,
      limit,
    };
  }

  #end(endedAtMs: number | null): void {
    if (this.#open === null) return;
    this.episodes.push({ ...this.#open, endedAtMs });
    this.#open = null;
  }
}

function worse(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) > severities.indexOf(other) ? one : other;
}
