import type { Severity } from "../rules/index.ts";

/** So many times within an hour is coming and going, not happening. */
const mostFirings = 4;
const withinMs = 3_600_000;
/** What is critical is told again sooner. */
const quietMs: Readonly<Record<Severity, number>> = {
  info: 3_600_000,
  warning: 3_600_000,
  critical: 900_000,
};

/** When one rule fired on one device lately, and until when that is not told. Device time; plain JSON. */
export interface Firings {
  readonly quietUntilMs: number;
  readonly recentMs: readonly number[];
}

const none: Firings = { quietUntilMs: Number.MIN_SAFE_INTEGER, recentMs: [] };

export interface FlappingVerdict {
  readonly firings: Firings;
  /** It has just begun to flap: that is told, once. */
  readonly flaps: boolean;
  /** Nothing is told before this time; null: it is told. */
  readonly quietUntilMs: number | null;
}

/** Takes one more firing. The same firings in the same order give the same verdicts. */
export function afterFiring(firings: Firings | undefined, atMs: number, severity: Severity): FlappingVerdict {
  const { quietUntilMs, recentMs } = firings ?? none;
  const recent = [...recentMs.filter((ms) => ms > atMs - withinMs && ms <= atMs), atMs].slice(-mostFirings);
  if (atMs < quietUntilMs) {
    return { firings: { quietUntilMs, recentMs: recent }, flaps: false, quietUntilMs };
  }
  const flaps = recent.length >= mostFirings;
  const untilMs = flaps ? atMs + quietMs[severity] : quietUntilMs;
  return {
    firings: { quietUntilMs: untilMs, recentMs: recent },
    flaps,
    quietUntilMs: flaps ? untilMs : null,
  };
}
