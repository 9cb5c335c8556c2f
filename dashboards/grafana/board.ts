import type { Step } from "./limits/steps.ts";

/** Vietnamese first: it is what people read; the English stands in the description. */
export interface Words {
  readonly vi: string;
  readonly en: string;
}

/** How a value is written. */
export interface Format {
  /** As Grafana names it; see `unitOf`. */
  readonly unit?: string;
  readonly decimals?: number;
  readonly steps?: readonly Step[];
  /** Words in the place of numbers. */
  readonly words?: readonly ValueWord[];
}

export interface ValueWord {
  readonly value: number;
  readonly word: string;
  readonly color: string;
}

interface AnyPanel {
  /** Never changes and is never given again: links and views name it. */
  readonly id: number;
  readonly title: Words;
  /** Of 24 columns. */
  readonly width: number;
  /** In Grafana's rows of 30 pixels. */
  readonly height: number;
  /** InfluxQL with Grafana's macros and variables. */
  readonly query: string;
}

/** Values over time, a line (or bars) for each series. */
export interface SeriesPanel extends AnyPanel, Format {
  readonly kind: "series";
  /** What a series is called: `$tag_device`. */
  readonly name: string;
  readonly draw?: "line" | "bars";
  readonly stacked?: boolean;
}

/** One number for each series: its newest. */
export interface StatPanel extends AnyPanel, Format {
  readonly kind: "stat";
  readonly name?: string;
}

/** States over time, a band for each series. */
export interface TimelinePanel extends AnyPanel, Format {
  readonly kind: "timeline";
  readonly name: string;
}

export interface TablePanel extends AnyPanel {
  readonly kind: "table";
  /** In this order; the columns of the answer that are not here are hidden. */
  readonly columns: readonly TableColumn[];
}

export interface TableColumn extends Format {
  /** As the answer calls it; `Time` is the time of the row. */
  readonly name: string;
  readonly title: Words;
  readonly width?: number;
  /** Where a click leads. */
  readonly link?: { readonly title: Words; readonly url: string };
}

export type Panel = SeriesPanel | StatPanel | TimelinePanel | TablePanel;

/** Something that people choose by, asked of the database. */
export interface Variable {
  readonly name: string;
  readonly title: Words;
  readonly query: string;
  /** Parts text and value of an answer. */
  readonly pattern: string;
}

export interface Board {
  /** Part of its address: never changes. */
  readonly uid: string;
  readonly title: Words;
  /** How far back it shows at first: `24h`, `30d`. */
  readonly span: string;
  readonly variables: readonly Variable[];
  readonly panels: readonly Panel[];
}
