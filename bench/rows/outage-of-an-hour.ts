import { duringAnOutage, longestSeconds } from "../platform/influx-outage.ts";
import type { Row } from "../row.ts";

/** An hour of 5,000 uplinks a second, in a quarter of the time. */
const hour = { devices: 2_000, perSecond: 20_000, seconds: 900 };

/** How long boards are behind after an hour in which an InfluxDB refused everything. */
export const outageOfAnHour: Row = {
  name: "outage-of-an-hour",
  figures: [
    {
      key: "minutes",
      what: "an hour of 5,000 uplinks a second that an InfluxDB refused is caught up in (ours)",
      unit: "min",
      atLeast: 30,
      aim: 6,
      better: "less",
    },
  ],
  limitSeconds: () => longestSeconds(hour),
  async run(stage, { short, seconds: shortSeconds }) {
    const seconds = short ? shortSeconds : hour.seconds;
    const { tookMs, notes } = await duringAnOutage(stage, { ...hour, seconds });
    return {
      measured: { minutes: Number((tookMs / 60_000).toFixed(1)) },
      notes: [`the hour's uplinks came in within ${seconds} s, at ${hour.perSecond} a second`, ...notes],
    };
  },
};
