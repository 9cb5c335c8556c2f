import {
  stateMeasurements as measurements,
  type stateFields,
} from "../../ingest/stores/influxdb-state/index.ts";
import type { SeriesPanel, Words } from "./board.ts";
import { aggregate, select } from "./influxql/select.ts";

/** How the platform itself is, over time. */
export function serviceSeries({
  id,
  field,
  title,
}: {
  readonly id: number;
  readonly field: (typeof stateFields)["waitingUplinks" | "quarantined"];
  readonly title: Words;
}): SeriesPanel {
  const query = select({
    columns: [aggregate("max", field)],
    from: measurements.service,
    every: "interval",
  });
  return { kind: "series", id, title, width: 12, height: 8, query, name: title.vi, decimals: 0 };
}
