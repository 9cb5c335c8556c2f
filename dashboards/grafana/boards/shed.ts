import type { Board } from "../board.ts";
import { newestValue, quantitySeries } from "../quantity-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

const pig = (rule: string) => [{ pack: "pig", rule: `pig.${rule}` }];

/** Air of sheds; gases and humidity by the limits of pigs, heat by those of the starter pack, stress by those of dairy cows. */
export const shed: Board = {
  uid: uids.shed,
  title: { vi: "Chuồng nuôi", en: "Shed" },
  span: "48h",
  variables: variablesDownTo("device", "shed"),
  panels: [
    newestValue({
      id: 1,
      quantity: "air.temperature",
      judgedBy: [{ pack: "starter", rule: "shed-hot" }],
    }),
    newestValue({ id: 2, quantity: "air.relativeHumidity", judgedBy: pig("humidity") }),
    newestValue({ id: 3, quantity: "air.nh3", judgedBy: pig("ammonia") }),
    quantitySeries({
      id: 4,
      quantity: "air.temperature",
      judgedBy: [{ pack: "starter", rule: "shed-hot" }],
    }),
    quantitySeries({ id: 5, quantity: "air.relativeHumidity", judgedBy: pig("humidity") }),
    quantitySeries({ id: 6, quantity: "air.nh3", judgedBy: pig("ammonia") }),
    quantitySeries({ id: 7, quantity: "air.h2s", judgedBy: pig("h2s") }),
    quantitySeries({ id: 8, quantity: "air.co2", judgedBy: pig("co2") }),
    quantitySeries({ id: 9, quantity: "air.thi", judgedBy: [{ pack: "dairy", rule: "dairy.heat" }] }),
  ],
};
