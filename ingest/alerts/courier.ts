import type { Log } from "./log.ts";
import { maskPersonal } from "./mask-personal.ts";
import { DeliveryError, type DeliveryFailure, type Notifier } from "./notifier.ts";
import type { Claim, DeliveryOutcome, Outbox } from "./outbox.ts";
import { type RetryPolicy, usualRetries, waitMs } from "./retry-policy.ts";

export interface CourierParts {
  readonly outbox: Outbox;
  /** By the names that routes use. */
  readonly notifiers: Readonly<Record<string, Notifier>>;
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly retries?: RetryPolicy;
}

export interface CourierCounters {
  /** By notifier. */
  readonly delivered: Readonly<Record<string, number>>;
  /** Failed attempts, by notifier and reason. */
  readonly failures: Readonly<Record<string, Readonly<Partial<Record<DeliveryFailure, number>>>>>;
}

/**
 * Carries notifications to their notifiers, each at least once: what was under way in a crash is sent again under the same
 * id. Of one alert to one notifier, the second message waits for the first. Notifiers do not wait for each other.
 */
export interface Courier {
  /** Begins to deliver: what waits already, and from then on whatever comes in. */
  start(): void;
  /** Delivers what is due by now; to be called about once a second. */
  tick(nowMs: number): void;
  /** Resolves when no delivery is under way. */
  settled(): Promise<void>;
  /** Takes on nothing more; resolves when what is under way has ended, at the latest after the slowest notifier's time limit. */
  stop(): Promise<void>;
  counters(): CourierCounters;
}

export function createCourier(parts: CourierParts): Courier {
  const { outbox, notifiers, now, random, log, retries = usualRetries } = parts;
  const lanes = Object.entries(notifiers).map(([name, notifier]) => ({ name, notifier, underWay: 0 }));
  const delivered: Record<string, number> = Object.fromEntries(lanes.map(({ name }) => [name, 0]));
  const failures: Record<string, Partial<Record<DeliveryFailure, number>>> = Object.fromEntries(
    lanes.map(({ name }) => [name, {}]),
  );
  const underWay = new Set<Promise<void>>();
  /** Attempts that have ended and could not be written down yet. */
  const unwritten: (() => void)[] = [];
  let diskFails = false;
  let stopListening: (() => void) | null = null;

  return {
    start() {
      const given = outbox.giveUpOthers(Object.keys(notifiers), now());
      if (given > 0)
        log.warn(
          { notifications: given },
          "notifications given up: their notifiers are no longer configured",
        );
      stopListening = outbox.onWaiting(() => deliverDue(now()));
      deliverDue(now());
    },
    tick(nowMs) {
      if (stopListening) deliverDue(nowMs);
    },
    settled,
    stop() {
      stopListening?.();
      stopListening = null;
      return settled();
    },
    counters: () => ({ delivered: { ...delivered }, failures: structuredClone(failures) }),
  };

  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay);
  }

  function deliverDue(nowMs: number): void {
    for (const lane of lanes) fill(lane, nowMs);
  }

  function fill(lane: Lane, nowMs: number): void {
    const free = lane.notifier.atOnce - lane.underWay;
    if (free <= 0) return;
    const claims = onDisk(() => {
      writeDown();
      return outbox.claim(lane.name, free, nowMs);
    });
    for (const claim of claims ?? []) {
      lane.underWay++;
      const delivery = carry(lane, claim);
      underWay.add(delivery);
      void delivery.finally(() => underWay.delete(delivery));
    }
  }

  function writeDown(): void {
    while (unwritten.length > 0) {
      unwritten[0]!();
      unwritten.shift();
    }
  }

  async function carry(lane: Lane, claim: Claim): Promise<void> {
    const atMs = now();
    const result = await attempt(lane, claim);
    const tookMs = Math.max(0, now() - atMs);
    lane.underWay--;
    logTrouble({ notifier: lane.name, notification: claim.id, attempt: claim.attempts, tookMs }, result);
    unwritten.push(() => outbox.settle(claim, { atMs, tookMs }, result));
    onDisk(writeDown);
    if (stopListening) fill(lane, now());
  }

  function logTrouble(about: object, result: DeliveryOutcome): void {
    if (result.outcome === "failed") log.error(about, `notification given up: ${result.detail}`);
    if (result.outcome === "again") log.warn(about, `notification will be tried again: ${result.detail}`);
  }

  /** While the disk takes nothing, nothing is delivered; the next tick tries again. */
  function onDisk<T>(work: () => T): T | undefined {
    try {
      const result = work();
      diskFails = false;
      return result;
    } catch (error) {
      if (!diskFails)
        log.error({ err: error }, "the outbox cannot be written; notifications wait until it can");
      diskFails = true;
      return undefined;
    }
  }

  async function attempt({ name, notifier }: Lane, claim: Claim): Promise<DeliveryOutcome> {
    try {
      const detail = await notifier.deliver(claim);
      delivered[name]! += 1;
      return { outcome: "delivered", detail: fitForLogs(detail) };
    } catch (error) {
      const failed = asDeliveryError(error);
      failures[name]![failed.failure] = (failures[name]![failed.failure] ?? 0) + 1;
      return afterFailure(failed, claim);
    }
  }

  function afterFailure(
    { message, failure, retryable, retryAfterMs = 0 }: DeliveryError,
    claim: Claim,
  ): DeliveryOutcome {
    const detail = fitForLogs(`${failure}: ${message}`);
    if (!retryable) return { outcome: "failed", detail };
    const nextTryAtMs = now() + Math.max(waitMs(retries, claim.attempts, random()), retryAfterMs);
    const tooLate = nextTryAtMs - claim.createdAtMs > retries.giveUpAfterMs;
    if (tooLate || claim.attempts >= retries.mostAttempts) return { outcome: "failed", detail };
    return { outcome: "again", detail, nextTryAtMs };
  }
}

interface Lane {
  readonly name: string;
  readonly notifier: Notifier;
  underWay: number;
}

/** Whatever else a notifier throws is our mistake; the alert is worth another try all the same. */
function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  return new DeliveryError(String(error), { failure: "defect", retryable: true, cause: error });
}

function fitForLogs(detail: string): string {
  return maskPersonal(detail).replace(/\s+/g, " ").slice(0, 300);
}
