import type { Board } from "../board.ts";
import { quantitySeries } from "../quantity-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

/** The weather, and what is reckoned from it for the crop. */
export const weather: Board = {
  uid: uids.weather,
  title: { vi: "Thời tiết và nông học", en: "Weather and agronomy" },
  span: "14d",
  variables: variablesDownTo("device"),
  panels: [
    quantitySeries({ id: 1, quantity: "air.temperature" }),
    quantitySeries({ id: 2, quantity: "air.relativeHumidity" }),
    quantitySeries({
      id: 3,
      quantity: "rain.amount",
      of: "sum",
      every: "day",
      title: { vi: "Lượng mưa mỗi ngày", en: "Rainfall of each day" },
    }),
    quantitySeries({ id: 4, quantity: "rain.intensity", of: "max" }),
    quantitySeries({ id: 5, quantity: "wind.speed" }),
    quantitySeries({ id: 6, quantity: "wind.gust", of: "max" }),
    quantitySeries({ id: 7, quantity: "light.solarIrradiance" }),
    quantitySeries({ id: 8, quantity: "air.vapourPressureDeficit" }),
    quantitySeries({ id: 9, quantity: "air.et0Daily", of: "last", every: "day" }),
    quantitySeries({ id: 10, quantity: "crop.degreeDays", of: "last", every: "day" }),
    quantitySeries({ id: 11, quantity: "leaf.wetHours", of: "last", every: "day" }),
    quantitySeries({
      id: 12,
      quantity: "leaf.blastNights",
      of: "last",
      every: "day",
      judgedBy: [{ pack: "rice", rule: "rice.blast" }],
    }),
    quantitySeries({
      id: 13,
      quantity: "leaf.huttonDays",
      of: "last",
      every: "day",
      judgedBy: [{ pack: "potato", rule: "potato.late-blight" }],
    }),
    quantitySeries({ id: 14, quantity: "water.dryDays", of: "last", every: "day" }),
  ],
};
