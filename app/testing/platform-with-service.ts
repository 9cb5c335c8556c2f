import mqtt from "mqtt";
import { topicsOf } from "../../devices/index.ts";
import { freePort } from "../../testing/free-port.ts";
import { addDevice } from "./field-node.ts";
import { createTestInstallation, type TestInstallation, type TestServer } from "./server-process.ts";

/** The platform in a process of its own, that comes back under the same address, and a service of it for flows. */
export interface PlatformWithService {
  readonly installation: TestInstallation;
  start(): Promise<TestServer>;
  /** What a Node-RED beside it is told of it: environment variables. */
  env(): Record<string, string>;
  /** Lets the service in with these filters. */
  addService(rights: { publish: readonly string[]; subscribe: readonly string[] }): Promise<void>;
}

export async function createPlatform(settings: Record<string, unknown> = {}): Promise<PlatformWithService> {
  const [mqttPort, port] = [await freePort(), await freePort()];
  const installation = createTestInstallation({ ...settings, broker: { mqttPort }, http: { port } });
  let secret = "";
  return {
    installation,
    start: () => installation.start(),
    env: () => ({
      CANHDONG_URL: `http://127.0.0.1:${port}`,
      CANHDONG_MQTT: `mqtt://127.0.0.1:${mqttPort}`,
      CANHDONG_SERVICE_SECRET: secret,
    }),
    async addService({ publish, subscribe }) {
      const words = [
        ...publish.flatMap((filter) => ["--publish", filter]),
        ...subscribe.flatMap((filter) => ["--subscribe", filter]),
      ];
      const { code, out, err } = await installation.run("service", "add", "flows", ...words);
      secret = /^secret\s+(\S+)/m.exec(out)?.[1] ?? "";
      if (code !== 0 || secret === "") throw new Error(out + err);
    },
  };
}

export interface Machine {
  /** Commands as they came, in order. */
  readonly told: {
    readonly id: string;
    readonly name: string;
    readonly args: { readonly minutes: number };
  }[];
  answer(id: string, state: string): Promise<void>;
  end(): Promise<void>;
}

/** A pump or an aerator in the field: connects, and listens to its commands. It comes back by itself. */
export async function startMachine(server: TestServer, id: string): Promise<Machine> {
  const password = await addDevice(server, { id, intervalMs: 600_000 });
  const topics = topicsOf(id);
  const told: Machine["told"] = [];
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${server.mqttPort}`, {
    clientId: id,
    username: id,
    password,
    clean: false,
    reconnectPeriod: 200,
  });
  client.on("message", (_topic, payload) => told.push(JSON.parse(payload.toString())));
  await client.subscribeAsync(topics.command, { qos: 1 });
  return {
    told,
    async answer(command, state) {
      await client.publishAsync(topics.commandAck, JSON.stringify({ id: command, state }), { qos: 1 });
    },
    end: () => client.endAsync(true),
  };
}
