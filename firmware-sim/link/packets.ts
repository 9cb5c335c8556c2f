import mqttPacket, { type IConnectPacket, type Packet } from "mqtt-packet";
import type { Message } from "./outbox.ts";

const version = { protocolVersion: 4 };

export interface Identity {
  /** Client id. */
  readonly id: string;
  /** Default: the client id, as a device has it. */
  readonly username?: string;
  readonly secret: string;
  /** Topic of the retained status, which the last will takes back; without one there is neither. */
  readonly statusTopic?: string;
  /** What is said there. Default: a device's words. */
  readonly status?: StatusWords;
}

/** The status that is published on coming, on going, and by the broker when the connection breaks. */
export interface StatusWords {
  readonly online: string;
  readonly offline: string;
}

const deviceStatus: StatusWords = { online: '{"online":true}', offline: '{"online":false}' };

/** A session that outlives the connection: what is sent down meanwhile waits. */
export function connectPacket(identity: Identity, keepaliveS: number): Buffer {
  const { id, username = id, secret, statusTopic, status = deviceStatus } = identity;
  const packet: IConnectPacket = {
    cmd: "connect",
    protocolId: "MQTT",
    protocolVersion: 4,
    clean: false,
    keepalive: keepaliveS,
    clientId: id,
    username,
    password: Buffer.from(secret),
    ...(statusTopic !== undefined && {
      will: { topic: statusTopic, payload: Buffer.from(status.offline), qos: 1 as const, retain: true },
    }),
  };
  return bytesOf(packet);
}

export function publishPacket({ topic, payload }: Message, messageId: number, dup: boolean): Buffer {
  return bytesOf({ cmd: "publish", topic, payload, qos: 1, retain: false, dup, messageId });
}

/** At QoS 0: the next status corrects it, and so does the will. Null for whom nobody asks after. */
export function statusPacket(
  { statusTopic: topic, status = deviceStatus }: Identity,
  word: keyof StatusWords,
): Buffer | null {
  if (topic === undefined) return null;
  return bytesOf({ cmd: "publish", topic, payload: status[word], qos: 0, retain: true, dup: false });
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
