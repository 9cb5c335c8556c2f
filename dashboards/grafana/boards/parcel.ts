import type { Board } from "../board.ts";
import { newestValue, quantitySeries } from "../quantity-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

const dry = [
  { pack: "starter", rule: "soil-dry" },
  { pack: "starter", rule: "soil-wilting" },
];
const usedUp = [{ pack: "coffee", rule: "coffee.water-used-up" }];

/** Soil: its water first, then what is dissolved in it. */
export const parcel: Board = {
  uid: uids.parcel,
  title: { vi: "Thửa đất", en: "Parcel: soil" },
  span: "7d",
  variables: variablesDownTo("device", "parcel"),
  panels: [
    newestValue({ id: 1, quantity: "soil.moisture", judgedBy: dry, width: 12 }),
    newestValue({ id: 2, quantity: "soil.depletion", judgedBy: usedUp, width: 12 }),
    quantitySeries({ id: 3, quantity: "soil.moisture", judgedBy: dry }),
    quantitySeries({ id: 4, quantity: "soil.depletion", judgedBy: usedUp }),
    quantitySeries({ id: 5, quantity: "soil.waterDeficit" }),
    quantitySeries({ id: 6, quantity: "soil.tension" }),
    quantitySeries({ id: 7, quantity: "soil.temperature" }),
    quantitySeries({ id: 8, quantity: "soil.ec" }),
    quantitySeries({ id: 9, quantity: "soil.pH", judgedBy: [{ pack: "coffee", rule: "coffee.soil-ph" }] }),
    quantitySeries({ id: 10, quantity: "soil.n", width: 8 }),
    quantitySeries({ id: 11, quantity: "soil.p", width: 8 }),
    quantitySeries({ id: 12, quantity: "soil.k", width: 8 }),
  ],
};
