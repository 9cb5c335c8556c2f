import { setTimeout as wait } from "node:timers/promises";
import type { TestServer } from "../../app/testing/server-process.ts";

/** Samples by name and labels, as they are written: `canhdong_follower_lag_uplinks{follower="store"}`. */
export type Metrics = ReadonlyMap<string, number>;

export async function readMetrics({ url, token }: Pick<TestServer, "url" | "token">): Promise<Metrics> {
  const answer = await fetch(`${url}/api/v1/metrics`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`the server's metrics cannot be read: HTTP ${answer.status}`);
  return parseMetrics(await answer.text());
}

/** The Prometheus text format, as far as our server writes it: no timestamps, no spaces in labels. */
export function parseMetrics(text: string): Metrics {
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    samples.map((line) => {
      const space = line.lastIndexOf(" ");
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** @throws when the server does not count this */
export function sample(metrics: Metrics, name: string): number {
  const value = metrics.get(name);
  if (value === undefined) throw new Error(`the server's metrics have no ${name}`);
  return value;
}

const lagMetric = "canhdong_follower_lag_uplinks";

/** Uplinks that this follower still has before it. */
export function lagOf(metrics: Metrics, follower: "store" | "watch"): number {
  return sample(metrics, `${lagMetric}{follower="${follower}"}`);
}

/** Uplinks that the last of all followers still has before it. */
export function mostLag(metrics: Metrics): number {
  return Math.max(...[...metrics].filter(([name]) => name.startsWith(lagMetric)).map(([, lag]) => lag));
}

/**
 * Waits until everything acknowledged is stored and judged.
 *
 * @returns when the store had everything, and when everybody had; ms since 1970, late by at most some 20 ms
 */
export async function untilFollowed(
  server: TestServer,
  mostSeconds: number,
): Promise<{ readonly storedAtMs: number; readonly allAtMs: number }> {
  let storedAtMs: number | null = null;
  const untilMs = Date.now() + mostSeconds * 1000;
  while (Date.now() < untilMs) {
    const metrics = await readMetrics(server);
    if (lagOf(metrics, "store") === 0) storedAtMs ??= Date.now();
    if (storedAtMs !== null && mostLag(metrics) === 0) return { storedAtMs, allAtMs: Date.now() };
    // To be asked costs the server a part of what it is measured by.
    await wait(lagOf(metrics, "store") > 20_000 ? 250 : 20);
  }
  throw new Error(
    `after ${mostSeconds} s the followers are still behind:\n${JSON.stringify(await server.health(), null, 1)}`,
  );
}

/** @throws when the store does not hold just so many readings */
export async function nothingMissing(server: TestServer, readings: number): Promise<void> {
  const stored = sample(await readMetrics(server), "canhdong_readings");
  if (stored !== readings) throw new Error(`${readings} readings were acknowledged, ${stored} are stored`);
}

/** Waits until just so many devices are connected. */
export async function untilConnected(server: TestServer, nodes: number, mostSeconds: number): Promise<void> {
  const untilMs = performance.now() + mostSeconds * 1000;
  let connected = -1;
  while (performance.now() < untilMs) {
    connected = sample(await readMetrics(server), "canhdong_devices_connected");
    if (connected === nodes) return;
    await wait(100);
  }
  throw new Error(`after ${mostSeconds} s ${connected} nodes are connected, and not ${nodes}`);
}
