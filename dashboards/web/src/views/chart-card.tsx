import { useCallback, useMemo, useState } from "preact/hooks";
import type { DeviceSummary, LatestValue, QuantityInfo, Series } from "../../../../app/http/shapes.ts";
import { extentOf, type Plot, plotOf, valuesAt } from "../data/series.ts";
import type { Window } from "../data/window.ts";
import type { Words } from "../text/words.ts";
import { ChartTable } from "./chart-table.tsx";
import { Age, Failure } from "./notices.tsx";
import { usePage, useSignedIn, useWords } from "./page.ts";
import { useChart } from "./use-chart.ts";
import { useSeen } from "./use-seen.ts";
import { type ShownSeries, useSeries } from "./use-series.ts";
import { useValue } from "./use-value.ts";

export interface ChartCardProps {
  readonly device: DeviceSummary;
  readonly latest: LatestValue;
  /** Values at which an open alert fired. */
  readonly limits: readonly number[];
  readonly window: Window;
}

/** One quantity over time, as a drawing, as a sentence and as a table. */
export function ChartCard(props: ChartCardProps) {
  const words = useWords();
  const { latest } = props;
  const quantity = useValue(useSignedIn().farm.quantities).get(latest.quantity);
  const [figure, seen] = useSeen<HTMLElement>();
  const [pointed, setPointed] = useState<string | null>(null);
  return (
    <figure class="panel chart-card" ref={figure} data-quantity={latest.quantity}>
      <figcaption>
        <h2>{quantity === undefined ? latest.quantity : words.pick(quantity.label)}</h2>
        {pointed === null ? (
          <p class="readout">
            <strong>{words.value(latest.value, quantity)}</strong>
            <span class="soft">
              <Age atMs={latest.measuredAtMs} />
            </span>
          </p>
        ) : (
          <p class="readout">{pointed}</p>
        )}
      </figcaption>
      {seen ? <Curve {...props} quantity={quantity} onPointed={setPointed} /> : <div class="chart" />}
    </figure>
  );
}

type CurveProps = ChartCardProps & {
  readonly quantity: QuantityInfo | undefined;
  onPointed(text: string | null): void;
};

function Curve({ device, latest, window, limits, quantity, onPointed }: CurveProps) {
  const shown = useSeries(device, latest.quantity, window);
  const series = shown.live?.series ?? null;
  const plot = useMemo(
    () => (series === null ? null : plotOf(series, device.intervalMs)),
    [series, device.intervalMs],
  );
  if (series === null || plot === null) return <NotThere shown={shown} />;
  return (
    <>
      <SavedCopy savedAtMs={shown.savedAtMs} />
      <Drawing series={series} plot={plot} limits={limits} quantity={quantity} onPointed={onPointed} />
      <Summary series={series} plot={plot} limits={limits} quantity={quantity} />
      <ChartTable series={series} plot={plot} quantity={quantity} />
    </>
  );
}

function NotThere({ shown }: { shown: ShownSeries }) {
  return (
    <div class="chart">{shown.failure !== null && <Failure kind={shown.failure} retry={shown.retry} />}</div>
  );
}

function SavedCopy({ savedAtMs }: { savedAtMs: number | null }) {
  const { clock, words } = usePage();
  const nowMs = useValue(clock.nowMs);
  if (savedAtMs === null) return null;
  return <p class="soft">{words.t.savedCopy(words.age(nowMs - clock.fromBrowser(savedAtMs)))}</p>;
}

interface DrawingProps {
  readonly series: Series;
  readonly plot: Plot;
  readonly limits: readonly number[];
  readonly quantity: QuantityInfo | undefined;
}

function Drawing({
  series,
  plot,
  limits,
  quantity,
  onPointed,
}: DrawingProps & Pick<CurveProps, "onPointed">) {
  const words = useWords();
  const module = useChart();
  const point = useCallback(
    (at: number | null) => onPointed(at === null ? null : pointText(words, plot, at, quantity)),
    [words, plot, quantity, onPointed],
  );
  return (
    <div class="chart" aria-hidden="true">
      {module !== null && (
        <module.Chart
          plot={plot}
          span={series}
          limits={limits}
          resolution={quantity?.resolution ?? 0.01}
          onPoint={point}
        />
      )}
    </div>
  );
}

function pointText(words: Words, plot: Plot, at: number, quantity: QuantityInfo | undefined): string | null {
  const values = valuesAt(plot, at);
  if (values === null) return null;
  const [min, max] = [values.min, values.max].map((value) => words.number(value, quantity?.resolution));
  const when = words.dayTime((plot.seconds[at] ?? 0) * 1000);
  return `${when} · ${words.value(values.mean, quantity)} (${min}–${max})`;
}

function Summary({ series, plot, limits, quantity }: DrawingProps) {
  const words = useWords();
  const { t } = words;
  const extent = extentOf(series);
  if (extent === null) return <p class="soft">{t.noValuesInRange}</p>;
  const [low, mean, high] = [extent.min, extent.mean, extent.max].map((value) =>
    words.value(value, quantity),
  );
  const longestMs = Math.max(...plot.gaps.map(({ fromMs, toMs }) => toMs - fromMs));
  const sentences = [
    t.chartSummary(low ?? "", mean ?? "", high ?? ""),
    plot.gaps.length > 0 && t.gaps(plot.gaps.length, words.duration(longestMs)),
    limits.length > 0 && t.limitLine(limits.map((limit) => words.value(limit, quantity)).join(", ")),
  ];
  return <p class="soft chart-summary">{sentences.filter(Boolean).join(" · ")}</p>;
}
