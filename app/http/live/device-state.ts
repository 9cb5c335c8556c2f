import type { Reading } from "../../../devices/index.ts";
import type { LatestValue } from "../shapes.ts";
import { eventText } from "./event-text.ts";

/** Something about one device of which only the newest matters: a page wants to know how things stand, not each value on the way. */
export interface DeviceState {
  readonly device: string;
  /** Step (see RecentChanges) of the last change. */
  changedInStep: number;
  /** As it goes over the wire, without what was measured before `fromMs`; null when nothing of it is left. */
  text(fromMs: number): string | null;
}

export interface ReadingsState extends DeviceState {
  take(reading: Reading): void;
}

export function createReadingsState(device: string): ReadingsState {
  const values = new Map<string, LatestValue>();
  let lastSeenMs = 0;
  // Made once for all pages; nearly all of them see all of it.
  let wholeText: string | null = null;
  const textOf = (latest: LatestValue[]) => eventText({ type: "readings", device, latest, lastSeenMs });

  return {
    device,
    changedInStep: 0,
    take({ quantity, value, measuredAtMs, receivedAtMs }) {
      wholeText = null;
      if (receivedAtMs > lastSeenMs) lastSeenMs = receivedAtMs;
      const known = values.get(quantity);
      if (known === undefined || known.measuredAtMs <= measuredAtMs) {
        values.set(quantity, { quantity, value, measuredAtMs });
      }
    },
    text(fromMs) {
      const latest = [...values.values()];
      const left = latest.filter(({ measuredAtMs }) => measuredAtMs >= fromMs);
      if (left.length === 0) return null;
      if (left.length < latest.length) return textOf(left);
      wholeText ??= textOf(latest);
      return wholeText;
    },
  };
}

export interface ConnectionState extends DeviceState {
  become(connected: boolean, available: boolean): void;
}

export function createConnectionState(device: string): ConnectionState {
  let text = "";
  return {
    device,
    changedInStep: 0,
    become(connected, available) {
      text = eventText({ type: "device", device, connected, available });
    },
    text: () => text,
  };
}
