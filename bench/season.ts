/** A season in virtual time against the real ingest core, in a process of its own: `season.ts DAYS NODES`. Prints JSON. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { openRehearsal } from "../app/rehearsal/open-rehearsal.ts";
import { createFarm } from "../firmware-sim/index.ts";
import { readRules } from "../ingest/rules/index.ts";

const [days, nodes] = process.argv.slice(2).map(Number) as [number, number];
const startMs = Date.UTC(2026, 4, 1);
const hourMs = 3_600_000;
const nodesAtPlace = 2;
const placesInCommune = 10;
const starter = resolve(import.meta.dirname, "../ingest/rules/packs/starter.yaml");

const platform = await openRehearsal({
  startMs,
  rules: readRules(readFileSync(starter, "utf8"), starter, ["log"]),
  tickMs: 5 * 60_000,
});
const farm = createFarm({ seed: 1, startMs, platform });
for (let place = 0; place < nodes / nodesAtPlace; place++) {
  const at = Math.floor(place / placesInCommune);
  const commune = farm.commune(`Xã ${at}`, { latitude: 15.5 + at / 4, longitude: 107.5 });
  const kind = (["soil", "pond", "shed"] as const)[place % 3]!;
  const words = commune.place(kind, `${kind} ${place}`, {});
  for (let node = 0; node < nodesAtPlace; node++) words.watchedBy("node", { everyMs: hourMs });
}
const begun = performance.now();
await farm.runUntil(startMs + days * 24 * hourMs);
const seconds = (performance.now() - begun) / 1000;
const { measured, acknowledged } = farm.account();
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
