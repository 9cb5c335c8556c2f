import { stateFields as fields } from "../../../ingest/stores/influxdb-state/index.ts";
import { alertsByDay, alertTimeline, openAlerts } from "../alert-panels.ts";
import type { Board } from "../board.ts";
import { colourOf } from "../limits/steps.ts";
import { communeSeries, communeStat, noneIsWell } from "../state-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

const communesBy = ["province", "commune"] as const;
const by = ["province", "commune", "model"] as const;

export const alerts: Board = {
  uid: uids.alerts,
  title: { vi: "Cảnh báo", en: "Alerts" },
  span: "7d",
  variables: variablesDownTo("model"),
  panels: [
    communeStat({
      id: 1,
      field: fields.alerts,
      title: { vi: "Đang mở", en: "Open" },
      by: communesBy,
      width: 8,
    }),
    communeStat({
      id: 2,
      field: fields.warning,
      title: { vi: "Cảnh báo", en: "Warnings" },
      by: communesBy,
      width: 8,
      steps: noneIsWell(colourOf.warning),
    }),
    communeStat({
      id: 3,
      field: fields.critical,
      title: { vi: "Nghiêm trọng", en: "Critical" },
      by: communesBy,
      width: 8,
      steps: noneIsWell(colourOf.critical),
    }),
    openAlerts(4, by),
    alertTimeline(5, by),
    alertsByDay(6, by, 12),
    communeSeries({
      id: 7,
      field: fields.alerts,
      title: { vi: "Cảnh báo đang mở theo thời gian", en: "Open alerts over time" },
      by: communesBy,
    }),
  ],
};
