import type { TruthAt } from "../farms/create-farm.ts";
import { keyOfValue, type ReceiptedValue, type Witness } from "./witness.ts";

/*
 * What the platform promises, held against what is true. Each check returns what it found broken, one line each; nothing here
 * knows how rules, journal or store work.
 */

/** A value as a store gives it back. */
export type StoredValue = ReceiptedValue;

/** An alert, as far as it must be true. */
export interface ToldAlert {
  readonly id: string;
  readonly rule: string;
  readonly device: string;
  readonly sinceMs: number;
  readonly firedAtMs: number;
  readonly resolvedAtMs: number | null;
}

/** An acknowledgement is a receipt, and what is stored once is there once. */
export function keptOnce(witness: Witness, stored: readonly StoredValue[]): string[] {
  const broken: string[] = [];
  const found = new Map<string, StoredValue>();
  for (const value of stored) {
    const key = keyOfValue(value);
    if (found.has(key)) broken.push(`stored twice: ${key}`);
    found.set(key, value);
    if (!witness.sent.has(key)) broken.push(`stored, but never sent: ${key}`);
  }
  for (const [key, { value }] of witness.receipted) {
    const kept = found.get(key);
    if (kept === undefined) broken.push(`acknowledged, but not stored: ${key}`);
    else if (kept.value !== value) broken.push(`acknowledged ${value}, but stored ${kept.value}: ${key}`);
  }
  return broken;
}

/**
 * Each value of a frame that a gateway heard is stored once, however many copies came.
 * @param untilMs until when the platform lived: what was sent in the last moment is still on its way
 */
export function framesKept(
  witness: Witness,
  stored: readonly Omit<StoredValue, "value">[],
  untilMs: number,
): string[] {
  const times = new Map<string, Set<number>>();
  for (const { device, quantity, measuredAtMs } of stored) {
    const key = `${device} ${quantity}`;
    const seen = times.get(key);
    if (seen === undefined) times.set(key, new Set([measuredAtMs]));
    else seen.add(measuredAtMs);
  }
  return [...witness.heardFrames].flatMap(([key, receivedAtMs]) => {
    const heard = receivedAtMs.filter((atMs) => atMs <= untilMs).length;
    const kept = times.get(key)?.size ?? 0;
    return kept === heard ? [] : [`${key}: ${heard} frames were heard, ${kept} values are stored`];
  });
}

/** How long a device may be silent, and how precisely that is known. */
export interface SilenceBounds {
  readonly limitMs: number;
  /** After a start the platform gives everybody a turn, and it looks every so often. */
  readonly slackMs: number;
  readonly untilMs: number;
}

/** Each silence is told once, in time, and none that was not. */
export function silencesTold(
  arrivals: readonly number[],
  alerts: readonly ToldAlert[],
  { limitMs, slackMs, untilMs }: SilenceBounds,
): string[] {
  const times = [...arrivals, untilMs];
  const gaps = arrivals.map((fromMs, i) => ({ fromMs, toMs: times[i + 1]! }));
  const long = gaps.filter(({ fromMs, toMs }) => toMs - fromMs > limitMs + slackMs);
  const missing = long
    .filter(({ fromMs }) => alerts.filter(({ sinceMs }) => sinceMs === fromMs).length !== 1)
    .map(({ fromMs, toMs }) => `silent from ${iso(fromMs)} to ${iso(toMs)}, not told once`);
  const causeless = alerts
    .filter(({ sinceMs }) => !gaps.some(({ fromMs, toMs }) => fromMs === sinceMs && toMs - fromMs >= limitMs))
    .map(({ device, sinceMs }) => `${device} was called silent since ${iso(sinceMs)}, and was not`);
  return [...missing, ...causeless];
}

/** A node behind a gateway: when it was heard, in order, and what was told of its own silence. */
export interface HeardNode {
  readonly heard: readonly number[];
  readonly alerts: readonly ToldAlert[];
}

export interface GatewayBounds extends SilenceBounds {
  /** How often each node behind it sends. */
  readonly everyMs: number;
  /** Fewer nodes behind a gateway say nothing of it. */
  readonly fewestDevices: number;
}

/**
 * The loss of a gateway is one alert, and none of those behind it is told besides. A loss is a time in which nobody was heard, after
 * each had its turn: where somebody had been silent before, or got through between two outages or by another gateway, either may be
 * told. Who stays silent for a whole interval after it is silent by itself.
 */
export function gatewayLossesTold(
  nodes: readonly HeardNode[],
  alerts: readonly ToldAlert[],
  { limitMs, slackMs, untilMs, everyMs, fewestDevices }: GatewayBounds,
): string[] {
  const turnMs = 1.1 * everyMs;
  const all = nodes.flatMap(({ heard }) => heard).toSorted((a, b) => a - b);
  const gaps = all
    .map((fromMs, i) => ({ fromMs, toMs: all[i + 1] ?? untilMs }))
    .filter(({ fromMs, toMs }) => toMs - fromMs >= limitMs - turnMs);
  const isIn = ({ fromMs, toMs }: Stretch, { firedAtMs }: ToldAlert) =>
    firedAtMs > fromMs && firedAtMs <= toMs;
  const hadTurns = (fromMs: number) =>
    nodes.every(({ heard }) => heard.some((ms) => ms > fromMs - everyMs && ms <= fromMs));
  const saysSomething = nodes.length >= fewestDevices;
  const losses = gaps.filter(
    ({ fromMs, toMs }) => saysSomething && toMs - fromMs > limitMs + slackMs && hadTurns(fromMs),
  );
  const missing = losses
    .map((loss) => ({ loss, told: alerts.filter((alert) => isIn(loss, alert)).length }))
    .filter(({ told }) => told !== 1)
    .map(
      ({ loss, told }) =>
        `nobody was heard from ${iso(loss.fromMs)} to ${iso(loss.toMs)}, told ${told} times`,
    );
  const causeless = alerts
    .filter((alert) => !gaps.some((gap) => isIn(gap, alert)))
    .map(({ device, firedAtMs }) => `${device} was called lost at ${iso(firedAtMs)}, and was not`);
  const besides = nodes.flatMap(({ heard, alerts: own }) =>
    own
      .filter((alert) =>
        losses.some(
          (loss) => isIn(loss, alert) && heard.some((ms) => ms >= loss.toMs && ms < loss.toMs + everyMs),
        ),
      )
      .map(({ device, sinceMs }) => `${device} was called silent since ${iso(sinceMs)}, as its gateway was`),
  );
  return [...missing, ...causeless, ...besides];
}

