/** The farm of `season.ts`, in a thread of its own: lives through a season, then tells its account. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createFarm, platformBeyond } from "../firmware-sim/index.ts";

export interface SeasonFarm {
  readonly port: MessagePort;
  readonly startMs: number;
  readonly days: number;
  readonly nodes: number;
}

const hourMs = 3_600_000;
const nodesAtPlace = 2;
const placesInCommune = 10;

const { port, startMs, days, nodes } = workerData as SeasonFarm;
const farm = createFarm({ seed: 1, startMs, platform: platformBeyond(port) });
for (let place = 0; place < nodes / nodesAtPlace; place++) {
  const at = Math.floor(place / placesInCommune);
  const commune = farm.commune(`Xã ${at}`, { latitude: 15.5 + at / 4, longitude: 107.5 });
  const kind = (["soil", "pond", "shed"] as const)[place % 3]!;
  const words = commune.place(kind, `${kind} ${place}`, {});
  for (let node = 0; node < nodesAtPlace; node++) words.watchedBy("node", { everyMs: hourMs });
}
await farm.runUntil(startMs + days * 24 * hourMs);
port.close();
parentPort!.postMessage(farm.account());
