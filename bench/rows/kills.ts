import { randomInt } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { TestServer } from "../../app/testing/server-process.ts";
import { freePort } from "../../testing/free-port.ts";
import { type LoggedUplink, readUplinkLog } from "../load/uplink-log.ts";
import { uplinkQuantities } from "../load/uplink-template.ts";
import { untilConnected, untilFollowed } from "../platform/metrics.ts";
import type { Row } from "../row.ts";

const nodes = 100;
const perSecond = 2_000;
/** A life lasts so long after the server takes uplinks; nodes come back within 200 ms. */
const lifeMs = { from: 50, to: 1_500 };
/** All of an uplink's readings are written together: one of them stands for it. */
const quantity = "power.battery";

const longestSeconds = (kills: number) => kills * 8 + 300;

/** kill -9 again and again while nodes send: in the end every receipt is held against what is stored. */
export const kills: Row = {
  name: "kills",
  figures: [
    {
      key: "lost",
      what: "acknowledged uplinks lost over 100 kills at random moments",
      unit: "",
      atLeast: 0,
      aim: 0,
      better: "less",
    },
    {
      key: "twice",
      what: "uplinks stored twice over the same kills",
      unit: "",
      atLeast: 0,
      aim: 0,
      better: "less",
    },
  ],
  limitSeconds: ({ kills }) => longestSeconds(kills),
  async run(stage, { kills }) {
    const port = await freePort();
    const platform = await stage.platform({
      devices: nodes,
      intervalSeconds: 60,
      settings: { broker: { mqttPort: port } },
    });
    let server = await platform.start();
    const ackLog = join(platform.folder, "acknowledged");
    const generator = stage.load({
      port,
      credentials: platform.credentials,
      pace: { kind: "open", perSecond },
      // It is told to stop; this ends it if nobody is left to tell it.
      seconds: longestSeconds(kills),
      drainSeconds: 120,
      resend: true,
      ackLog,
    });
    await untilConnected(server, nodes, 60);
    for (let kill = 1; kill <= kills; kill++) {
      await wait(randomInt(lifeMs.from, lifeMs.to));
      await server.kill();
      server = await platform.start();
      if (kill % 10 === 0) stage.say(`killed ${kill} times`);
    }
    await wait(lifeMs.to);
    generator.stop();
    const { uplinks, connections } = await generator.report;
    if (uplinks.acknowledged === 0) throw new Error("no uplink was acknowledged: nothing could be lost");
    stage.say(`${uplinks.acknowledged} receipts are held against the store`);
    await untilFollowed(server, 300);
    const found = await compare(server, platform.deviceIds, readUplinkLog(ackLog));
    await server.stop();
    return {
      measured: { lost: found.lost, twice: found.twice },
      notes: [
        `${kills} kills, ${connections.reconnected} reconnections; ${uplinks.sent} uplinks sent, ${uplinks.acknowledged} acknowledged, ${uplinks.sentAgain} sent again, ${uplinks.unacknowledged} still unacknowledged at the end`,
        `${found.stored} stored, of which ${found.unacknowledged} without a receipt; ${found.incomplete} with fewer or more than ${uplinkQuantities.length} readings for each`,
      ],
    };
  },
};

interface Comparison {
  readonly stored: number;
  readonly lost: number;
  readonly twice: number;
  /** Stored, but killed before the receipt: allowed. */
  readonly unacknowledged: number;
  readonly incomplete: number;
}

async function compare(
  server: TestServer,
  deviceIds: readonly string[],
  receipts: readonly LoggedUplink[],
): Promise<Comparison> {
  const stored = new Map(deviceIds.map((id) => [id, new Set<number>()]));
  let [rows, twice] = [0, 0];
  for await (const { device, measuredAtMs } of storedReadings(server)) {
    const times = stored.get(device)!;
    if (times.has(measuredAtMs)) twice++;
    times.add(measuredAtMs);
    rows++;
  }
  const lost = receipts.filter(({ device, tsMs }) => !stored.get(deviceIds[device]!)!.has(tsMs)).length;
  const distinct = rows - twice;
  const readings = await countReadings(server);
  const whole = ({ size }: Set<number>) => size * uplinkQuantities.length;
  const incomplete = [...stored].filter(([device, times]) => readings.get(device) !== whole(times)).length;
  return { stored: distinct, lost, twice, unacknowledged: distinct - (receipts.length - lost), incomplete };
}

const everyTime = () => `fromMs=0&toMs=${Date.now() + 86_400_000}`;

/** Readings by device, of what was sent: what the platform reckons from it is not among them. */
async function countReadings(server: TestServer): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const sent of uplinkQuantities) {
    const { devices } = await server.api<{ devices: { device: string; readings: number }[] }>(
      `/completeness?${everyTime()}&quantity=${sent}`,
    );
    for (const { device, readings } of devices) counts.set(device, (counts.get(device) ?? 0) + readings);
  }
  return counts;
}

/** Every stored reading of one quantity, as the platform itself exports it. */
async function* storedReadings(server: TestServer): AsyncGenerator<{ device: string; measuredAtMs: number }> {
  const answer = await fetch(`${server.url}/api/v1/export?format=csv&quantity=${quantity}&${everyTime()}`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  if (!answer.ok || !answer.body)
    throw new Error(`the export failed: HTTP ${answer.status} ${await answer.text()}`);
  let header = true;
  for await (const row of createInterface({ input: Readable.fromWeb(answer.body) })) {
    const [device, , , measuredAt] = row.split(",");
    if (!header) yield { device: device!, measuredAtMs: Date.parse(measuredAt!) };
    header = false;
  }
}
