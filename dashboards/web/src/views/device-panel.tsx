import type { AlertInfo, DeviceSummary, PlaceSummary } from "../../../../app/http/shapes.ts";
import { exportUrl } from "../data/api.ts";
import { compareQuantities } from "../data/places.ts";
import { spanOf, type Window } from "../data/window.ts";
import { ChartCard } from "./chart-card.tsx";
import { DeviceFacts } from "./device-facts.tsx";
import { Icon } from "./icons.tsx";
import { Empty } from "./notices.tsx";
import { usePage } from "./page.ts";
import { useValue } from "./use-value.ts";
import { WindowBar } from "./window-bar.tsx";

export interface DevicePanelProps {
  readonly device: DeviceSummary;
  /** Where it stands, unless the page around already says so. */
  readonly place: PlaceSummary | null;
  readonly alerts: readonly AlertInfo[];
  readonly window: Window;
  /** Address of this page showing another part of time. */
  hrefFor(window: Window): string;
}

/** One device: what it is, and one chart for each quantity it has ever told. */
export function DevicePanel({ device, place, alerts, window, hrefFor }: DevicePanelProps) {
  const { clock, words } = usePage();
  const nowMs = useValue(clock.nowMs);
  const { t } = words;
  return (
    <section class="device" data-device={device.id}>
      <DeviceFacts device={device} place={place} />
      {device.latest.length === 0 ? (
        <Empty icon="waiting">
          <p>{t.condition.waiting}</p>
        </Empty>
      ) : (
        <>
          <WindowBar window={window} hrefFor={hrefFor}>
            <a class="button" href={exportUrl(device.id, spanOf(window, nowMs))} download>
              <Icon name="download" />
              {t.downloadCsv}
            </a>
          </WindowBar>
          <div class="charts">
            {[...device.latest]
              .sort((a, b) => compareQuantities(a.quantity, b.quantity))
              .map((latest) => (
                <ChartCard
                  key={latest.quantity}
                  device={device}
                  latest={latest}
                  limits={limitsOf(alerts, latest.quantity)}
                  window={window}
                />
              ))}
          </div>
        </>
      )}
    </section>
  );
}

/** Each once: two rules or two alerts may share one. */
function limitsOf(alerts: readonly AlertInfo[], quantity: string): number[] {
  const limits = alerts.flatMap((alert) => (alert.quantity === quantity ? (alert.limit ?? []) : []));
  return [...new Set(limits)];
}
