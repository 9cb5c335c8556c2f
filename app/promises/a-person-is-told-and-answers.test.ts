import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestInstallation, type TestServer } from "../testing/server-process.ts";

/** An SMS gateway that takes everything and keeps it. */
const sent: { to: string; text: string }[] = [];
const gateway = createServer((request, reply) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    sent.push(JSON.parse(Buffer.concat(chunks).toString()));
    reply.writeHead(200, { "content-type": "application/json" }).end('{"code":"0"}');
  });
});
const token = "a-token-of-the-gateway-0123456789";
let installation: TestInstallation;

beforeAll(async () => {
  gateway.listen(0, "127.0.0.1");
  await once(gateway, "listening");
  process.env.CANHDONG_TEST_SMS_TOKEN = token;
  installation = createTestInstallation({
    http: { publicUrl: "https://canhdong.example.vn" },
    notifiers: {
      log: { kind: "log" },
      sms: {
        kind: "sms-http",
        url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`,
        json: { to: "{phone}", text: "{text}" },
        inbound: { token: { env: "CANHDONG_TEST_SMS_TOKEN" }, from: "phone", text: "message" },
      },
    },
    rules: "rules.yaml",
    people: { tellFirst: { warning: ["farmer"] }, quietHours: null },
  });
  writeFileSync(
    join(installation.folder, "rules.yaml"),
    `
rules:
  - kind: threshold
    name: dry
    severity: warning
    quantity: soil.moisture
    below: 25
    title: { vi: "Đất khô: {value}", en: "Dry soil: {value}" }
    advice: { vi: "Tưới nước.", en: "Irrigate." }
`,
  );
});
afterAll(async () => {
  delete process.env.CANHDONG_TEST_SMS_TOKEN;
  await installation.remove();
  gateway.close();
});

const soilDry = { "soil.moisture": 5 };

async function settle(server: TestServer): Promise<void> {
  const post = (path: string, body: object) =>
    server.api(path, { method: "POST", body: JSON.stringify(body) });
  await post("/places", { id: "ray-1", kind: "parcel", name: "Rẫy cà phê nhà Hoa", communeCode: "18685" });
  await post("/people", { id: "hoa", name: "Hoa", role: "farmer", phone: "0912 345 678", places: ["ray-1"] });
  const consent = { purpose: "alerts", medium: "sms", given: true, how: "signed form", textVersion: "1" };
  await post("/people/hoa/consents", consent);
}

const answers = (server: TestServer, message: string, by = token) =>
  fetch(`${server.url}/providers/sms?token=${by}`, {
    method: "POST",
    body: new URLSearchParams({ phone: "84912345678", message }),
  });

test("a farmer is told by SMS of their own field, answers OK, and opts out, over kills of the server", async () => {
  let server = await installation.start();
  await settle(server);
  const secret = await addDevice(server, { id: "soil-1", intervalMs: 600_000, place: "ray-1" });
  const node = await connectNode(server, "soil-1", secret);
  await node.send({ values: soilDry });
  await node.end();
  await expect.poll(() => sent.length, { timeout: 60_000 }).toBeGreaterThan(0);
  expect(sent[0]!.to).toBe("+84912345678");
  const link = /https:\/\/canhdong\.example\.vn(\/a\/[\w-]{18})/.exec(
    sent.map(({ text }) => text).join("\n"),
  );

  await server.kill();
  server = await installation.start();
  const alert = async () =>
    (await server.api<{ alerts: Record<string, unknown>[] }>("/alerts?state=open")).alerts[0];
  expect(await alert()).toMatchObject({ state: "firing" });
  if (link) expect((await fetch(`${server.url}${link[1]}`)).status).toBe(200);
  expect((await answers(server, "OK", "a-token-that-is-not-ours")).status).toBe(401);
  expect(await alert()).toMatchObject({ state: "firing" });
  expect((await answers(server, "OK 1")).status).toBe(200);
  expect(await alert()).toMatchObject({ state: "acknowledged", acknowledgedBy: "Hoa" });

  expect((await answers(server, "Huỷ")).status).toBe(200);
  const { consents } = await server.api<{ consents: object[] }>("/people/hoa/consents");
  expect(consents.at(-1)).toMatchObject({ given: false, how: "reply by sms", who: "hoa" });
  expect(server.printed()).not.toContain("912345678");
  expect((await fetch(`${server.url}/providers/log`, { method: "POST" })).status).toBe(404);
}, 180_000);
