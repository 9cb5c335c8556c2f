import { setTimeout as wait } from "node:timers/promises";
import type { TestServer } from "../../app/testing/server-process.ts";
import { hostShare } from "../platform/host-watch.ts";
import { untilConnected, untilFollowed } from "../platform/metrics.ts";
import { cpuPercent, cpuUsEach, lagByThirds, peakRssMb } from "../platform/observe.ts";
import { usageOf } from "../platform/process-usage.ts";
import { everythingAccepted, everythingAcknowledged, lateness } from "../platform/soundness.ts";
import type { Platform, Stage } from "../platform/stage.ts";
import type { Row } from "../row.ts";

const connectSeconds = 120;
/** The collector has taken away by then what connecting left behind; what stays is what a connection costs. */
const quietSeconds = 30;

/** How long a node waits for its PUBACK among 10,000 others, and what each of them costs while it is only connected. */
export const acknowledgement: Row = {
  name: "acknowledgement",
  figures: [
    {
      key: "p99Ms",
      what: "publish → PUBACK, p99, 10,000 nodes connected, 10,000 uplinks a second",
      unit: "ms",
      atLeast: 15,
      aim: 6,
      better: "less",
    },
    {
      key: "kbPerNode",
      what: "memory per connected node, 10,000 of them",
      unit: "kB",
      atLeast: 30,
      aim: 15,
      better: "less",
    },
  ],
  limitSeconds: ({ seconds }) => seconds + 2 * connectSeconds + quietSeconds + 120,
  async run(stage, { short, seconds }) {
    const nodes = short ? 1_000 : 10_000;
    const perSecond = short ? 1_000 : 10_000;
    const platform = await stage.platform({ devices: nodes, intervalSeconds: 60 });
    const server = await platform.start();
    const idle = await idleMemory(stage, platform, server, short ? 2 : quietSeconds);

    stage.say(`${perSecond} uplinks a second from ${nodes} nodes, ${seconds} s`);
    const generator = stage.load({
      port: server.mqttPort,
      credentials: platform.credentials,
      pace: { kind: "open", perSecond },
      warmUpSeconds: Math.min(10, seconds),
      seconds,
      drainSeconds: 30,
    });
    await untilConnected(server, nodes, connectSeconds);
    const observing = stage.observe(server);
    const host = stage.watchHost();
    const report = await generator.report;
    const hostTook = hostShare(await host.stop());
    const seen = await observing.stop();
    everythingAccepted(report);
    everythingAcknowledged(report);
    await untilFollowed(server, connectSeconds);
    await server.stop();

    const { ackMs, acknowledgedPerSecond, cpuPercent: generatorCpu } = report.measured;
    return {
      measured: { p99Ms: ackMs.p99, kbPerNode: idle.kbPerNode },
      notes: [
        `PUBACK p50 ${ackMs.p50} ms, p90 ${ackMs.p90} ms, p99 ${ackMs.p99} ms, p99.9 ${ackMs.p999} ms, max ${ackMs.max} ms, ${acknowledgedPerSecond}/s`,
        `server CPU ${cpuPercent(seen)} % (${cpuUsEach(seen, report.uplinks.acknowledged)}), generator CPU ${generatorCpu} %, at most ${peakRssMb(seen)} MB resident, most behind in each third ${lagByThirds(seen).join(" / ")} uplinks`,
        `${nodes} idle nodes: ${idle.beforeMb} MB resident before, ${idle.withMb} MB with them`,
        `connected at ${report.connections.perSecond} nodes a second, p99 ${report.connections.connectMs.p99} ms`,
        hostTook,
        ...lateness(report),
      ],
    };
  },
};

async function idleMemory(
  stage: Stage,
  { credentials, deviceIds }: Platform,
  server: TestServer,
  seconds: number,
) {
  const nodes = deviceIds.length;
  const before = usageOf(server.pid).rssBytes;
  stage.say(`${nodes} nodes connect and say nothing for ${seconds} s`);
  const generator = stage.load({
    port: server.mqttPort,
    credentials,
    pace: { kind: "idle" },
    seconds: connectSeconds + seconds,
  });
  await untilConnected(server, nodes, connectSeconds);
  await wait(seconds * 1000);
  const connected = usageOf(server.pid).rssBytes;
  generator.stop();
  everythingAccepted(await generator.report);
  await untilConnected(server, 0, connectSeconds);
  return {
    kbPerNode: (connected - before) / nodes / 1000,
    beforeMb: Math.round(before / 1e6),
    withMb: Math.round(connected / 1e6),
  };
}
