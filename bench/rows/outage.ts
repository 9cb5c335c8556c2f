import { setTimeout as wait } from "node:timers/promises";
import type { TestServer } from "../../app/testing/server-process.ts";
import { hasInfluxd, type Influxd, startInfluxd } from "../../ingest/stores/influxdb/testing/influxd.ts";
import { uplinkQuantities } from "../load/uplink-template.ts";
import { lagOf, readMetrics, untilFollowed } from "../platform/metrics.ts";
import { cpuUsEach, type Observation, peakRssMb } from "../platform/observe.ts";
import type { Platform, Stage } from "../platform/stage.ts";
import type { Row } from "../row.ts";
import { everythingAccepted, everythingAcknowledged, lateness } from "./soundness.ts";

const perSecond = 5_000;
const valuesEach = uplinkQuantities.length;
/** What 10,000 nodes at an uplink a minute leave behind. */
const liveReadings = Math.round((10_000 / 60) * valuesEach);
const patienceSeconds = 600;
/** The follower looks again after this at the latest. */
const mostPauseSeconds = 40;

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
  limitSeconds: ({ seconds }) => seconds + mostPauseSeconds + patienceSeconds + 120,
  async run(stage, { seconds }) {
    if (!hasInfluxd) throw new Error("there is no influxd: apt-get install influxdb");
    const influx = await startInfluxd();
    try {
      return await duringAnOutage(stage, influx, seconds);
    } finally {
      await influx.remove();
    }
  },
};

async function duringAnOutage(stage: Stage, influx: Influxd, seconds: number) {
  const platform = await stage.platform({
    devices: 200,
    intervalSeconds: 60,
    settings: {
      readings: {
        store: "influxdb",
        influxdb: { url: influx.url, api: "v1", database: "farm", compress: false },
      },
    },
  });
  const { code, err } = await platform.run("influx", "init");
  if (code !== 0) throw new Error(err);
  const server = await platform.start();
  await influx.kill();
  stage.say(`${perSecond} uplinks a second for ${seconds} s, InfluxDB away`);
  const away = stage.observe(server);
  const { credentials } = platform;
  const pace = { kind: "open", perSecond } as const;
  const report = await stage.load({ pace, seconds, port: server.mqttPort, credentials, drainSeconds: 60 })
    .report;
  everythingAccepted(report);
  everythingAcknowledged(report);
  const seenAway = await away.stop();
  stage.say("InfluxDB comes back");
  const back = stage.observe(server);
  await influx.start();
  const { uplinks, fromMs } = await untilItGoesOn(server);
  const { storedAtMs } = await untilFollowed(server, patienceSeconds);
  const seenBack = await back.stop();
  await allThere(platform, report.uplinks.acknowledged * valuesEach);
  await server.stop();
  const rate = Math.round((uplinks * valuesEach * 1000) / (storedAtMs - fromMs));
  return {
    measured: { perSecond: rate },
    notes: [
      `${report.uplinks.acknowledged} uplinks of ${valuesEach} values came in while InfluxDB was away; none missing`,
      `caught up in ${((storedAtMs - fromMs) / 1000).toFixed(1)} s, ${cpuUsEach(seenBack, uplinks)} on the platform's side`,
      memoryText(seenAway, seenBack),
      "influxd 1.6.7 on the same machine, without compression",
      ...lateness(report),
    ],
  };
}

/** @throws when the database has fewer: the server's own count of them may be an hour old */
async function allThere(platform: Platform, acknowledged: number): Promise<void> {
  const { out, err } = await platform.run("influx", "check");
  const stored = Number(/: (\d+) readings/.exec(out)?.[1]);
  if (stored !== acknowledged)
    throw new Error(`${acknowledged} readings were acknowledged, ${stored} are stored ${err}`);
}

function memoryText(away: readonly Observation[], back: readonly Observation[]): string {
  return `at most ${peakRssMb(away)} MB resident while it was away, ${peakRssMb(back)} MB while catching up`;
}

/** Between two tries the follower waits, longer after each: that is no part of the rate. */
async function untilItGoesOn(server: TestServer): Promise<{ uplinks: number; fromMs: number }> {
  const before = lagOf(await readMetrics(server), "store");
  for (let waitedMs = 0; waitedMs < mostPauseSeconds * 1000; waitedMs += 20) {
    const uplinks = lagOf(await readMetrics(server), "store");
    if (uplinks < before) return { uplinks, fromMs: Date.now() };
    await wait(20);
  }
  throw new Error("the platform does not write to the InfluxDB that is back");
}
