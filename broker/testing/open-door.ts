import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { onTestFinished } from "vitest";
import type { z } from "zod";
import type { Uplink } from "../../devices/index.ts";
import { type Broker, brokerSettings, openBroker, type ServiceRights, type UplinkSink } from "../index.ts";
import { connectRaw, type RawClient } from "./raw-client.ts";

export interface DoorOptions {
  readonly settings?: z.input<typeof brokerSettings>;
  readonly sessionsFile?: string;
  readonly sink?: UplinkSink;
  readonly services?: Readonly<Record<string, ServiceRights>>;
  readonly now?: () => number;
}

export interface LogLine {
  readonly reason?: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface Door {
  readonly broker: Broker;
  readonly uplinks: Uplink[];
  readonly lines: LogLine[];
  /** Connects with mqtt.js; the secret is the right one unless told otherwise. Closed with the test. */
  device(id: string, options?: IClientOptions): Promise<MqttClient>;
  service(name: string, options?: IClientOptions): Promise<MqttClient>;
  raw(): Promise<RawClient>;
  rawDevice(id: string, options?: { clean?: boolean; keepalive?: number }): Promise<RawClient>;
}

export const everything: ServiceRights = { publish: ["#"], subscribe: ["#"] };

export function secretOf(id: string): string {
  return `secret of ${id}`;
}

/** A broker that knows every device by its `secretOf`, keeps what it accepts in a list, and ends with the test. */
export async function openDoor(options: DoorOptions = {}): Promise<Door> {
  const uplinks: Uplink[] = [];
  const lines: LogLine[] = [];
  const write = (fields: object, message: string) => void lines.push({ ...fields, message });
  const keep: UplinkSink = {
    accept(uplink, accepted) {
      uplinks.push({ ...uplink, payload: Buffer.from(uplink.payload) });
      setImmediate(accepted, null);
    },
  };
  const broker = await openBroker({
    settings: brokerSettings.parse({ mqttPort: 0, ...options.settings }),
    credentials: {
      device: (id, secret) => options.services?.[id] === undefined && secret === secretOf(id),
      service: (name, secret) => (secret === secretOf(name) ? (options.services?.[name] ?? null) : null),
    },
    uplinks: options.sink ?? keep,
    sessionsFile: options.sessionsFile ?? ":memory:",
    log: { info: write, warn: write, error: write },
    now: options.now ?? Date.now,
  });
  onTestFinished(() => broker.close());

  async function connect(id: string, clientId: string, options: IClientOptions): Promise<MqttClient> {
    const url = `mqtt://127.0.0.1:${broker.mqttPort}`;
    const login = { clientId, username: id, password: secretOf(id) };
    const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...login, ...options }, false);
    onTestFinished(() => client.endAsync(true));
    return client;
  }

  return {
    broker,
    uplinks,
    lines,
    device: (id, more = {}) => connect(id, id, more),
    service: (name, more = {}) => connect(name, "one", more),
    raw: () => connectRaw(broker.mqttPort),
    async rawDevice(id, { clean = true, keepalive = 0 } = {}) {
      const client = await connectRaw(broker.mqttPort);
      client.connect({ clientId: id, username: id, password: secretOf(id), clean, keepalive });
      const connack = await client.next("connack");
      if (connack.returnCode !== 0) throw new Error(`refused with ${connack.returnCode}`);
      return client;
    },
  };
}

/** A folder that is removed with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-broker-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Resolves with the next message, as `topic payload`. */
export function nextMessage(client: MqttClient): Promise<string> {
  return new Promise((resolve) => {
    client.once("message", (topic, payload) => resolve(`${topic} ${payload}`));
  });
}

/** Resolves when `holds` does; asked again whenever the event loop has turned. The test's own time limit is the limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}
