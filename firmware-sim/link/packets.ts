import mqttPacket, { type IConnectPacket, type Packet } from "mqtt-packet";
import type { Message } from "./outbox.ts";

const version = { protocolVersion: 4 };

export interface Identity {
  readonly id: string;
  readonly secret: string;
  /** Topic of the retained status, which the last will takes back. */
  readonly statusTopic: string;
}

/** The status that is published on coming, on going, and by the broker when the connection breaks. */
export const online = '{"online":true}';
export const offline = '{"online":false}';

/** A session that outlives the connection: what is sent down meanwhile waits. */
export function connectPacket({ id, secret, statusTopic }: Identity, keepaliveS: number): Buffer {
  const packet: IConnectPacket = {
    cmd: "connect",
    protocolId: "MQTT",
    protocolVersion: 4,
    clean: false,
    keepalive: keepaliveS,
    clientId: id,
    username: id,
    password: Buffer.from(secret),
    will: { topic: statusTopic, payload: Buffer.from(offline), qos: 1, retain: true },
  };
  return bytesOf(packet);
}

export function publishPacket({ topic, payload }: Message, messageId: number, dup: boolean): Buffer {
  return bytesOf({ cmd: "publish", topic, payload, qos: 1, retain: false, dup, messageId });
}

/** At QoS 0: the next status corrects it, and so does the will. */
export function statusPacket(topic: string, payload: string): Buffer {
  return bytesOf({ cmd: "publish", topic, payload, qos: 0, retain: true, dup: false });
}

export function subscribePacket(topics: readonly string[], messageId: number): Buffer {
  const subscriptions = topics.map((topic) => ({ topic, qos: 1 as const }));
  return bytesOf({ cmd: "subscribe", messageId, subscriptions });
}

export const pingPacket = bytesOf({ cmd: "pingreq" });
export const disconnectPacket = bytesOf({ cmd: "disconnect" });

export function pubackPacket(messageId: number): Buffer {
  return bytesOf({ cmd: "puback", messageId });
}

function bytesOf(packet: Packet): Buffer {
  return mqttPacket.generate(packet, version);
}
