import { setTimeout as wait } from "node:timers/promises";
import type { TestServer } from "../../app/testing/server-process.ts";
import { hasInfluxd, type Influxd, startInfluxd } from "../../ingest/stores/influxdb/testing/influxd.ts";
import { uplinkQuantities } from "../load/uplink-template.ts";
import { lagOf, readMetrics, untilFollowed } from "./metrics.ts";
import { cpuUsEach, type Observation, peakRssMb } from "./observe.ts";
import { everythingAccepted, everythingAcknowledged, lateness } from "./soundness.ts";
import type { Platform, Stage } from "./stage.ts";

/** What comes in while an InfluxDB is away. */
export interface Outage {
  readonly devices: number;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface CaughtUp {
  readonly tookMs: number;
  /** Readings a second. */
  readonly rate: number;
  readonly notes: readonly string[];
}

/** Readings of an uplink. */
export const valuesEach = uplinkQuantities.length;
/** For what came in, a fifth of the time that it took is usual. */
const patienceSeconds = ({ seconds }: Outage) => 600 + 5 * seconds;
/** The follower looks again after this at the latest. */
const mostPauseSeconds = 40;

/** How long all of it takes at most. */
export function longestSeconds(outage: Outage): number {
  return outage.seconds + mostPauseSeconds + patienceSeconds(outage) + 120;
}

/** Lets uplinks come in while an InfluxDB is away, and measures what happens when it is back. */
export async function duringAnOutage(stage: Stage, outage: Outage): Promise<CaughtUp> {
  if (!hasInfluxd) throw new Error("there is no influxd: apt-get install influxdb");
  const influx = await startInfluxd();
  try {
    return await measured(stage, influx, outage);
  } finally {
    await influx.remove();
  }
}

async function measured(stage: Stage, influx: Influxd, outage: Outage): Promise<CaughtUp> {
  const { devices, perSecond, seconds } = outage;
  const platform = await stage.platform({
    devices,
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
  const { storedAtMs } = await untilFollowed(server, patienceSeconds(outage));
  const seenBack = await back.stop();
  await allThere(platform, report.uplinks.acknowledged * valuesEach);
  await server.stop();
  const tookMs = storedAtMs - fromMs;
  return {
    tookMs,
    rate: Math.round((uplinks * valuesEach * 1000) / tookMs),
    notes: [
      `${report.uplinks.acknowledged} uplinks of ${valuesEach} values came in while InfluxDB was away; none missing`,
      `caught up in ${(tookMs / 1000).toFixed(1)} s (${Math.round((uplinks * valuesEach * 1000) / tookMs)} readings a second), ${cpuUsEach(seenBack, uplinks)} on the platform's side`,
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
  const half = away.length >> 1;
  return `at most ${peakRssMb(away.slice(0, half))} MB resident in the first half of its absence, ${peakRssMb(away.slice(half))} MB in the second, ${peakRssMb(back)} MB while catching up`;
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
