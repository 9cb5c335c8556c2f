import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { TestServer } from "../../app/testing/server-process.ts";
import { freePort } from "../../testing/free-port.ts";
import { NodeConnection } from "../load/node-connection.ts";
import { untilFollowed } from "../platform/metrics.ts";
import { everythingAcknowledged } from "../platform/soundness.ts";
import type { Platform, Stage } from "../platform/stage.ts";
import type { Row } from "../row.ts";

const devices = 2_000;
const knockingSeconds = 30;

/** From the start of the process until a node that waits before the door has its first uplink acknowledged. */
export const start: Row = {
  name: "start",
  figures: [
    {
      key: "firstSeconds",
      what: "start to first accepted uplink: a fresh folder, compiled as npm ci does it",
      unit: "s",
      atLeast: 2,
      aim: 1,
      better: "less",
    },
    {
      key: "againSeconds",
      what: "start to first accepted uplink: again, 2,000 devices and a journal",
      unit: "s",
      atLeast: 2,
      aim: 1,
      better: "less",
    },
  ],
  limitSeconds: ({ seconds }) => seconds + 240,
  async run(stage, { short, seconds }) {
    const rounds = short ? 1 : 5;
    const [uncompiled, ...firstTimes] = await firstStarts(stage, 1 + rounds);
    const again = await laterStarts(stage, rounds, Math.min(seconds, 20));
    return {
      measured: { firstSeconds: median(firstTimes), againSeconds: median(again.stopped) },
      notes: [
        `first start: ${all(firstTimes)}; the one before them, with nothing compiled: ${all([uncompiled!])}`,
        `again after a stop, ${devices} devices, ${again.uplinks} uplinks in the journal: ${all(again.stopped)}`,
        `the same after kill -9: ${all(again.killed)}`,
      ],
    };
  },
};

/** Each on a fresh folder; the first of them compiles for the others. */
async function firstStarts(stage: Stage, rounds: number): Promise<number[]> {
  const cache = stage.folder();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { platform, port } = await platformOnPort(stage, 1);
    const { server, tookSeconds } = await startAndSend(platform, port, cache);
    times.push(tookSeconds);
    await server.stop();
  }
  return times;
}

async function laterStarts(stage: Stage, rounds: number, seconds: number) {
  const { platform, port } = await platformOnPort(stage, devices);
  stage.say(`${devices} nodes fill the journal, ${seconds} s`);
  const cache = stage.folder();
  const uplinks = await fill(stage, platform, port, { seconds, cache });
  const times = { stopped: [] as number[], killed: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const afterStop = await startAndSend(platform, port, cache);
    times.stopped.push(afterStop.tookSeconds);
    await afterStop.server.kill();
    const afterKill = await startAndSend(platform, port, cache);
    times.killed.push(afterKill.tookSeconds);
    await afterKill.server.stop();
  }
  return { ...times, uplinks };
}

async function platformOnPort(stage: Stage, devices: number) {
  const port = await freePort();
  const settings = { broker: { mqttPort: port } };
  return { port, platform: await stage.platform({ devices, intervalSeconds: 60, settings }) };
}

async function fill(
  stage: Stage,
  platform: Platform,
  port: number,
  { seconds, cache }: { seconds: number; cache: string },
): Promise<number> {
  const server = await platform.start({ NODE_COMPILE_CACHE: cache });
  const { credentials } = platform;
  const pace = { kind: "open", perSecond: 5_000 } as const;
  const report = await stage.load({ port, credentials, pace, seconds, drainSeconds: 30 }).report;
  everythingAcknowledged(report);
  await untilFollowed(server, 120);
  await server.stop();
  return report.uplinks.acknowledged;
}

/** Lets a node knock from the first moment on, as nodes do whose server is gone. */
async function startAndSend(
  platform: Platform,
  port: number,
  compileCache: string,
): Promise<{ server: TestServer; tookSeconds: number }> {
  const [id, secret] = readFileSync(platform.credentials, "utf8").split("\n")[0]!.split(",") as [
    string,
    string,
  ];
  const fromMs = performance.now();
  const starting = platform.start({ NODE_COMPILE_CACHE: compileCache });
  const acknowledgedMs = firstAcknowledgement({
    device: 0,
    id,
    secret,
    host: "127.0.0.1",
    port,
    keepAliveSeconds: 60,
  });
  const [server, atMs] = await Promise.all([starting, acknowledgedMs]);
  return { server, tookSeconds: (atMs - fromMs) / 1000 };
}

async function firstAcknowledgement(parts: ConstructorParameters<typeof NodeConnection>[0]): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const node = new NodeConnection(parts, {
    acknowledged: () => resolve(performance.now()),
    acknowledgedAll: () => {},
    lost: () => reject(new Error("the node was cut before its uplink was acknowledged")),
  });
  const untilMs = performance.now() + knockingSeconds * 1000;
  for (let code = await node.connect(); code !== 0; code = await node.connect()) {
    if (code !== null) throw new Error(`the node was refused with ${code}`);
    if (performance.now() > untilMs) throw new Error(`nobody opened within ${knockingSeconds} s`);
    await wait(2);
  }
  node.send([false], Date.now());
  const atMs = await promise;
  node.end();
  return atMs;
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)]!;
}

const all = (times: readonly number[]) => times.map((seconds) => `${seconds.toFixed(2)} s`).join(", ");
