import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDevice, connectNode } from "../../app/testing/field-node.ts";
import { createPlatform, type PlatformWithService } from "../../app/testing/platform-with-service.ts";
import type { TestServer } from "../../app/testing/server-process.ts";
import { type Listener, openListener } from "./testing/listener.ts";
import { createFlowsFolder, isInstalled, type NodeRedProcess } from "./testing/node-red-process.ts";
import { example } from "./testing/with-ears.ts";

const patience = { timeout: 60_000 };
const key = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const rules = `
rules:
  - kind: threshold
    name: dry
    severity: warning
    quantity: soil.moisture
    below: 25
    clear: 27
    title: { vi: "Đất khô tại {device}", en: "Dry soil at {device}" }
    advice: { vi: "Tưới nước.", en: "Irrigate." }
`;

/** What the platform tells by itself, and what flows make of alerts besides; one story, in order. */
describe.skipIf(!isInstalled)("alerts", () => {
  const folder = createFlowsFolder();
  let platform: PlatformWithService;
  let server: TestServer;
  let nodeRed: NodeRedProcess;
  let office: Listener;
  let telegram: Listener;
  let other: Listener;
  const secrets: Record<string, string> = {};

  beforeAll(async () => {
    [office, telegram, other] = [await openListener(), await openListener(), await openListener()];
    platform = await createPlatform({
      rules: "rules.yaml",
      notifiers: {
        mqtt: { kind: "mqtt" },
        office: { kind: "webhook", url: `${office.url}/alerts`, key: { plain: key } },
      },
    });
    writeFileSync(join(platform.installation.folder, "rules.yaml"), rules);
    server = await platform.start();
    for (const id of ["dat-1", "dat-2"]) secrets[id] = await addDevice(server, { id, intervalMs: 600_000 });
    await platform.addService({ publish: [], subscribe: ["canhdong/v1/alerts/#"] });
  });
  afterAll(async () => {
    await folder.remove();
    await platform?.installation.remove();
    for (const listener of [office, telegram, other]) listener?.close();
  });

  async function measure(device: string, moisture: number): Promise<void> {
    const node = await connectNode(server, device, secrets[device] as string);
    await node.send({ values: { "soil.moisture": moisture } });
    await node.end();
  }

  /** The two flows as they are shipped, but not so patient. */
  function startFlows(): NodeRedProcess {
    const files = ["commune-telegram", "alert-webhook"].map((name) =>
      folder.write(
        name,
        example(name).map((part) => ("timeoutUnits" in part ? { ...part, timeout: "0.2" } : part)),
      ),
    );
    return folder.start({
      ...platform.env(),
      FLOWS_FILES: files.join(","),
      FLOWS_TELEGRAM_TOKEN: "123:abc",
      FLOWS_WEBHOOK_TOKEN: "token-of-the-other-side",
      TELEGRAM_API: telegram.url,
      COMMUNE_CHAT: "-100200300",
      WEBHOOK_URL: `${other.url}/hook`,
    });
  }

  const posted = (text: string) => telegram.taken.filter(({ body }) => body.text.includes(text)).length;

  test("reach their channel while no Node-RED runs", async () => {
    await measure("dat-1", 10);
    await expect.poll(() => office.taken.length, patience).toBe(1);
  });

  test("that fired before Node-RED was started are posted in the commune's group, also when it is not taken at first", async () => {
    telegram.refuse(502, 429);
    nodeRed = startFlows();
    await expect.poll(() => posted("Đất khô tại dat-1"), patience).toBe(1);
    expect(telegram.taken[0]).toMatchObject({
      path: "/bot123:abc/sendMessage",
      body: { chat_id: "-100200300", text: "Cảnh báo: Đất khô tại dat-1\nTưới nước." },
    });
  });

  test("go to another system with a key by which it knows repetitions", async () => {
    await expect.poll(() => other.taken.length, patience).toBe(1);
    const { path, headers, body } = other.taken[0]!;
    expect([path, headers.authorization]).toEqual(["/hook", "Bearer token-of-the-other-side"]);
    expect(body).toMatchObject({ event: "fired", device: "dat-1", alert: { rule: "dry" } });
    expect(headers["idempotency-key"]).toBe(`${body.alert.id}.fired.warning`);
  });

  test("are told once, also by a Node-RED that was killed and came back, and so is their end", async () => {
    await nodeRed.kill();
    await measure("dat-2", 10);
    nodeRed = startFlows();
    await expect.poll(() => posted("Đất khô tại dat-2"), patience).toBe(1);
    await measure("dat-1", 40);
    await expect.poll(() => posted("Hết cảnh báo: Đất khô tại dat-1"), patience).toBe(1);
    expect(posted("Cảnh báo: Đất khô tại dat-1")).toBe(1);
  });

  test("that end while Node-RED is away are told to have ended when it is back", async () => {
    await nodeRed.stop();
    await measure("dat-2", 40);
    await expect.poll(() => office.taken.length, patience).toBe(4);
    nodeRed = startFlows();
    await expect.poll(() => posted("Hết cảnh báo: Đất khô tại dat-2"), patience).toBe(1);
    expect(nodeRed.printed()).not.toContain("123:abc");
  });
});
