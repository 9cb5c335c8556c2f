import { connect, type Socket } from "node:net";
import { generate } from "mqtt-packet";
import { Outstanding, type OutstandingUplink } from "./outstanding.ts";
import { PacketScanner } from "./packet-scanner.ts";
import { createUplinkTemplate, firstSeq, type UplinkTemplate } from "./uplink-template.ts";

export interface NodeParts {
  /** Line in the credentials file, from 0. */
  readonly device: number;
  readonly id: string;
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  readonly keepAliveSeconds: number;
}

export interface NodeEvents {
  /** A connection that was accepted is gone. */
  lost(node: NodeConnection): void;
  acknowledged(node: NodeConnection, uplink: OutstandingUplink, inOrder: boolean): void;
  /** All acknowledgements that came in one piece have been told: the moment to send the next uplinks, together. */
  acknowledgedAll(node: NodeConnection): void;
}

const pingRequest = generate({ cmd: "pingreq" });
const disconnect = generate({ cmd: "disconnect" });

/** One node: a raw socket, prepared bytes, and the uplinks that it has not seen acknowledged. */
export class NodeConnection {
  readonly parts: NodeParts;
  readonly outstanding = new Outstanding();
  readonly #events: NodeEvents;
  readonly #template: UplinkTemplate;
  #socket: Socket | null = null;
  #accepted = false;
  #lastWriteMs = 0;
  #nextSeq = firstSeq;
  #lastTsMs = 0;

  constructor(parts: NodeParts, events: NodeEvents) {
    this.parts = parts;
    this.#events = events;
    this.#template = createUplinkTemplate(parts.id);
  }

  get connected(): boolean {
    return this.#accepted;
  }

  /** Resolves with the CONNACK's return code, 0 when accepted; null when the connection ended before it came. */
  connect(): Promise<number | null> {
    const { host, port } = this.parts;
    const socket = connect({ host, port, noDelay: true });
    this.#socket = socket;
    return new Promise((resolve) => {
      const scanner = new PacketScanner({
        connack: (code) => {
          this.#accepted = code === 0;
          resolve(code);
        },
        puback: (messageId) => this.#puback(messageId),
      });
      socket.on("connect", () => this.#write(this.#connectPacket()));
      socket.on("data", (chunk: Buffer) => {
        if (scanner.push(chunk) > 0) this.#events.acknowledgedAll(this);
      });
      // The "close" that follows tells what is to be told.
      socket.on("error", () => undefined);
      socket.on("close", () => {
        resolve(null);
        this.#closed();
      });
    });
  }

  /** Makes one new uplink for each element (whether it is a probe) and sends them in one piece; without a connection they wait. */
  send(probes: readonly boolean[], nowMs: number): OutstandingUplink[] {
    const uplinks = probes.map((probe) => this.#newUplink(nowMs, probe));
    for (const uplink of uplinks) this.outstanding.add(uplink);
    if (this.#accepted) this.#publish(uplinks);
    return uplinks;
  }

  /** Sends what is outstanding once more, oldest first, after a new connection was accepted. Returns how many. */
  sendAgain(): number {
    const uplinks = this.outstanding.all();
    if (uplinks.length > 0) this.#publish(uplinks);
    return uplinks.length;
  }

  /** Keeps the connection alive when nothing else was sent for most of the keep-alive time. */
  pingIfQuiet(): void {
    const quietMs = performance.now() - this.#lastWriteMs;
    if (this.#accepted && quietMs > this.parts.keepAliveSeconds * 700) this.#write(pingRequest);
  }

  /** Says good-bye, as a node does that means to go, and does not wait long for the answer. */
  end(): void {
    const socket = this.#socket;
    if (!socket) return;
    socket.setTimeout(1000, () => socket.destroy());
    if (this.#accepted) socket.end(disconnect);
    else socket.destroy();
  }

  #newUplink(nowMs: number, probe: boolean): OutstandingUplink {
    // No two uplinks of a node have the same device time: the store would take the second for a correction of the first.
    this.#lastTsMs = Math.max(Math.floor(nowMs), this.#lastTsMs + 1);
    return { seq: this.#nextSeq++, tsMs: this.#lastTsMs, probe, messageId: 0, sentAtMs: nowMs };
  }

  #publish(uplinks: readonly OutstandingUplink[]): void {
    const { bytes } = this.#template;
    const packets = Buffer.allocUnsafe(uplinks.length * bytes);
    for (const [index, uplink] of uplinks.entries()) {
      uplink.messageId = this.outstanding.nextId();
      this.#template.write(packets, index * bytes, uplink, uplink.messageId);
    }
    this.#write(packets);
  }

  #write(bytes: Buffer): void {
    this.#lastWriteMs = performance.now();
    this.#socket?.write(bytes);
  }

  #puback(messageId: number): void {
    const found = this.outstanding.acknowledge(messageId);
    if (found) this.#events.acknowledged(this, found.uplink, found.inOrder);
  }

  #closed(): void {
    const wasAccepted = this.#accepted;
    this.#accepted = false;
    this.#socket = null;
    if (wasAccepted) this.#events.lost(this);
  }

  #connectPacket(): Buffer {
    const { id, secret, keepAliveSeconds } = this.parts;
    return generate({
      cmd: "connect",
      protocolId: "MQTT",
      protocolVersion: 4,
      clean: true,
      clientId: id,
      username: id,
      password: Buffer.from(secret),
      keepalive: keepAliveSeconds,
    });
  }
}
