import { resolve } from "node:path";
import type { Row } from "../row.ts";

const script = resolve(import.meta.dirname, "../count.ts");
const quantities = 2;
/** Every ten minutes. */
const perHour = 6;

interface Count {
  readonly seconds: number;
  readonly hours: number;
  readonly readings: number;
  readonly models: number;
  readonly yes: number;
  readonly rssMb: number;
}

/** How long it takes to judge the linkage models of a province by a year of what their nodes measured. */
export const count: Row = {
  name: "count",
  figures: [
    {
      key: "seconds",
      what: `300 linkage models with 1,500 nodes of ${quantities} quantities, counted over a year from the store`,
      unit: "s",
      atLeast: 10,
      aim: 5,
      better: "less",
    },
  ],
  limitSeconds: () => 3_600,
  async run(stage, { short }) {
    const [models, nodes] = short ? [20, 100] : [300, 1_500];
    stage.say(`${nodes} nodes' year is written, sealed and counted`);
    const found = await stage.script<Count>(script, [models, nodes, quantities, perHour].map(String));
    return {
      measured: { seconds: found.seconds },
      notes: [
        `${found.hours.toLocaleString("en")} hours of ${found.readings.toLocaleString("en")} readings; ${found.yes} of ${found.models} models count; at most ${Math.round(found.rssMb)} MB resident, the simulation included`,
        "every verdict as from what was sent, without a store",
      ],
    };
  },
};
