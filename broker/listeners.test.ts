import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import mqtt from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { openDoor, secretOf, temporaryFolder } from "./testing/open-door.ts";

const login = { clientId: "n-1", username: "n-1", password: secretOf("n-1"), reconnectPeriod: 0 };
const topic = "canhdong/v1/n-1/telemetry";

async function publishOnce(url: string, options: mqtt.IClientOptions = {}): Promise<void> {
  const client = await mqtt.connectAsync(url, { ...login, ...options }, false);
  onTestFinished(() => client.endAsync(true));
  await client.publishAsync(topic, "31.2", { qos: 1 });
}

test("a device may come over WebSocket", async () => {
  const door = await openDoor({ settings: { wsPort: 0 } });
  await publishOnce(`ws://127.0.0.1:${door.broker.wsPort}`);
  expect(door.uplinks).toMatchObject([{ device: "n-1", topic }]);
});

test("a WebSocket that does not speak mqtt is closed", async () => {
  const door = await openDoor({ settings: { wsPort: 0 } });
  const socket = new WebSocket(`ws://127.0.0.1:${door.broker.wsPort}`);
  const code = await new Promise((resolve) => socket.once("close", resolve));
  expect(code).toBe(1002);
  expect(door.broker.usage().connections).toBe(0);
});

test("a browser that comes by accident is told what this is", async () => {
  const door = await openDoor({ settings: { wsPort: 0 } });
  const answer = await fetch(`http://127.0.0.1:${door.broker.wsPort}/`);
  expect(answer.status).toBe(426);
});

test("the connect rate holds for WebSocket too", async () => {
  const settings = { wsPort: 0, limits: { connectsPerSecond: 1, connectBurst: 1 } };
  const door = await openDoor({ settings, now: () => 0 });
  await publishOnce(`ws://127.0.0.1:${door.broker.wsPort}`);
  const socket = new WebSocket(`ws://127.0.0.1:${door.broker.wsPort}`, "mqtt");
  const error = await new Promise<Error>((resolve) => socket.once("error", resolve));
  expect(error.message).toContain("429");
});

test("what is off has no port", async () => {
  const door = await openDoor();
  expect(door.broker.wsPort).toBeNull();
  expect(door.broker.tlsPort).toBeNull();
});

test("a port that is taken is an error that leaves nothing open", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once("listening", resolve));
  const taken = (other.address() as { port: number }).port;
  const sessionsFile = join(temporaryFolder(), "sessions.db");
  await expect(openDoor({ sessionsFile, settings: { wsPort: taken } })).rejects.toThrow("EADDRINUSE");
  await openDoor({ sessionsFile });
});

test.skipIf(!hasOpenssl())("a device may come over TLS, and plain MQTT does not pass there", async () => {
  const folder = temporaryFolder();
  const tls = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem"), port: 0 };
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const files = ["-keyout", tls.keyFile, "-out", tls.certFile, "-subj", "/CN=farm", "-days", "1"];
  execFileSync("openssl", [...request, ...files], { stdio: "ignore" });
  const door = await openDoor({ settings: { tls } });
  await publishOnce(`mqtts://127.0.0.1:${door.broker.tlsPort}`, { rejectUnauthorized: false });
  expect(door.uplinks).toMatchObject([{ device: "n-1", topic }]);
  const plain = mqtt.connectAsync(`mqtt://127.0.0.1:${door.broker.tlsPort}`, login, false);
  await expect(plain).rejects.toThrow();
  expect(door.broker.usage().refusals.tls).toBe(1);
});

function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
