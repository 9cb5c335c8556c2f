import type { Board } from "../board.ts";
import { newestValue, quantitySeries } from "../quantity-panels.ts";
import { variablesDownTo } from "../variables.ts";
import { uids } from "./uids.ts";

const shrimp = (rule: string) => [{ pack: "shrimp", rule: `shrimp.${rule}` }];

/** Water of ponds; coloured by the limits of whiteleg shrimp, the strictest of those that are armed. */
export const pond: Board = {
  uid: uids.pond,
  title: { vi: "Ao nuôi", en: "Pond" },
  span: "48h",
  variables: variablesDownTo("device", "pond"),
  panels: [
    newestValue({ id: 1, quantity: "water.dissolvedOxygen", judgedBy: shrimp("oxygen") }),
    newestValue({ id: 2, quantity: "water.ph", judgedBy: shrimp("ph") }),
    newestValue({ id: 3, quantity: "water.temperature", judgedBy: shrimp("temperature") }),
    quantitySeries({ id: 4, quantity: "water.dissolvedOxygen", judgedBy: shrimp("oxygen"), width: 24 }),
    quantitySeries({ id: 5, quantity: "water.temperature", judgedBy: shrimp("temperature") }),
    quantitySeries({ id: 6, quantity: "water.ph", judgedBy: shrimp("ph") }),
    quantitySeries({ id: 7, quantity: "water.salinity", judgedBy: shrimp("salinity") }),
    quantitySeries({ id: 8, quantity: "water.ammonia", judgedBy: shrimp("ammonia") }),
    quantitySeries({ id: 9, quantity: "water.alkalinity", judgedBy: shrimp("alkalinity") }),
    quantitySeries({
      id: 10,
      quantity: "water.nitrite",
      judgedBy: [{ pack: "freshwater-fish", rule: "fish.nitrite" }],
    }),
    quantitySeries({ id: 11, quantity: "water.turbidity" }),
    quantitySeries({ id: 12, quantity: "water.level" }),
  ],
};
