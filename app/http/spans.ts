import type { Span } from "../../ingest/stores/reading-store.ts";
import type { View } from "./access.ts";

/** Devices that may be asked about over one and the same span. */
export interface SeenPart {
  readonly devices: readonly string[];
  readonly span: Span;
}

/**
 * The devices that were asked for by name.
 *
 * @returns all that the caller may see, when none was named
 * @throws 404 for the first that they may not see
 */
export function askedDevices(named: readonly string[] | undefined, view: View): string[] {
  if (named === undefined) return view.devices().map(({ id }) => id);
  return [...new Set(named)].map((id) => view.device(id).id);
}

/** What of the span is theirs to see; null when it is nothing. */
export function seenSpan(device: string, { fromMs, toMs }: Span, view: View): Span | null {
  const seen = { fromMs: Math.max(fromMs, view.visibleFromMs(device)), toMs };
  return seen.fromMs < seen.toMs ? seen : null;
}

/** The devices by the part of the span that is theirs to see. For nearly everybody that is one part: all of it. */
export function seenParts(devices: readonly string[], span: Span, view: View): SeenPart[] {
  const parts = new Map<number, { devices: string[]; span: Span }>();
  for (const device of devices) {
    const seen = seenSpan(device, span, view);
    if (seen === null) continue;
    const part = parts.get(seen.fromMs);
    if (part === undefined) parts.set(seen.fromMs, { devices: [device], span: seen });
    else part.devices.push(device);
  }
  return [...parts.values()];
}
