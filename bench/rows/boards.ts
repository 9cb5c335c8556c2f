import { join } from "node:path";
import { hasInfluxd } from "../../ingest/stores/influxdb/testing/influxd.ts";
import type { BoardFigures } from "../boards.ts";
import type { Row } from "../row.ts";

const script = join(import.meta.dirname, "../boards.ts");
const nodes = 200;
const thirteenMonths = 395;

/** How long an officer waits for the slowest panel of Grafana's boards, a season on the screen. */
export const boards: Row = {
  name: "boards",
  figures: [
    {
      key: "slowestPanel",
      what: "slowest panel of Grafana's boards: a season (120 days) of 200 nodes, all chosen, 13 months in InfluxDB 1.6",
      unit: "ms",
      atLeast: 1_000,
      aim: 300,
      better: "less",
    },
  ],
  limitSeconds: () => 3_600,
  async run(stage, { short }) {
    if (!hasInfluxd) throw new Error("there is no influxd on this machine (Debian: influxdb)");
    const days = short ? 5 : thirteenMonths;
    const figures = await stage.script<BoardFigures>(script, [String(nodes), String(days)]);
    const { slowest, dearest, medianMs, slowestVariablesMs, readings, panels, empty } = figures;
    if (empty.length > 0) throw new Error(`panels without an answer: ${empty.join("; ")}`);
    return {
      measured: { slowestPanel: Math.round(slowest.ms) },
      notes: [
        `${days} days, ${readings.toLocaleString("en")} readings, an uplink an hour; ${panels} panels, each asked three times, the median counts`,
        `dearest: ${dearest.panel} of ${dearest.board}, ${dearest.cpuMs} ms of the database's processor time`,
        `slowest: ${slowest.panel} of ${slowest.board}; median of all ${Math.round(medianMs)} ms; the variables of a board at most ${Math.round(slowestVariablesMs)} ms`,
      ],
    };
  },
};
