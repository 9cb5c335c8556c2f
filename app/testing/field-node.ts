import mqtt, { type MqttClient } from "mqtt";
import { topicsOf } from "../../devices/index.ts";
import type { TestServer } from "./server-process.ts";

/** A plain MQTT client as somebody else would write it, standing in the field under one device's name. */
export interface FieldNode {
  readonly id: string;
  readonly client: MqttClient;
  /** Publishes a payload to the device's telemetry; resolves when it is acknowledged. */
  send(payload: object | string | Buffer): Promise<void>;
  end(): Promise<void>;
}

/** Registers a device at the server. */
export async function addDevice(
  server: TestServer,
  device: { id: string } & Record<string, unknown>,
): Promise<string> {
  const { secret } = await server.api<{ secret: string }>("/devices", {
    method: "POST",
    body: JSON.stringify(device),
  });
  return secret;
}

/** Connects as this device, and fails when it is not let in. */
export async function connectNode(
  server: { readonly mqttPort: number },
  id: string,
  secret: string,
): Promise<FieldNode> {
  const client = mqtt.connect({
    host: "127.0.0.1",
    port: server.mqttPort,
    clientId: id,
    username: id,
    password: secret,
    reconnectPeriod: 0,
  });
  await new Promise<void>((resolve, reject) => {
    client.once("connect", () => resolve());
    client.once("close", () => reject(new Error(`${id} was not let in`)));
    client.on("error", reject);
  });
  // mqtt.js would keep what is not acknowledged for a connection that never comes: this client does not reconnect.
  const closed = new Promise<never>((_, reject) => {
    client.once("close", () => reject(new Error(`the connection of ${id} was closed`)));
  });
  closed.catch(() => {});
  return {
    id,
    client,
    async send(payload) {
      const body =
        typeof payload === "string" || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
      await Promise.race([client.publishAsync(topicsOf(id).telemetry, body, { qos: 1 }), closed]);
    },
    async end() {
      await client.endAsync(true);
    },
  };
}
