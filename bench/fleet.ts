/** Simulated nodes on a real broker, in a process of their own: `fleet.ts PORT CREDENTIALS SECONDS`. Prints JSON. */
import { setTimeout as wait } from "node:timers/promises";
import { readCredentials } from "../app/replay/enlist.ts";
import { createFleet, type NodeKind } from "../firmware-sim/index.ts";

const [port, credentials, seconds] = process.argv.slice(2) as [string, string, string];
/** They stay connected; soil nodes would sleep between their uplinks. */
const kinds: readonly NodeKind[] = ["pond", "shed"];

const devices = [...readCredentials(credentials)].map(([id, secret], i) => ({
  id,
  secret,
  kind: kinds[i % kinds.length]!,
  place: { id: `place-${i >> 2}`, latitude: 8.6 + (i % 1400) / 100, longitude: 105 },
}));
const fleet = createFleet({
  devices,
  broker: { host: "127.0.0.1", port: Number(port) },
  seed: 1,
  startMs: Date.now(),
  intervalMs: 60_000,
  outagesPerDay: 0,
  now: Date.now,
});
fleet.start();
await wait(Number(seconds) * 1000);
const connected = fleet.account().connected;
const account = await fleet.stop();
console.log(JSON.stringify({ account, connected, rssMb: process.resourceUsage().maxRSS / 1024 }));
