import { resolve } from "node:path";
import type { FleetAccount } from "../../firmware-sim/index.ts";
import type { Row } from "../row.ts";

const script = resolve(import.meta.dirname, "../fleet.ts");
const nodes = 10_000;
const connectingSeconds = 60;

interface FleetRun {
  readonly account: FleetAccount;
  readonly connected: number;
  readonly rssMb: number;
}

/** What ten thousand simulated nodes cost the process that plays them. */
export const fleet: Row = {
  name: "fleet",
  figures: [
    {
      key: "mb",
      what: "memory of the simulator with 10,000 nodes connected, each once a minute",
      unit: "MB",
      atLeast: 1_500,
      aim: 750,
      better: "less",
    },
  ],
  limitSeconds: ({ seconds }) => seconds + 300,
  async run(stage, { short, seconds }) {
    const devices = short ? nodes / 10 : nodes;
    const platform = await stage.platform({ devices, intervalSeconds: 60 });
    const server = await platform.start();
    const lasts = connectingSeconds + (short ? 0 : seconds);
    const { account, connected, rssMb } = await stage.script<FleetRun>(script, [
      String(server.mqttPort),
      platform.credentials,
      String(lasts),
    ]);
    await server.stop();
    if (connected !== devices) throw new Error(`${connected} of ${devices} nodes were connected`);
    const { acknowledged, inFlight, buffered, dropped, latencyMs } = account;
    if (inFlight + buffered + dropped > 0) {
      throw new Error(
        `${inFlight} readings in flight, ${buffered} buffered and ${dropped} dropped at the end`,
      );
    }
    return {
      measured: { mb: rssMb },
      notes: [
        `${devices} nodes, ${acknowledged} readings acknowledged; PUBACK after ${latencyMs.median} ms (median), ${latencyMs.p99} ms (p99)`,
      ],
    };
  },
};
