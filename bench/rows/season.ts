import { resolve } from "node:path";
import type { Row } from "../row.ts";

const script = resolve(import.meta.dirname, "../season.ts");
const nodes = 200;

interface Season {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly rssMb: number;
  readonly uplinks: number;
  readonly measured: number;
  readonly acknowledged: number;
  readonly stored: number;
  readonly alerts: number;
}

/** How long a simulated farm takes for a season, with everything behind the broker. */
export const season: Row = {
  name: "season",
  figures: [
    {
      key: "seconds",
      what: "a season (120 days) of 200 nodes, one uplink an hour, in virtual time against the ingest core",
      unit: "s",
      atLeast: 30,
      aim: 22,
      better: "less",
    },
  ],
  limitSeconds: () => 1_200,
  async run(stage, { short }) {
    const days = short ? 6 : 120;
    const lived = await stage.script<Season>(script, [String(days), String(nodes)]);
    const { seconds, processorSeconds, rssMb, uplinks, measured, acknowledged, stored, alerts } = lived;
    if (stored !== measured || acknowledged !== measured) {
      throw new Error(`${measured} readings measured, ${acknowledged} acknowledged, ${stored} stored`);
    }
    return {
      measured: { seconds },
      notes: [
        `${days} days: ${uplinks} uplinks, ${stored} readings stored, ${alerts} alerts; ${processorSeconds.toFixed(1)} s of processor time, ${Math.round(rssMb)} MB`,
      ],
    };
  },
};
