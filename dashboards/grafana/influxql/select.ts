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
}

/** Every question is bounded by the time that the board shows; so is the one inside it. */
export function select({ columns, from, where = [], by = [], every }: Select): string {
  const source = typeof from === "string" ? identifier(from) : `(${select(from)})`;
  const buckets = { interval: ["time($__interval)"], day: ["time(1d)"] };
  const groups = [...(every === undefined ? [] : buckets[every]), ...by.map(identifier)];
  return [
    `SELECT ${columns.join(", ")} FROM ${source} WHERE ${["$timeFilter", ...where].join(" AND ")}`,
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
