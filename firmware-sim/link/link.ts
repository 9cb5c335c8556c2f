import { connect, type Socket } from "node:net";
import mqttPacket, { type IConnackPacket, type Packet, type Parser } from "mqtt-packet";
import { backOffMs } from "./back-off.ts";
import type { Message, Outbox } from "./outbox.ts";
import {
  connectPacket,
  disconnectPacket,
  type Identity,
  pingPacket,
  pubackPacket,
  publishPacket,
  type StatusWords,
  statusPacket,
  subscribePacket,
} from "./packets.ts";
import { SlowWay } from "./slow-way.ts";

export interface LinkParts {
  readonly broker: { readonly host: string; readonly port: number };
  readonly identity: Identity;
  readonly outbox: Outbox;
  /** Topics to listen to; QoS 1. */
  readonly listensTo: readonly string[];
  readonly heard: (topic: string, payload: Uint8Array) => void;
  /** Called when the broker has said why it does not want this device. */
  readonly refused?: (why: string) => void;
  /** How long an acknowledgement took, from the last time that the message was sent. */
  readonly acknowledgedAfter?: (ms: number) => void;
  /** Real time, milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly random: () => number;
  /** Messages that may be on their way without acknowledgement. Default 16. */
  readonly window?: number;
}

export interface LinkAccount {
  readonly uplinks: number;
  readonly resent: number;
  readonly acknowledged: number;
  readonly inFlight: number;
  /** Connections that were accepted, and those among them that followed a break and not a goodbye. */
  readonly connects: number;
  readonly reconnects: number;
  readonly refusals: number;
}

interface Flight {
  readonly message: Message;
  sentMs: number;
}

const usualWindow = 16;
const keepaliveS = 60;
const longestHandshakeMs = 30_000;
/** A broker that cannot keep what it gets withholds the acknowledgement: then a new connection tells more. */
const longestUnacknowledgedMs = 60_000;
/** A connection that has lasted so long was a good one, even if nothing was said. */
const goodConnectionMs = 10_000;

/** MQTT 3.1.1, table 3.1. */
const refusalOf: Readonly<Record<number, string>> = {
  1: "protocol version refused",
  2: "client id refused",
  3: "server unavailable",
  4: "unknown device or wrong secret",
  5: "not authorised",
};

type State = "closed" | "connecting" | "open";

/**
 * The end of MQTT 3.1.1 over TCP that a device has, or a network server. Keeps a window of unacknowledged messages and
 * sends them again, in their order and under their ids, after a reconnect; each message is confirmed to the outbox
 * once. Has no timers: `tick` is called about four times a second.
 */
