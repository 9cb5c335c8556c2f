import { setTimeout as sleep } from "node:timers/promises";
import type { TestServer } from "./server-process.ts";

/** Resolves when every follower has caught up with the journal: what was acknowledged is stored and judged. */
export async function settled(server: TestServer): Promise<void> {
  for (;;) {
    const { checks } = await server.health();
    const followers = checks.filter(({ message }) => / uplinks behind$/.test(message));
    if (followers.length > 0 && followers.every(({ message }) => message.startsWith("0 "))) return;
    await sleep(50);
  }
}
