import { useEffect, useState } from "preact/hooks";
import type { DeviceSummary } from "../../../../app/http/shapes.ts";
import type { FailureKind } from "../data/failure.ts";
import { drawingOf, type LiveSeries, withReading } from "../data/series.ts";
import type { Window } from "../data/window.ts";
import { usePage, useSignedIn } from "./page.ts";
import { useLoaded } from "./use-loaded.ts";
import { useValue } from "./use-value.ts";

export interface ShownSeries {
  readonly live: LiveSeries | null;
  readonly failure: FailureKind | null;
  /** Browser time of a kept copy. */
  readonly savedAtMs: number | null;
  retry(): void;
}

/** One series of a window, moving with the live readings while the window follows the clock. */
export function useSeries(device: DeviceSummary, quantity: string, window: Window): ShownSeries {
  const { api, clock } = usePage();
  const { farm } = useSignedIn();
  const { fromMs, toMs, buckets } = drawingOf(window, device.intervalMs, useValue(clock.nowMs));
  const [{ data, failure, savedAtMs }, retry] = useLoaded(
    (signal) => api.series({ device: device.id, quantity, fromMs, toMs, buckets }, signal),
    [api, device.id, quantity, fromMs, toMs, buckets],
  );
  const [live, setLive] = useState<LiveSeries | null>(null);
  useEffect(() => {
    if (data !== null) setLive({ series: data, countedUntilMs: clock.nowMs.get() });
  }, [data, clock]);
  useEffect(() => {
    if (window.endMs !== null) return;
    return farm.onReadings((event) => {
      const reading = event.device === device.id && event.latest.find((value) => value.quantity === quantity);
      if (reading) setLive((before) => before && withReading(before, reading));
    });
  }, [farm, device.id, quantity, window.endMs]);
  return { live, failure, savedAtMs, retry };
}
