import { setTimeout as sleep } from "node:timers/promises";
import type { TestServer } from "./server-process.ts";

const followers = new Set(["derived", "store", "quarantine", "links", "watch", "live"]);

/** Resolves when every follower has caught up with the journal: what was acknowledged is stored and judged. */
export async function settled(server: TestServer): Promise<void> {
  // The front door's thread acknowledges an uplink a moment before the others hear of it: so it has to be said twice.
  for (let times = 0; times < 2; ) {
    const { checks } = await server.health();
    const asked = checks.filter(({ name }) => followers.has(name));
    const isThrough =
      asked.length === followers.size && asked.every(({ message }) => message === "0 uplinks behind");
    times = isThrough ? times + 1 : 0;
    await sleep(50);
  }
}
