import { stateFields as fields } from "../../../ingest/stores/influxdb-state/index.ts";
import { openAlerts } from "../alert-panels.ts";
import type { Board } from "../board.ts";
import { colourOf } from "../limits/steps.ts";
import { quantitySeries } from "../quantity-panels.ts";
import { communeStat, deviceTable, noneIsWell } from "../state-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

const by = ["province", "commune"] as const;
const devicesBy = ["province", "commune", "model", "device"] as const;

/** For the extension officer: what is silent, what needs a visit today. */
export const commune: Board = {
  uid: uids.commune,
  title: { vi: "Xã, phường", en: "Commune" },
  span: "24h",
  variables: variablesDownTo("device"),
  panels: [
    communeStat({ id: 1, field: fields.devices, title: { vi: "Thiết bị", en: "Devices" }, by }),
    communeStat({
      id: 2,
      field: fields.silent,
      title: { vi: "Mất tín hiệu", en: "Silent" },
      by,
      steps: noneIsWell(colourOf.warning),
    }),
    communeStat({
      id: 3,
      field: fields.warning,
      title: { vi: "Cảnh báo đang mở", en: "Open warnings" },
      by,
      steps: noneIsWell(colourOf.warning),
    }),
    communeStat({
      id: 4,
      field: fields.critical,
      title: { vi: "Nghiêm trọng đang mở", en: "Open critical alerts" },
      by,
      steps: noneIsWell(colourOf.critical),
    }),
    openAlerts(5, devicesBy, 8),
    deviceTable(6, devicesBy),
    quantitySeries({ id: 7, quantity: "soil.moisture" }),
    quantitySeries({ id: 8, quantity: "water.dissolvedOxygen" }),
    quantitySeries({ id: 9, quantity: "air.temperature" }),
    quantitySeries({ id: 10, quantity: "air.relativeHumidity" }),
  ],
};
