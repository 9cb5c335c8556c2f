import { readMetrics, sample } from "../platform/metrics.ts";
import type { Row } from "../row.ts";
import { account, nodes, send, window } from "./sustained.ts";

/** Vapour pressure deficit, dew point and THI of each uplink; hours add a little. */
const reckonedEach = 3;
const sentEach = 5;

/** The same as `sustained`, of nodes that stand in sheds: what is reckoned from their readings is stored and judged besides. */
export const reckoned: Row = {
  name: "reckoned",
  figures: [
    {
      key: "perSecond",
      what: "durable uplinks a second, 5 values each and 3 reckoned from them, socket to store",
      unit: "/s",
      atLeast: 10_000,
      aim: 20_000,
      better: "more",
    },
  ],
  limitSeconds: ({ seconds }) => seconds + 700,
  async run(stage, { seconds }) {
    const platform = await stage.platform({ devices: nodes, intervalSeconds: 60, placed: true });
    const server = await platform.start();
    const closed = { kind: "closed", window } as const;
    stage.say(`warming up, then ${nodes} nodes in sheds in a closed loop, ${seconds} s`);
    const first = await send(stage, platform, server, { pace: closed, seconds: Math.min(5, seconds) });
    const most = await send(stage, platform, server, { pace: closed, seconds });
    const uplinks = first.report.uplinks.acknowledged + most.report.uplinks.acknowledged;
    const stored = sample(await readMetrics(server), "canhdong_readings");
    const least = uplinks * (sentEach + reckonedEach);
    // Two nodes' uplinks of one millisecond share the time of what is reckoned; the load generator's never do.
    if (stored < least)
      throw new Error(`${least} readings were sent or can be reckoned, ${stored} are stored`);
    await server.stop();
    return {
      measured: { perSecond: most.storedPerSecond },
      notes: [
        `closed loop, ${nodes} × ${window} unacknowledged: ${account(most)}`,
        most.hostTook,
        `${stored} readings stored, ${uplinks * sentEach} of them measured`,
      ],
    };
  },
};