export class Link {
  readonly #parts: LinkParts;
  readonly #window: number;
  readonly #flights = new Map<number, Flight>();
  #socket: Socket | null = null;
  #state: State = "closed";
  #wanted = false;
  #isRefused = false;
  #messageId = 0;
  #failures = 0;
  #retryMs = 0;
  #sinceMs = 0;
  #heardMs = 0;
  #saidMs = 0;
  #uplinks = 0;
  #resent = 0;
  #acknowledged = 0;
  #connects = 0;
  #reconnects = 0;
  #isBroken = false;
  #isMuted = false;
  #latencyMs = 0;
  #missedPubacks = 0;
  #refusals = 0;
  readonly #there = new SlowWay((bytes) => this.#socket?.write(bytes));
  /** Of the connection at hand. */
  #back = new SlowWay(() => {});

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#window = parts.window ?? usualWindow;
  }

  get state(): State {
    return this.#state;
  }

  /** Whether it is connected, or tries to be. */
  get isWanted(): boolean {
    return this.#wanted;
  }

  /** Whether the last attempt was refused by the broker. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Whether it wants to connect and may, now. */
  isDue(nowMs: number): boolean {
    return this.#wanted && this.#state === "closed" && nowMs >= this.#retryMs;
  }

  /** Open for at least so long, and nothing is on its way. */
  isQuiet(nowMs: number, forMs: number): boolean {
    return (
      this.#state === "open" &&
      this.#flights.size === 0 &&
      nowMs - Math.max(this.#sinceMs, this.#saidMs) >= forMs
    );
  }

  account(): LinkAccount {
    return {
      uplinks: this.#uplinks,
      resent: this.#resent,
      acknowledged: this.#acknowledged,
      inFlight: this.#flights.size,
      connects: this.#connects,
      reconnects: this.#reconnects,
      refusals: this.#refusals,
    };
  }

  /** From now on it is connected, or tries to be. Connecting itself is left to `connect`, so that not all do at once. */
  want(): void {
    this.#wanted = true;
  }

  connect(): void {
    const { broker, identity, now } = this.#parts;
    const socket = connect({ ...broker, noDelay: true });
    this.#socket = socket;
    if (this.#isMuted) socket.pause();
    this.#state = "connecting";
    this.#sinceMs = now();
    const parser = mqttPacket.parser({ protocolVersion: 4 });
    socket.on("error", () => {}); // "close" follows, which is what counts
    socket.on("close", () => this.#closed(socket));
    this.#back = new SlowWay((bytes) => this.#read(socket, parser, bytes));
    socket.on("data", (bytes) => {
      if (socket === this.#socket) this.#back.take(bytes, this.#latencyMs, now());
    });
    parser.on("packet", (packet) => this.#take(packet));
    parser.on("error", () => socket.destroy());
    this.#write(connectPacket(identity, keepaliveS));
  }

  /** The network is gone: no goodbye, and the broker publishes the will. */
  cut(): void {
    this.#wanted = false;
    const socket = this.#socket;
    if (socket !== null) this.#isBroken = true;
    this.#forget();
    socket?.destroy();
  }

  /** Says goodbye and goes. What is not acknowledged stays in flight for the next connection. */
  leave(): void {
    this.#wanted = false;
    if (this.#state === "open") {
      // A goodbye takes along what a slow network still holds.
      this.#latencyMs = 0;
      this.#there.proceed(Number.POSITIVE_INFINITY);
      this.#say("offline");
      this.#write(disconnectPacket);
      this.#socket!.end();
    }
    const socket = this.#socket;
    if (socket !== null && !socket.writableEnded) socket.destroy();
    // A broker that does not close its end must not keep the process alive.
    socket?.unref();
    this.#forget();
  }

  /**
   * Half-open: the connection stands, and nothing goes through it in either direction. Nobody is told; a minute without
   * acknowledgement says so.
   */
  mute(isMuted: boolean): void {
    this.#isMuted = isMuted;
    if (isMuted) this.#socket?.pause();
    else this.#socket?.resume();
  }

  /** Each way takes so much longer from now on, to a quarter of a second; 0 is as fast as the network really is. */
  slow(latencyMs: number): void {
    this.#latencyMs = latencyMs;
  }

  /** Of so many messages the connection breaks before their acknowledgement is heard, so that they come twice. */
  miss(share: number): void {
    this.#missedPubacks = share;
  }

  /** The connection breaks, as after a glitch of the network: it is tried again, with back-off. */
  breakOff(): void {
    this.#drop();
  }

  /** The node starts anew: it knows of no message on its way. */
  restart(): void {
    this.#flights.clear();
    this.#drop();
  }

  /** Sends what the window has room for. */
  pump(): void {
    if (this.#state !== "open") return;
    const socket = this.#socket!;
    socket.cork();
    while (this.#flights.size < this.#window) {
      const message = this.#parts.outbox.next();
      if (message === null) break;
      this.#uplinks++;
      const messageId = this.#freeId();
      this.#flights.set(messageId, { message, sentMs: this.#parts.now() });
      this.#write(publishPacket(message, messageId, false));
    }
    socket.uncork();
  }

  tick(nowMs: number): void {
    this.#there.proceed(nowMs);
    this.#back.proceed(nowMs);
    if (this.#state === "connecting" && nowMs - this.#sinceMs > longestHandshakeMs) this.#drop();
    if (this.#state !== "open") return;
    if (nowMs - this.#sinceMs > goodConnectionMs) this.#failures = 0;
    const oldest = this.#flights.values().next().value;
    const isStuck = oldest !== undefined && nowMs - oldest.sentMs > longestUnacknowledgedMs;
    if (isStuck || nowMs - this.#heardMs > 1.5 * keepaliveS * 1000) this.#drop();
    else if (nowMs - this.#saidMs > (keepaliveS * 1000) / 2) this.#write(pingPacket);
  }

  #read(socket: Socket, parser: Parser, bytes: Buffer): void {
    // What is still in the pipe of a connection that we have given up counts no more.
    if (socket !== this.#socket) return;
    this.#heardMs = this.#parts.now();
    parser.parse(bytes);
  }

  #take(packet: Packet): void {
    switch (packet.cmd) {
      case "connack":
        this.#welcomed(packet);
        break;
      case "puback":
        this.#confirmed(packet.messageId!);
        break;
      case "publish":
        if (packet.qos === 1) this.#write(pubackPacket(packet.messageId!));
        this.#parts.heard(packet.topic, Buffer.from(packet.payload));
        this.pump();
    }
  }

  #welcomed({ returnCode = 0, sessionPresent }: IConnackPacket): void {
    this.#isRefused = returnCode !== 0;
    if (this.#isRefused) {
      this.#refusals++;
      this.#parts.refused?.(refusalOf[returnCode] ?? `refused with code ${returnCode}`);
      this.#drop();
      return;
    }
    const { now, listensTo } = this.#parts;
    this.#state = "open";
    this.#sinceMs = now();
    this.#connects++;
    if (this.#isBroken && this.#connects > 1) this.#reconnects++;
    this.#isBroken = false;
    const socket = this.#socket!;
    socket.cork();
    if (listensTo.length > 0) this.#write(subscribePacket(listensTo, this.#freeId()));
    this.#say("online");
    this.#sendAgain(sessionPresent);
    socket.uncork();
    this.pump();
  }

  /** MQTT 3.1.1, 4.4: unacknowledged messages go again, with their ids, in their order. */
  #sendAgain(dup: boolean): void {
    for (const [messageId, flight] of this.#flights) {
      this.#resent++;
      flight.sentMs = this.#parts.now();
      this.#write(publishPacket(flight.message, messageId, dup));
    }
  }

  #confirmed(messageId: number): void {
    const flight = this.#flights.get(messageId);
    if (flight === undefined) return;
    if (this.#missedPubacks > 0 && this.#parts.random() < this.#missedPubacks) {
      this.#drop();
      return;
    }
    this.#flights.delete(messageId);
    this.#acknowledged++;
    this.#parts.acknowledgedAfter?.(this.#parts.now() - flight.sentMs);
    this.#failures = 0;
    this.#parts.outbox.confirmed(flight.message);
    this.pump();
  }

  #drop(): void {
    const socket = this.#socket;
    if (socket === null) return;
    this.#closed(socket);
    socket.destroy();
  }

  #closed(socket: Socket): void {
    if (socket !== this.#socket) return;
    this.#forget();
    this.#isBroken = true;
    this.#failures++;
    this.#retryMs = this.#parts.now() + backOffMs(this.#failures, this.#parts.random);
  }

  #forget(): void {
    this.#socket = null;
    this.#state = "closed";
    this.#there.clear();
    this.#back.clear();
  }

  #say(word: keyof StatusWords): void {
    const packet = statusPacket(this.#parts.identity, word);
    if (packet !== null) this.#write(packet);
  }

  #write(bytes: Buffer): void {
    const nowMs = this.#parts.now();
    this.#saidMs = nowMs;
    if (!this.#isMuted) this.#there.take(bytes, this.#latencyMs, nowMs);
  }

  /** Ids go round; what is still in flight keeps its own. */
  #freeId(): number {
    do this.#messageId = (this.#messageId % 65_535) + 1;
    while (this.#flights.has(this.#messageId));
    return this.#messageId;
  }
}
