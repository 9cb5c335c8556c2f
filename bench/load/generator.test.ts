/** The generator against a broker that is not ours. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { freePort } from "../../testing/free-port.ts";
import type { LoadRequest } from "./plan.ts";
import { startGenerator } from "./start-generator.ts";
import { readUplinkLog } from "./uplink-log.ts";

const mosquitto = "/usr/sbin/mosquitto";
let folder: string;
let port: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canhdong-load-"));
  port = await freePort();
  const lines = Array.from({ length: 20 }, (_, index) => `node-${index},secret-${index}`);
  await writeFile(join(folder, "credentials.csv"), `${lines.join("\n")}\n`);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function startMosquitto(settings = "allow_anonymous true"): Promise<ChildProcess> {
  const config = join(folder, "mosquitto.conf");
  await writeFile(
    config,
    `listener ${port} 127.0.0.1\n${settings}\nmax_inflight_messages 0\nmax_queued_messages 0\n`,
  );
  const broker = spawn(mosquitto, ["-c", config], { stdio: "ignore" });
  onTestFinished(() => stopBroker(broker));
  await accepting();
  return broker;
}

async function stopBroker(broker: ChildProcess): Promise<void> {
  if (broker.exitCode !== null || broker.signalCode !== null) return;
  broker.kill("SIGKILL");
  await once(broker, "exit");
}

/** Tries until the port takes a connection. */
async function accepting(): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const taken = await Promise.race([
      once(socket, "connect").then(() => true),
      new Promise<boolean>((resolve) => socket.on("error", () => resolve(false))),
    ]).catch(() => false);
    socket.destroy();
    if (taken) return;
  }
}

function plan(request: Partial<LoadRequest>): LoadRequest {
  const credentials = join(folder, "credentials.csv");
  return { port, credentials, pace: { kind: "closed", window: 5 }, seconds: 0.5, ...request };
}

describe.skipIf(!existsSync(mosquitto))("with Mosquitto", () => {
  test("a closed loop gets every uplink acknowledged, and the log names each of them once", async () => {
    await startMosquitto();
    const ackLog = join(folder, "acks");
    const report = await startGenerator(plan({ ackLog })).report;
    expect(report.connections).toMatchObject({ asked: 20, accepted: 20, refused: {}, failed: 0, closed: 0 });
    expect(report.uplinks.sent).toBeGreaterThan(100);
    expect(report.uplinks).toMatchObject({
      acknowledged: report.uplinks.sent,
      unacknowledged: 0,
      outOfOrder: 0,
    });
    expect(report.measured.ackMs.p50).toBeGreaterThan(0);
    const names = readUplinkLog(ackLog).map(({ device, tsMs }) => `${device} ${tsMs}`);
    expect(new Set(names).size).toBe(report.uplinks.sent);
    expect(names).toHaveLength(report.uplinks.sent);
  });

  test("an open loop sends what is due, and a subscriber receives just that, probes among it", async () => {
    await startMosquitto();
    const received = new Map<string, number>();
    const subscriber = await connectAsync(`mqtt://127.0.0.1:${port}`);
    onTestFinished(() => subscriber.endAsync(true));
    await subscriber.subscribeAsync("canhdong/v1/+/telemetry", { qos: 0 });
    subscriber.on("message", (topic, payload) => {
      const { ts, values } = JSON.parse(payload.toString());
      received.set(`${topic.split("/")[2]} ${ts}`, values["air.temperature"]);
    });
    const probeLog = join(folder, "probes");
    const ackLog = join(folder, "acks");
    const open = { kind: "open", perSecond: 1000 } as const;
    const report = await startGenerator(plan({ pace: open, seconds: 1, probeEvery: 10, probeLog, ackLog }))
      .report;
    expect(report.uplinks.sent).toBeGreaterThan(0);
    expect(report.uplinks.sent).toBeLessThanOrEqual(1100);
    expect(report.uplinks).toMatchObject({ acknowledged: report.uplinks.sent, skipped: 0 });

    // A broker answers a subscriber's ping after what it has queued for it.
    await subscriber.unsubscribeAsync("canhdong/v1/+/telemetry");
    expect(received.size).toBe(report.uplinks.sent);
    const warm = [...received].filter(([, temperature]) => temperature >= 40).map(([name]) => name);
    const probes = readUplinkLog(probeLog).map(({ device, tsMs }) => `node-${device} ${tsMs}`);
    expect(probes).toHaveLength(report.uplinks.probes);
    expect(warm.toSorted()).toEqual(probes.toSorted());
  });

  test("refused credentials are counted by return code", async () => {
    await startMosquitto("allow_anonymous false");
    const report = await startGenerator(plan({ connections: 7 })).report;
    expect(report.connections).toMatchObject({ asked: 7, accepted: 0, refused: { 5: 7 }, failed: 0 });
    expect(report.uplinks.sent).toBe(0);
  });

  test("nodes with a memory outlive a killed broker: in the end everything was acknowledged", async () => {
    const first = await startMosquitto();
    const ackLog = join(folder, "acks");
    const generator = startGenerator(plan({ resend: true, seconds: 600, drainSeconds: 60, ackLog }));
    await acknowledgementsIn(ackLog);
    await stopBroker(first);
    await startMosquitto();
    await uplinksFlow();
    generator.stop();
    const report = await generator.report;
    expect(report.connections.closed).toBe(20);
    expect(report.connections.reconnected).toBeGreaterThanOrEqual(1);
    expect(report.uplinks).toMatchObject({ acknowledged: report.uplinks.sent, unacknowledged: 0 });
    expect(report.uplinks.sentAgain).toBeGreaterThan(0);
    const names = readUplinkLog(ackLog).map(({ device, tsMs }) => `${device} ${tsMs}`);
    expect(new Set(names).size).toBe(report.uplinks.sent);
  });

  /** Resolves when the first acknowledgements have reached the log. */
  async function acknowledgementsIn(file: string): Promise<void> {
    while (!existsSync(file) || readUplinkLog(file).length === 0) await new Promise(setImmediate);
  }

  /** Resolves when an uplink comes through the broker. */
  async function uplinksFlow(): Promise<void> {
    const subscriber = await connectAsync(`mqtt://127.0.0.1:${port}`);
    const received = new Promise<void>((resolve) => subscriber.once("message", () => resolve()));
    await subscriber.subscribeAsync("canhdong/v1/+/telemetry", { qos: 0 });
    await received;
    await subscriber.endAsync(true);
  }
});

test("a broker that is not there is counted as failed connections", async () => {
  const report = await startGenerator(plan({ connections: 3 })).report;
  expect(report.connections).toMatchObject({ accepted: 0, failed: 3 });
});

test("a plan that cannot be used is refused", async () => {
  await expect(startGenerator(plan({ seconds: -1 })).report).rejects.toThrow("code 2");
});
