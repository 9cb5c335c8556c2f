import { identifier, text } from "../../../ingest/stores/influxdb-state/index.ts";

/**
 * InfluxQL as boards ask it: in the part that InfluxDB 1 and 2 have in common, with Grafana's macros and variables in it. The SDK has no
 * builder for it.
 */
export interface Select {
  readonly columns: readonly string[];
  /** A measurement, or another question. */
  readonly from: string | Select;
  /** Conditions beside the time of the board, all of which hold. */
  readonly where?: readonly string[];
  /** Tags. */
  readonly by?: readonly string[];
  /** Width of the buckets of time: by what the panel can draw, or whole days of Viet Nam. */
  readonly every?: "interval" | "day";
  /** What the board shows, unless it says "newest": states, which are written at least once an hour, as they were at its end. */
  readonly span?: "board" | "newest";
}

/** Grafana's own: the end of what the board shows, milliseconds since 1970. */
const boardEnd = `\${__to}`;
const spans = { board: "$timeFilter", newest: untilBoardEnds(1) };

/**
 * The last days before the end of what the board shows. A season is read for nothing where the newest is asked for, and a quarter of an hour
 * may have nothing.
 */
export function untilBoardEnds(days: number): string {
  return `time >= ${boardEnd}ms - ${days}d AND time <= ${boardEnd}ms`;
}

/** Every question is bounded by time; so is the one inside it. */
export function select({ columns, from, where = [], by = [], every, span = "board" }: Select): string {
  const source = typeof from === "string" ? identifier(from) : `(${select(from)})`;
  const buckets = { interval: ["time($__interval)"], day: ["time(1d)"] };
  const groups = [...(every === undefined ? [] : buckets[every]), ...by.map(identifier)];
  return [
    `SELECT ${columns.join(", ")} FROM ${source} WHERE ${[spans[span], ...where].join(" AND ")}`,
    ...(groups.length > 0 ? [`GROUP BY ${groups.join(", ")}`] : []),
    ...(every === undefined ? [] : ["fill(none)"]),
    // A day of rain begins at midnight of those on whom it falls.
    ...(every === "day" ? ["tz('Asia/Ho_Chi_Minh')"] : []),
  ].join(" ");
}

export type Aggregate = "mean" | "sum" | "min" | "max" | "last" | "count";

export function aggregate(of: Aggregate, field: string, as = field): string {
  return `${of}(${identifier(field)}) AS ${identifier(as)}`;
}

export function column(field: string): string {
  return identifier(field);
}

/** The tag is one of those chosen. `:regex` escapes what stands in names; no other format does. */
export function isChosen(tag: string, variable: string): string {
  return `${identifier(tag)} =~ /^${reference(variable, "regex")}$/`;
}

export function is(tag: string, value: string): string {
  return `${identifier(tag)} = ${text(value)}`;
}

/** How Grafana writes a variable. */
export function reference(variable: string, format: string): string {
  return `\${${variable}:${format}}`;
}
