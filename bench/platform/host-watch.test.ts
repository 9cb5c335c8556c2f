import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { hostShare, watchHost } from "./host-watch.ts";

test("every core is watched, or it is said why not", async () => {
  const watch = watchHost();
  await sleep(1500);
  const cores = await watch.stop();
  if (cores === null) {
    expect(hostShare(cores)).toContain("takes root");
    return;
  }
  for (const { seconds, lostMs, longestMs } of cores) {
    expect(seconds).toBeGreaterThan(0.1);
    expect(lostMs).toBeLessThan(seconds * 1000);
    expect(longestMs).toBeGreaterThan(0);
  }
});

test("a run of which the host took part is doubtful", () => {
  const core = (lostMs: number) => ({ seconds: 10, lostMs, longestMs: 12.3 });
  expect(hostShare([core(20), core(40)])).toBe(
    "the host took 0.2 and 0.4 % of the cores, at most 12.3 ms at once",
  );
  expect(hostShare([core(20), core(640)])).toMatch(/^DOUBTFUL: the host took 0\.2 and 6\.4 %/);
});
