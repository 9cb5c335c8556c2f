import { untilFollowed } from "../platform/metrics.ts";
import { cpuPercent, peakRssMb } from "../platform/observe.ts";
import { usageOf } from "../platform/process-usage.ts";
import { everythingAccepted, everythingAcknowledged } from "../platform/soundness.ts";
import type { Row } from "../row.ts";

const nodes = 2_000;
const intervalSeconds = 60;

/** What a province's fleet costs at its usual pace: the most that was resident at any moment. */
export const memory: Row = {
  name: "memory",
  figures: [
    {
      key: "mb",
      what: "memory with 2,000 nodes at one uplink a minute",
      unit: "MB",
      atLeast: 200,
      aim: 150,
      better: "less",
    },
  ],
  limitSeconds: ({ seconds }) => 5 * seconds + 180,
  async run(stage, { seconds }) {
    const platform = await stage.platform({ devices: nodes, intervalSeconds });
    const server = await platform.start();
    const started = usageOf(server.pid).rssBytes;
    stage.say(`${nodes} nodes, each once a minute, ${5 * seconds} s`);
    const observing = stage.observe(server);
    const report = await stage.load({
      port: server.mqttPort,
      credentials: platform.credentials,
      pace: { kind: "open", perSecond: nodes / intervalSeconds },
      seconds: 5 * seconds,
    }).report;
    await untilFollowed(server, 60);
    const seen = await observing.stop();
    everythingAccepted(report);
    everythingAcknowledged(report);
    const { peakRssBytes, fileBytes } = usageOf(server.pid);
    await server.stop();
    return {
      measured: { mb: peakRssMb(seen) },
      notes: [
        `${Math.round(started / 1e6)} MB after the start, ${Math.round(seen.at(-1)!.rssBytes / 1e6)} MB at the end, ` +
          `${Math.round(peakRssBytes / 1e6)} MB at its very peak; ${Math.round(fileBytes / 1e6)} MB of it are Node and libraries; server CPU ${cpuPercent(seen)} % of one core`,
      ],
    };
  },
};
