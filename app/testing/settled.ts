import { setTimeout as sleep } from "node:timers/promises";
import type { TestServer } from "./server-process.ts";

const followers = new Set(["derived", "store", "quarantine", "links", "watch", "live"]);

/** Resolves when every follower has caught up with the journal: what was acknowledged is stored and judged. */
export async function settled(server: TestServer): Promise<void> {
  for (;;) {
    const { checks } = await server.health();
    const asked = checks.filter(({ name }) => followers.has(name));
    if (asked.length === followers.size && asked.every(({ message }) => message === "0 uplinks behind"))
      return;
    await sleep(50);
  }
}
