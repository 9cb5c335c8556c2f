import { duringAnOutage, longestSeconds, valuesEach } from "../platform/influx-outage.ts";
import type { Row } from "../row.ts";

const devices = 200;
const perSecond = 5_000;
/** What 10,000 nodes at an uplink a minute leave behind. */
const liveReadings = Math.round((10_000 / 60) * valuesEach);

/** How fast an InfluxDB gets what came in while it was away, and what the platform's memory does meanwhile. */
export const outage: Row = {
  name: "outage",
  figures: [
    {
      key: "perSecond",
      what: "readings a second to an InfluxDB that is back, 10 × 10,000 nodes / 10 × 5,000 uplinks a second",
      unit: "/s",
      atLeast: 10 * liveReadings,
      aim: 10 * perSecond * valuesEach,
      better: "more",
    },
  ],
  limitSeconds: ({ seconds }) => longestSeconds({ devices, perSecond, seconds }),
  async run(stage, { seconds }) {
    const { rate, notes } = await duringAnOutage(stage, { devices, perSecond, seconds });
    return { measured: { perSecond: rate }, notes };
  },
};
