import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { lonePoints, type Plot } from "../data/series.ts";
import type { Span } from "../data/window.ts";
import type { Words } from "../text/words.ts";
import { chartColours } from "./chart-colours.ts";
import { drawLimits, shadeGaps, timeAxis, valueAxis, valueRange } from "./chart-parts.ts";
import { useWords } from "./page.ts";

export interface ChartProps {
  readonly plot: Plot;
  readonly span: Span;
  /** Drawn as dashed lines. */
  readonly limits: readonly number[];
  /** Smallest step worth showing, in the quantity's unit. */
  readonly resolution: number;
  /** Called with the row that is pointed at, or null. */
  onPoint(at: number | null): void;
}

/** Mean line over a band from lowest to highest. Where readings are missing the line breaks and the ground is shaded. */
export function Chart(props: ChartProps) {
  const words = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  // The chart lives longer than one drawing of the page and asks for what is current.
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const draw = () => {
      chart.current?.destroy();
      chart.current = new uPlot(
        optionsFor(element, words, () => latest.current),
        dataOf(latest.current.plot),
        element,
      );
    };
    draw();
    const darkness = matchMedia("(prefers-color-scheme: dark)");
    darkness.addEventListener("change", draw);
    const resized = new ResizeObserver(() => chart.current?.setSize(sizeOf(element)));
    resized.observe(element);
    return () => {
      darkness.removeEventListener("change", draw);
      resized.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [words]);

  const { plot, span, limits } = props;
  useEffect(() => chart.current?.setData(dataOf(plot)), [plot, span, limits.join()]);
  return <div class="chart-frame" ref={frame} />;
}

function dataOf({ seconds, mean, min, max }: Plot): uPlot.AlignedData {
  // The library only reads them; its type does not say so.
  return [seconds, max, min, mean] as readonly unknown[] as uPlot.AlignedData;
}

function sizeOf(element: HTMLElement) {
  return { width: element.clientWidth, height: element.clientHeight };
}

function optionsFor(element: HTMLElement, words: Words, current: () => ChartProps): uPlot.Options {
  const colours = chartColours(element);
  // The band's edges have no line of their own; their class lets the style sheet hide the dot that follows the pointer.
  const edge: uPlot.Series = { stroke: "transparent", class: "edge", points: { show: false } };
  return {
    ...sizeOf(element),
    legend: { show: false },
    padding: [8, 12, 0, 0],
    cursor: {
      y: false,
      drag: { x: false, y: false },
      sync: { key: "device", scales: ["x", null] },
    },
    scales: {
      x: { time: false, range: () => [current().span.fromMs / 1000, current().span.toMs / 1000] },
      y: {
        range: (_, min, max) => valueRange(min, max, current()),
      },
    },
    bands: [{ series: [1, 2], fill: colours.band }],
    series: [
      {},
      edge,
      edge,
      {
        stroke: colours.line,
        width: 2,
        points: {
          show: true,
          size: 5,
          fill: colours.line,
          filter: (self, column) => lonePoints(rowsOf(self, column)),
        },
      },
    ],
    axes: [timeAxis(words, colours), valueAxis(words, colours)],
    hooks: {
      drawClear: [(self) => shadeGaps(self, current().plot.gaps, colours)],
      draw: [(self) => drawLimits(self, current().limits, colours)],
      setCursor: [(self) => current().onPoint(self.cursor.idx ?? null)],
    },
  };
}

function rowsOf(self: uPlot, column: number) {
  return self.data[column] as readonly (number | null | undefined)[];
}
