import { stateFields as fields } from "../../../ingest/stores/influxdb-state/index.ts";
import { alertsByDay, openAlerts } from "../alert-panels.ts";
import type { Board } from "../board.ts";
import { colourOf } from "../limits/steps.ts";
import { countingDevices, modelTable } from "../linkage-panels.ts";
import { deviceStat, deviceTable, minutesWithData, noneIsWell } from "../state-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

const by = ["province", "commune", "model"] as const;

/** One linkage model: its devices, its evidence, its alerts. */
export const model: Board = {
  uid: uids.model,
  title: { vi: "Mô hình liên kết", en: "Linkage model" },
  span: "30d",
  variables: variablesDownTo("device"),
  panels: [
    deviceStat({
      id: 1,
      field: fields.registered,
      title: { vi: "Thiết bị", en: "Devices" },
      by,
      width: 8,
    }),
    deviceStat({
      id: 2,
      field: fields.available,
      title: { vi: "Đang hoạt động", en: "Available" },
      by,
      width: 8,
    }),
    deviceStat({
      id: 3,
      field: fields.alerts,
      title: { vi: "Cảnh báo đang mở", en: "Open alerts" },
      by,
      width: 8,
      steps: noneIsWell(colourOf.warning),
    }),
    modelTable(4, ["model"], uids.model),
    countingDevices(5),
    minutesWithData(6),
    deviceTable(7, [...by, "device"]),
    openAlerts(8, by, 8),
    alertsByDay(9, by),
  ],
};
