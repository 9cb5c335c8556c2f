import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { dataSource } from "./data-source.ts";

/** A question in InfluxQL, as Grafana's InfluxDB plugin keeps it. */
export interface InfluxTarget {
  readonly refId: string;
  readonly datasource: typeof dataSource;
  readonly rawQuery: true;
  readonly query: string;
  readonly resultFormat: "time_series" | "table";
  readonly alias?: string;
}

/** The SDK knows many data sources, but not this one. */
export function influxTarget(
  query: string,
  resultFormat: InfluxTarget["resultFormat"],
  alias?: string,
): Builder<Dataquery> {
  const target: InfluxTarget = {
    refId: "A",
    datasource: dataSource,
    rawQuery: true,
    query,
    resultFormat,
    ...(alias !== undefined && { alias }),
  };
  return { build: () => target as unknown as Dataquery };
}
