import { stateFields as fields } from "../../../ingest/stores/influxdb-state/index.ts";
import { alertsByDay } from "../alert-panels.ts";
import type { Board } from "../board.ts";
import { colourOf } from "../limits/steps.ts";
import { quantitySeries } from "../quantity-panels.ts";
import { communeSeries, communeStat, communeTable, noneIsWell } from "../state-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

const by = ["province", "commune"] as const;

/** For the department: which communes are heard, which need a visit. */
export const province: Board = {
  uid: uids.province,
  title: { vi: "Tổng quan tỉnh", en: "Province overview" },
  span: "7d",
  variables: variablesDownTo("commune"),
  panels: [
    communeStat({ id: 1, field: fields.devices, title: { vi: "Thiết bị", en: "Devices" }, by }),
    communeStat({
      id: 2,
      field: fields.available,
      title: { vi: "Thiết bị đang hoạt động", en: "Available devices" },
      by,
    }),
    communeStat({
      id: 3,
      field: fields.silent,
      title: { vi: "Thiết bị mất tín hiệu", en: "Silent devices" },
      by,
      steps: noneIsWell(colourOf.warning),
    }),
    communeStat({
      id: 4,
      field: fields.critical,
      title: { vi: "Cảnh báo nghiêm trọng đang mở", en: "Open critical alerts" },
      by,
      steps: noneIsWell(colourOf.critical),
    }),
    communeTable(5, by, uids.commune),
    communeSeries({
      id: 6,
      field: fields.available,
      title: { vi: "Thiết bị đang hoạt động theo thời gian", en: "Available devices over time" },
      by,
    }),
    communeSeries({
      id: 7,
      field: fields.alerts,
      title: { vi: "Cảnh báo đang mở theo thời gian", en: "Open alerts over time" },
      by,
    }),
    alertsByDay(8, by),
    quantitySeries({
      id: 9,
      quantity: "soil.moisture",
      by: "commune",
      title: { vi: "Độ ẩm đất trung bình của xã", en: "Mean soil moisture by commune" },
    }),
    quantitySeries({
      id: 10,
      quantity: "air.temperature",
      by: "commune",
      title: { vi: "Nhiệt độ không khí trung bình của xã", en: "Mean air temperature by commune" },
    }),
  ],
};
