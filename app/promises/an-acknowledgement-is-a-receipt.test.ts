import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { addDevice, connectNode, type FieldNode } from "../testing/field-node.ts";
import { Receipts } from "../testing/receipts.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

/**
 * The server is killed (SIGKILL) at random moments under load, again and again, while nodes send and resend what was not
 * acknowledged. At the end every receipt is held against what is stored, and every dip below the limit against the alerts
 * that were told. `KILLS=100 npx vitest run app/promises` for the long run.
 */

const kills = Number(process.env.KILLS ?? 12);
const nodeIds = Array.from({ length: 8 }, (_, n) => `ruong-${n + 1}`);
/** Within an hour the fourth dip of a node is told to be flapping, and those after it are kept, but not told. */
const toldInFull = 3;
/** Every 400th value begins a dip of 20 values below the limit. */
const valueAt = (n: number) => (n % 400 >= 380 ? 12 : 40) + (n % 7) / 10;

const told: { key: string; id: string; event: string; device: string }[] = [];
const receiver = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text) => {
    body += text;
  });
  request.on("end", () => {
    const { event, alert } = JSON.parse(body) as { event: string; alert: { id: string; device: string } };
    told.push({ key: String(request.headers["idempotency-key"]), id: alert.id, event, device: alert.device });
    response.end();
  });
});
await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));

const installation = createTestInstallation({
  rules: "rules.yaml",
  notifiers: {
    hook: {
      kind: "webhook",
      url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
      key: { plain: `whsec_${Buffer.alloc(32).toString("base64")}` },
    },
  },
  broker: { limits: { uplinksPerSecond: 100_000 } },
});
writeFileSync(
  join(installation.folder, "rules.yaml"),
  `
rules:
  - kind: threshold
    name: dry
    severity: warning
    quantity: soil.moisture
    below: 20
    clear: 30
    title: { vi: "Đất khô: {value}", en: "Dry soil: {value}" }
    advice: { vi: "Tưới nước.", en: "Irrigate." }
routes:
  - to: hook
`,
);
afterAll(async () => {
  await installation.remove();
  receiver.close();
});

test(`${kills} kills under load: what was acknowledged is stored once, and each alert is told`, {
  timeout: kills * 20_000 + 120_000,
}, async () => {
  const nodes = nodeIds.map((id) => ({ id, receipts: new Receipts(valueAt) }));
  const secrets = new Map<string, string>();

  const live = async (server: TestServer, isOver: () => boolean) => {
    await Promise.all(
      nodes.map(async ({ id, receipts }) => {
        const node: FieldNode | null = await connectNode(server, id, secrets.get(id) ?? "").catch(() => null);
        if (node === null) return;
        await receipts.sendOver(node, 16, isOver);
        await node.end().catch(() => {});
      }),
    );
  };

  let server = await installation.start();
  for (const id of nodeIds) secrets.set(id, await addDevice(server, { id, intervalMs: 600_000 }));
  for (let kill = 0; kill < kills; kill++) {
    const living = live(server, () => false);
    await sleep(100 + Math.random() * 900);
    await server.kill();
    await living;
    server = await installation.start();
  }
  // The last life: everything still waiting is sent, and the count is brought to whole rounds of dips.
  const rounds = Math.ceil((Math.max(...nodes.map(({ receipts }) => receipts.measured)) + 1) / 400) * 400;
  await Promise.all(
    nodes.map(async ({ id, receipts }) => {
      const node = await connectNode(server, id, secrets.get(id) ?? "");
      await receipts.sendOver(node, 16, () => receipts.measured > rounds);
      await node.end();
    }),
  );
  await settled(server);

  for (const { id, receipts } of nodes) {
    expect(receipts.acknowledged.size).toBe(receipts.measured);
    const stored = await readBack(server, id);
    expect(stored.filter(({ ts, value }) => receipts.acknowledged.get(ts) !== value)).toEqual([]);
    expect(stored).toHaveLength(receipts.acknowledged.size);
    expect(new Set(stored.map(({ ts }) => ts)).size).toBe(stored.length);
  }

  const dips = nodes.reduce((sum, { receipts }) => sum + Math.floor(receipts.measured / 400), 0);
  const alerts: { id: string; device: string; firedAtMs: number }[] = [];
  for (const { id } of nodes) {
    const path = `/alerts?state=all&limit=1000&device=${id}`;
    alerts.push(...(await server.api<{ alerts: typeof alerts }>(path)).alerts);
  }
  expect(alerts).toHaveLength(dips);
  const byDevice = Map.groupBy(alerts, ({ device }) => device);
  const first = [...byDevice.values()].flatMap((own) =>
    own.toSorted((a, b) => a.firedAtMs - b.firedAtMs).slice(0, toldInFull),
  );
  // One that is over before anybody could be told that it fired is told once, as over.
  const tellings = (event: string) => told.filter((one) => one.event === event);
  const idsOf = (some: readonly { readonly id: string }[]) => new Set(some.map(({ id }) => id));
  const isWithin = (some: Set<string>, all: Set<string>) => [...some].every((id) => all.has(id));
  const isOver = () => isWithin(idsOf(first), idsOf(tellings("resolved")));
  while (!isOver()) await sleep(50);
  expect(isWithin(idsOf(told), idsOf(alerts))).toBe(true);
  for (const [device, own] of Map.groupBy(tellings("flapping"), ({ device }) => device)) {
    expect([device, idsOf(own).size]).toEqual([device, 1]);
  }
  // A delivery under way at a kill comes again under its key: no alert has two keys for one event.
  for (const event of ["fired", "resolved", "flapping"]) {
    expect(new Set(tellings(event).map(({ key }) => key)).size).toBe(idsOf(tellings(event)).size);
  }
});

async function readBack(server: TestServer, device: string): Promise<{ ts: number; value: number }[]> {
  const answer = await fetch(
    `${server.url}/api/v1/export?format=csv&device=${device}&fromMs=0&toMs=${Date.now() + 86_400_000}`,
    {
      headers: { authorization: `Bearer ${server.token}` },
    },
  );
  const [, ...rows] = (await answer.text()).trim().split("\n");
  return rows.map((row) => {
    const [, , , measuredAt, , value] = row.split(",");
    return { ts: Date.parse(measuredAt ?? ""), value: Number(value) };
  });
}
