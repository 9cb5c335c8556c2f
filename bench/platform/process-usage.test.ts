import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { usageOf } from "./process-usage.ts";

test("a process is told as it tells itself", () => {
  const { user, system } = process.cpuUsage();
  const usage = usageOf(process.pid);
  expect(usage.rssBytes / process.memoryUsage.rss()).toBeCloseTo(1, 0);
  expect(usage.fileBytes).toBeLessThan(usage.rssBytes);
  expect(usage.peakRssBytes).toBeGreaterThanOrEqual(usage.rssBytes);
  // A tick of the kernel's account is a hundredth of a second.
  expect(usage.cpuSeconds).toBeGreaterThanOrEqual((user + system) / 1e6 - 0.05);
});

test("one that has ended is told as such", async () => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "close");
  expect(() => usageOf(child.pid!)).toThrow();
});
