import type { ServerResponse } from "node:http";
import type { View } from "../access.ts";
import type { DeviceState } from "./device-state.ts";
import type { KeptAlert } from "./recent-changes.ts";

/** One page that watches. On a slow line it is told less often, not late: while the line is full, changes gather by device. */
export interface LiveStream {
  readonly person: string;
  /** Tells an alert at once. */
  tell(alert: KeptAlert): void;
  /** Tells what a page that comes back has missed: the alerts at once, the rest with the next flush. */
  catchUp(missed: Missed): void;
  /** Tells whatever has gathered, with what changed in the step that has just ended. */
  flush(changed: readonly DeviceState[], stepEnded: number, nowMs: number): void;
  end(): void;
}

export interface Missed {
  readonly alerts: readonly KeptAlert[];
  readonly states: readonly DeviceState[];
}

export interface StreamParts {
  readonly response: ServerResponse;
  readonly person: string;
  /** What the person may see now; null once their session is over. */
  readonly view: () => View | null;
  /** The name of a step, as the page will give it back. */
  readonly idOf: (step: number) => string;
  readonly nowMs: number;
  /** Called when the stream was cut because nobody read it. */
  readonly onCut: () => void;
}

/** So many a flush: some 30 kB, and with two flushes a second more than a page can show. */
const mostStatesPerFlush = 100;
/** Bytes waiting for a page that does not read: alerts, told at once, gather here; then it is cut. */
const mostWaitingBytes = 256 * 1024;
/** A line that has not taken anything for so long is dead; the page will come back. */
const longestStallMs = 30_000;
/** Shorter than the minute after which reverse proxies drop a silent answer. */
const heartbeatMs = 15_000;

export function createLiveStream(parts: StreamParts): LiveStream {
  const { response } = parts;
  const waiting = new Set<DeviceState>();
  let view = parts.view();
  let writtenAtMs = parts.nowMs;
  let stalledSinceMs: number | null = null;
  /** Whether the page was told something that its last id does not cover. */
  let isAheadOfId = false;

  function write(text: string): void {
    if (response.destroyed || response.writableEnded) return;
    response.write(text);
    if (response.writableLength > mostWaitingBytes) cut();
  }

  function cut(): void {
    parts.onCut();
    response.destroy();
  }

  function gather(states: readonly DeviceState[]): void {
    for (const state of states) if (view?.seesDevice(state.device)) waiting.add(state);
  }

  function tell(alert: KeptAlert): void {
    if (!view?.seesPlace(alert.place)) return;
    isAheadOfId = true;
    write(alert.text);
  }

  function isStalled(nowMs: number): boolean {
    if (!response.writableNeedDrain) {
      stalledSinceMs = null;
      return false;
    }
    stalledSinceMs ??= nowMs;
    if (nowMs - stalledSinceMs > longestStallMs) cut();
    return true;
  }

  function takeWaiting(seen: View): string {
    let text = "";
    let left = mostStatesPerFlush;
    for (const state of waiting) {
      if (left-- === 0) break;
      waiting.delete(state);
      // Asked again: the device may have moved to another's land while its readings waited.
      if (seen.seesDevice(state.device)) text += state.text(seen.visibleFromMs(state.device)) ?? "";
    }
    return text;
  }

  return {
    person: parts.person,
    tell,
    catchUp({ alerts, states }) {
      for (const alert of alerts) tell(alert);
      gather(states);
    },
    flush(changed, stepEnded, nowMs) {
      view = parts.view();
      if (view === null) {
        response.end();
        return;
      }
      gather(changed);
      if (isStalled(nowMs)) return;
      const text = takeWaiting(view);
      if (text !== "") isAheadOfId = true;
      const isQuiet = nowMs - writtenAtMs >= heartbeatMs;
      // The id says "all up to here", so it is told only when nothing is left waiting.
      const id = waiting.size === 0 && (isAheadOfId || isQuiet) ? `id: ${parts.idOf(stepEnded)}\n\n` : "";
      if (id !== "") isAheadOfId = false;
      if (text === "" && id === "") return;
      write(text + id);
      writtenAtMs = nowMs;
    },
    end: () => response.end(),
  };
}
