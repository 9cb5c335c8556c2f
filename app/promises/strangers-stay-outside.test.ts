import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDevice, connectNode, type FieldNode } from "../testing/field-node.ts";
import { hasProgram } from "../testing/has-program.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

/** Somebody else's client (mosquitto_pub) tries what it must not; a neighbour sends all the while and notices nothing. */

const hasMosquitto = hasProgram("mosquitto_pub");

const installation = createTestInstallation();
let server: TestServer;
let secret: string;
let neighbour: FieldNode;
let sent = 0;

beforeAll(async () => {
  server = await installation.start();
  secret = await addDevice(server, { id: "ao-1" });
  neighbour = await connectNode(server, "ao-2", await addDevice(server, { id: "ao-2" }));
});
afterAll(() => installation.remove());

const mosquitto = async (program: string, as: { user?: string; password?: string }, ...words: string[]) => {
  const id = as.user === undefined ? [] : ["-i", as.user, "-u", as.user, "-P", as.password ?? ""];
  const address = ["-h", "127.0.0.1", "-p", String(server.mqttPort)];
  try {
    const { stderr } = await promisify(execFile)(program, [...address, ...id, ...words]);
    return stderr.trim() || "done";
  } catch (error) {
    return String((error as { stderr?: string }).stderr).trim();
  }
};
const publish = (topic: string) => ["-q", "1", "-t", topic, "-m", '{"values":{"water.ph":7}}'];
const sendFromNextDoor = async () => {
  await neighbour.send({ ts: Date.now() - 1000 + sent++, values: { "water.ph": 7.5 } });
};

test.skipIf(!hasMosquitto)("mosquitto_pub sends as a device with its secret", async () => {
  expect(
    await mosquitto(
      "mosquitto_pub",
      { user: "ao-1", password: secret },
      ...publish("canhdong/v1/ao-1/telemetry"),
    ),
  ).toBe("done");
  await settled(server);
  const { latest } = await server.api<{ latest: { quantity: string; value: number }[] }>(
    "/devices/ao-1/latest",
  );
  expect(latest).toMatchObject([{ quantity: "water.ph", value: 7 }]);
});

test.skipIf(!hasMosquitto).each([
  [
    "a wrong secret",
    { user: "ao-1", password: "wrong" },
    "canhdong/v1/ao-1/telemetry",
    /bad user name or password|not authori/i,
    "credentials",
  ],
  ["no name", {}, "canhdong/v1/ao-1/telemetry", /refused|lost/i, null],
  ["another's topic", { user: "ao-1" }, "canhdong/v1/ao-2/telemetry", /lost/i, "publish"],
  ["a topic of the broker's own", { user: "ao-1" }, "$SYS/x/new/clients", /lost/i, "publish"],
  ["a topic outside", { user: "ao-1" }, "farm/ao-1", /lost/i, "publish"],
])("%s is refused, and logged with the reason", async (_, as, topic, answer, reason) => {
  const said = await mosquitto("mosquitto_pub", { password: secret, ...as }, ...publish(topic));
  expect(said).toMatch(answer);
  // The log is written by another thread than the one that refuses.
  if (reason) await expect.poll(() => server.printed()).toContain(`"reason":"${reason}"`);
  await sendFromNextDoor();
});

test
  .skipIf(!hasMosquitto)
  .each([
    "#",
    "canhdong/v1/+/command",
    "canhdong/v1/ao-2/command",
    "$SYS/#",
    "$share/a/canhdong/v1/ao-1/command",
  ])("a device may not listen to %s", async (filter) => {
  const said = await mosquitto("mosquitto_sub", { user: "ao-1", password: secret }, "-t", filter, "-W", "2");
  expect(said).toMatch(/denied/i);
  await sendFromNextDoor();
});

test("the neighbour's connection held through all of it, and everything it sent is there", async () => {
  await sendFromNextDoor();
  expect(neighbour.client.connected).toBe(true);
  await settled(server);
  const span = `fromMs=${Date.now() - 3_600_000}&toMs=${Date.now() + 60_000}`;
  const { readings } = await server.api<{ readings: unknown[] }>(`/devices/ao-2/readings?${span}&limit=5000`);
  expect(readings).toHaveLength(sent);
});