/** A rule that fires while something stays below (or above) a limit, and what an honest probe may be off. */
export interface LimitRule {
  readonly below?: number;
  readonly above?: number;
  readonly clear: number;
  readonly forMs: number;
  readonly margin: number;
}

export interface LimitBounds {
  /** From the beginning of an event, after its hold time, to its alert. */
  readonly boundMs: number;
  /** How often the truth was looked at. */
  readonly stepMs: number;
  /** Whether in all this time the node measured honestly and was connected. */
  readonly isSound: (fromMs: number, toMs: number) => boolean;
}

/** Each true event is alerted once within its bound, and no alert is without cause. */
export function eventsTold(
  truth: readonly TruthAt[],
  alerts: readonly ToldAlert[],
  rule: LimitRule,
  { boundMs, stepMs, isSound }: LimitBounds,
): { readonly events: number; readonly broken: string[] } {
  const depth = depthOf(rule);
  const needsMs = rule.forMs + boundMs;
  const events = stretches(truth, (value) => depth(value) > rule.margin).filter(
    ({ fromMs, toMs }) => toMs - fromMs > needsMs && isSound(fromMs - boundMs, toMs + boundMs),
  );
  const missed = events
    .filter(({ fromMs, toMs }) => {
      const told = alerts.filter(
        ({ firedAtMs, resolvedAtMs }) =>
          firedAtMs <= fromMs + needsMs && (resolvedAtMs ?? toMs) >= Math.min(toMs, fromMs + needsMs),
      );
      const again = alerts.filter(({ firedAtMs }) => firedAtMs > fromMs + needsMs && firedAtMs < toMs);
      return told.length !== 1 || again.length > 0;
    })
    .map(
      ({ fromMs, toMs }) => `beyond the limit from ${iso(fromMs)} to ${iso(toMs)}, not alerted once in time`,
    );
  const causeless = alerts
    .filter(({ firedAtMs }) => isSound(firedAtMs - rule.forMs - boundMs, firedAtMs + boundMs))
    .filter(({ firedAtMs }) => {
      const isFar = ({ value }: TruthAt) => depth(value) < -rule.margin;
      const near = between(truth, firedAtMs - stepMs, firedAtMs + stepMs);
      // The value may have moved since the last look, so only what lies well within the hold time is held against it.
      const held = between(truth, firedAtMs - rule.forMs + stepMs, firedAtMs - stepMs);
      return near.every(isFar) || held.some(isFar);
    })
    .map(({ device, firedAtMs }) => `${device} was alerted at ${iso(firedAtMs)} without cause`);
  return {
    events: events.length,
    broken: [...missed, ...causeless, ...repeated(truth, alerts, rule, isSound)],
  };
}

/** Between two alerts of one rule the value must have come back to where it is over. */
function repeated(
  truth: readonly TruthAt[],
  alerts: readonly ToldAlert[],
  rule: LimitRule,
  isSound: LimitBounds["isSound"],
): string[] {
  const inOrder = alerts.toSorted((a, b) => a.firedAtMs - b.firedAtMs);
  const depth = depthOf({
    ...rule,
    ...(rule.below === undefined ? { above: rule.clear } : { below: rule.clear }),
  });
  return inOrder.slice(1).flatMap(({ device, firedAtMs }, i) => {
    const before = inOrder[i]!;
    if (!isSound(before.firedAtMs, firedAtMs)) return [];
    const cameBack = between(truth, before.firedAtMs, firedAtMs).some(
      ({ value }) => depth(value) < rule.margin,
    );
    return cameBack ? [] : [`${device} was alerted again at ${iso(firedAtMs)}, and it had never been over`];
  });
}

/** Nothing is told twice. */
export function toldOnce(tellings: readonly { readonly id: string; readonly event: string }[]): string[] {
  const seen = new Set<string>();
  return tellings.flatMap(({ id, event }) => {
    if (seen.has(id)) return [`told twice: ${id} (${event})`];
    seen.add(id);
    return [];
  });
}

/** How far beyond its limit a value is; negative on the right side. */
function depthOf({ below, above }: Pick<LimitRule, "below" | "above">): (value: number) => number {
  return below === undefined ? (value) => value - above! : (value) => below - value;
}

function between(truth: readonly TruthAt[], fromMs: number, toMs: number): TruthAt[] {
  return truth.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
}

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Times during which something held at every look. */
function stretches(truth: readonly TruthAt[], holds: (value: number) => boolean): Stretch[] {
  const found: Stretch[] = [];
  let fromMs: number | null = null;
  let lastMs = 0;
  for (const { atMs, value } of truth) {
    if (holds(value)) fromMs ??= atMs;
    else if (fromMs !== null) {
      found.push({ fromMs, toMs: lastMs });
      fromMs = null;
    }
    lastMs = atMs;
  }
  if (fromMs !== null) found.push({ fromMs, toMs: lastMs });
  return found;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
