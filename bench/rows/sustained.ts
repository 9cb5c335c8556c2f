import type { TestServer } from "../../app/testing/server-process.ts";
import type { LoadRequest } from "../load/plan.ts";
import type { LoadReport } from "../load/run-load.ts";
import { uplinkQuantities } from "../load/uplink-template.ts";
import { hostShare } from "../platform/host-watch.ts";
import { nothingMissing, untilFollowed } from "../platform/metrics.ts";
import { cpuPercent, cpuUsEach, lagByThirds, type Observation, peakRssMb } from "../platform/observe.ts";
import { everythingAccepted, everythingAcknowledged, lateness } from "../platform/soundness.ts";
import type { Platform, Stage } from "../platform/stage.ts";
import type { Row } from "../row.ts";

export const nodes = 200;
/** The nodes of the benchmark stand nowhere, so that nothing is reckoned from what they measure. */
const valuesEach = uplinkQuantities.length;
/** Uplinks that each node keeps unacknowledged in the closed loop. */
export const window = 50;
const steadyPerSecond = 20_000;
const patienceSeconds = 300;

/** How much goes all the way, from 200 sockets to the store, and whether a steady 20,000 a second leave no backlog behind. */
export const sustained: Row = {
  name: "sustained",
  figures: [
    {
      key: "perSecond",
      what: "durable uplinks a second, 5 values each, socket to store",
      unit: "/s",
      atLeast: 20_000,
      aim: 50_000,
      better: "more",
    },
  ],
  limitSeconds: ({ seconds }) => 2 * (seconds + patienceSeconds) + 60,
  async run(stage, { seconds }) {
    const platform = await stage.platform({ devices: nodes, intervalSeconds: 60 });
    const server = await platform.start();
    const closed = { kind: "closed", window } as const;
    stage.say(`warming up, then ${nodes} nodes in a closed loop, ${seconds} s`);
    const first = await send(stage, platform, server, { pace: closed, seconds: Math.min(5, seconds) });
    const most = await send(stage, platform, server, { pace: closed, seconds });
    stage.say(`${steadyPerSecond} a second in an open loop, ${seconds} s`);
    const steady = await send(stage, platform, server, {
      pace: { kind: "open", perSecond: steadyPerSecond },
      seconds,
    });
    const uplinks = [first, most, steady].reduce((sum, { report }) => sum + report.uplinks.acknowledged, 0);
    await nothingMissing(server, uplinks * valuesEach);
    await server.stop();
    return {
      measured: { perSecond: most.storedPerSecond },
      notes: [
        `closed loop, ${nodes} × ${window} unacknowledged: ${account(most)}`,
        `open loop at ${steadyPerSecond}/s: ${account(steady)}`,
        `${uplinks * valuesEach} readings stored, none missing`,
        most.hostTook,
        ...lateness(steady.report),
      ],
    };
  },
};

export interface Run {
  readonly report: LoadReport;
  readonly storedPerSecond: number;
  /** From the last acknowledgement asked for to the last reading stored. */
  readonly catchUpSeconds: number;
  readonly seen: readonly Observation[];
  /** A note. */
  readonly hostTook: string;
}

/** Sends, and waits until all of it is stored: that time counts, too. */
export async function send(
  stage: Stage,
  { credentials }: Platform,
  server: TestServer,
  load: Pick<LoadRequest, "pace" | "seconds">,
): Promise<Run> {
  const observing = stage.observe(server);
  const host = stage.watchHost();
  const report = await stage.load({ ...load, port: server.mqttPort, credentials, drainSeconds: 60 }).report;
  everythingAccepted(report);
  everythingAcknowledged(report);
  const { storedAtMs } = await untilFollowed(server, patienceSeconds);
  const seen = await observing.stop();
  const hostTook = hostShare(await host.stop());
  const { fromMs, seconds } = report.measured;
  return {
    report,
    storedPerSecond: Math.round((report.uplinks.acknowledged / (storedAtMs - fromMs)) * 1000),
    catchUpSeconds: Math.max(0, (storedAtMs - fromMs) / 1000 - seconds),
    seen,
    hostTook,
  };
}

export function account({ report, storedPerSecond, catchUpSeconds, seen }: Run): string {
  const { acknowledgedPerSecond, ackMs, cpuPercent: generatorCpu } = report.measured;
  return (
    `${acknowledgedPerSecond}/s acknowledged, ${storedPerSecond}/s stored (${catchUpSeconds.toFixed(1)} s to catch up), ` +
    `PUBACK p50 ${ackMs.p50} ms, p99 ${ackMs.p99} ms, server CPU ${cpuPercent(seen)} % (${cpuUsEach(seen, report.uplinks.acknowledged)}), generator CPU ${generatorCpu} %, ` +
    `at most ${peakRssMb(seen)} MB resident, most behind in each third ${lagByThirds(seen).join(" / ")} uplinks`
  );
}
