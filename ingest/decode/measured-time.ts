import { deviceTimeMs } from "../../devices/index.ts";
import { shown } from "./plain-text.ts";

const hourMs = 3_600_000;
/** Before this no device of ours existed: a clock that says so was reset (1970 is an ESP, 2000 a GPS without a fix). */
const earliestMs = Date.UTC(2015, 0, 1);
/** A wrong time zone is up to 14 hours off and is let pass; 2036 and 2106 are counters that ran over. */
const mostAheadMs = 24 * hourMs;

const usualIntervalMs = 15 * 60_000;
const slackMs = 60_000;

/** What a device's `ts` came to: a time, or why there is none to believe. */
export type MeasuredTime =
  | { readonly ms: number; readonly complaint: null }
  | {
      /** The time that was told and is not believed; null when it could not be read. */
      readonly ms: number | null;
      readonly complaint: "wrong-shape" | "clock-implausible";
      readonly detail: string;
    };

/** The time at which a device says it measured, if that can be believed of a message received at `receivedAtMs`. */
export function measuredTime(ts: unknown, receivedAtMs: number): MeasuredTime {
  const ms = deviceTimeMs(ts);
  if (ms === null) {
    const detail = `${shown(ts)} is no time; right is seconds or milliseconds since 1970, or RFC 3339 with an offset`;
    return { ms, complaint: "wrong-shape", detail };
  }
  return believedTime(ms, receivedAtMs);
}

/** A time in milliseconds since 1970, if it can be believed of a message received at `receivedAtMs`. */
export function believedTime(ms: number, receivedAtMs: number): MeasuredTime {
  if (ms >= earliestMs && ms <= receivedAtMs + mostAheadMs) return { ms, complaint: null };
  const expected =
    ms < earliestMs
      ? "the clock was reset; right is 2015 or later"
      : "more than 24 hours ahead of the server";
  return { ms, complaint: "clock-implausible", detail: `${isoTime(ms)}: ${expected}` };
}

/**
 * Oldest measured time that is still news. Two intervals, because one uplink may get lost without anything being
 * wrong, and a minute for the way; a device whose interval nobody told is taken to send every 15 minutes.
 */
export function oldestLiveMs(receivedAtMs: number, intervalMs: number | null): number {
  return receivedAtMs - 2 * (intervalMs ?? usualIntervalMs) - slackMs;
}

function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms since 1970` : date.toISOString();
}
