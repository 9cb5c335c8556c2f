import { stateFields as fields } from "../../../ingest/stores/influxdb-state/index.ts";
import type { Board } from "../board.ts";
import { colourOf } from "../limits/steps.ts";
import { newestValue, quantitySeries } from "../quantity-panels.ts";
import { serviceSeries } from "../service-panels.ts";
import { deviceStat, deviceTable, minutesWithData, noneIsWell } from "../state-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

const by = ["province", "commune", "model", "device"] as const;

/** Batteries, radio, silence: what a technician takes along. */
export const health: Board = {
  uid: uids.health,
  title: { vi: "Sức khỏe thiết bị", en: "Device health" },
  span: "7d",
  variables: variablesDownTo("device"),
  panels: [
    deviceStat({ id: 1, field: fields.registered, title: { vi: "Thiết bị", en: "Devices" }, by, width: 8 }),
    deviceStat({
      id: 2,
      field: fields.available,
      title: { vi: "Đang hoạt động", en: "Available" },
      by,
      width: 8,
    }),
    deviceStat({
      id: 3,
      field: fields.lostFrames,
      title: { vi: "Khung mất trong 24 giờ", en: "Frames lost in 24 h" },
      by,
      width: 8,
      steps: noneIsWell(colourOf.warning),
    }),
    deviceTable(4, by),
    newestValue({ id: 5, quantity: "power.batteryPercent", width: 24 }),
    quantitySeries({ id: 6, quantity: "power.battery" }),
    quantitySeries({ id: 7, quantity: "power.solar" }),
    quantitySeries({ id: 8, quantity: "radio.rssi" }),
    quantitySeries({ id: 9, quantity: "radio.snr" }),
    quantitySeries({ id: 10, quantity: "device.temperature" }),
    minutesWithData(11),
    serviceSeries({
      id: 12,
      field: fields.waitingUplinks,
      title: { vi: "Bản tin chờ ghi", en: "Uplinks that wait to be stored" },
    }),
    serviceSeries({
      id: 13,
      field: fields.quarantined,
      title: { vi: "Bản tin không đọc được", en: "Uplinks in quarantine" },
    }),
  ],
};
