import { stateFields as fields } from "../../../ingest/stores/influxdb-state/index.ts";
import type { Board } from "../board.ts";
import {
  indicatorSeries,
  indicatorTable,
  modelsCounted,
  modelsProved,
  modelTable,
} from "../linkage-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

/** What the department reports: each share with its numerator and denominator. Snapshots of quarters are made and signed elsewhere. */
export const linkage: Board = {
  uid: uids.linkage,
  title: { vi: "Bảng điểm liên kết", en: "Linkage scoreboard" },
  span: "90d",
  variables: variablesDownTo("province"),
  panels: [
    modelsCounted(1),
    modelsProved(2, fields.byTelemetry, {
      vi: "Có số liệu thiết bị chứng minh",
      en: "Proved by telemetry",
    }),
    modelsProved(3, fields.byAnyProof, { vi: "Ứng dụng công nghệ số", en: "Proved by any digital means" }),
    indicatorTable(4),
    indicatorSeries(5),
    modelTable(6, ["province"], uids.model),
  ],
};
