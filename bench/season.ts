/** A season in virtual time against the real ingest core, in a process of its own: `season.ts DAYS NODES`. Prints JSON. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { openRehearsal } from "../app/rehearsal/open-rehearsal.ts";
import { type FarmAccount, servePlatform } from "../firmware-sim/index.ts";
import { readRules } from "../ingest/rules/index.ts";
import type { SeasonFarm } from "./season-farm.ts";

const [days, nodes] = process.argv.slice(2).map(Number) as [number, number];
const startMs = Date.UTC(2026, 4, 1);
const starter = resolve(import.meta.dirname, "../ingest/rules/packs/starter.yaml");

const platform = await openRehearsal({
  startMs,
  rules: readRules(readFileSync(starter, "utf8"), starter, ["log"]),
  tickMs: 5 * 60_000,
});
const begun = performance.now();
const { port1: ours, port2: port } = new MessageChannel();
servePlatform(ours, platform);
const workerData: SeasonFarm = { port, startMs, days, nodes };
const farm = new Worker(resolve(import.meta.dirname, "season-farm.ts"), { workerData, transferList: [port] });
const [{ measured, acknowledged }] = (await once(farm, "message")) as [FarmAccount];
const seconds = (performance.now() - begun) / 1000;
const { readings } = await platform.store.usage();
console.log(
  JSON.stringify({
    seconds,
    processorSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    rssMb: process.resourceUsage().maxRSS / 1024,
    uplinks: platform.journaled,
    measured,
    acknowledged,
    stored: readings,
    alerts: platform.alerts().length,
  }),
);
await platform.close();
