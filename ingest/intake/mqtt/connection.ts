import { connect as connectTcp, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import mqtt, { type IClientOptions, type IPublishPacket, type ISubscriptionMap, type MqttClient } from "mqtt";
import type { Credentials } from "./credentials.ts";
import { createReceipts, type Receipts } from "./receipts.ts";
import type { MqttIntakeSettings } from "./settings.ts";
import { closedWithoutAWord, explain, refusalOfFilter } from "./trouble.ts";

/** What one connection tells and asks. */
export interface ConnectionEvents {
  /** The broker has let us in. @param hasSession whether it still has our session, and what waits in it */
  onUp(hasSession: boolean): void;
  /** Answered for all filters, each time they were asked for. */
  onFilters(refused: readonly RefusedFilter[]): void;
  /** One message. `safe` is called once, when it may be acknowledged; never, when the connection is to be cut. */
  onMessage(message: IPublishPacket, safe: () => void): void;
  /** Once, when it is over: why, or null when it ended as it should. */
  onDown(trouble: string | null): void;
}

export interface RefusedFilter {
  readonly filter: string;
  readonly reason: string;
}

/** One connection's life. Whoever wants another opens another: nothing of this one, no late acknowledgement, is in it. */
export interface Connection {
  readonly unacknowledged: number;
  /** Asks once more for the filters, in case a right was given since. */
  subscribe(): void;
  /** Resolves when the broker has it; rejects when there is no connection, or it ends before. */
  publish(topic: string, payload: string): Promise<void>;
  /** Ends it at once, without a word to the broker, which offers again what was not acknowledged. */
  cut(): void;
  /** Reads no further, acknowledges what becomes safe within `patienceMs`, and says goodbye. The session stays. */
  leave(patienceMs: number): Promise<void>;
}

/**
 * What may be in flight. MQTT 5 tells the broker (3.1.2.11.3); towards others we stop reading, and TCP tells it. The
 * payloads are with the sink by then: a waiting message takes a few dozen bytes here.
 */
const mostInFlight = 1000;
const keepaliveSeconds = 30;
const connectTimeoutMs = 30_000;
/** MQTT 5: how long the broker keeps our session, and what waits in it, without us. 3.1.1 has no word for it. */
const sessionExpirySeconds = 7 * 86_400;
/** Failure codes of a SUBACK begin here in both versions; below it stands the granted QoS. */
const refusedFrom = 0x80;

/** Handed to mqtt.js in place of its acknowledgement: it goes on to the next message, and ours leaves when it is due. */
const acknowledgedByUs = new Error("the acknowledgement is sent when the journal has confirmed");
const nothing = Buffer.alloc(0);

export function openConnection(
  settings: MqttIntakeSettings,
  credentials: Credentials,
  events: ConnectionEvents,
): Connection {
  const client = new mqtt.MqttClient(
    () => openStream(settings, credentials),
    optionsOf(settings, credentials),
  );
  return new MqttConnection(client, settings, events);
}

class MqttConnection implements Connection {
  readonly #client: MqttClient;
  readonly #settings: MqttIntakeSettings;
  readonly #events: ConnectionEvents;
  readonly #receipts: Receipts;
  #unconfirmed = 0;
  /** Lets the reading go on that was stopped because too much was in flight. */
  #readOn: (() => void) | null = null;
  #isDeaf = false;
  #isOver = false;
  #trouble: string | null = null;
  #onOver: () => void = () => {};

  constructor(client: MqttClient, settings: MqttIntakeSettings, events: ConnectionEvents) {
    this.#client = client;
    this.#settings = settings;
    this.#events = events;
    this.#receipts = createReceipts((pubacks) => this.#isOver || client.stream.write(pubacks));
    // mqtt.js takes this one from the options for MQTT 5 only, but asks it for both.
    client.options.customHandleAcks = (_topic, _payload, packet, done) =>
      this.#beforeAcknowledging(packet, done);
    client.handleMessage = (packet, done) => this.#take(packet, done);
    client.on("connect", ({ sessionPresent }) => {
      events.onUp(sessionPresent);
      this.subscribe();
    });
    client.on("error", (error) => this.#note(error));
    client.on("disconnect", ({ reasonCode = 0 }) =>
      this.#note({ code: reasonCode, message: `the broker said goodbye with reason ${reasonCode}` }),
    );
    client.on("close", () => this.#over());
  }

  get unacknowledged(): number {
    return this.#isOver ? 0 : this.#unconfirmed;
  }

  subscribe(): void {
    if (this.#isOver || this.#isDeaf) return;
    const { filters, share, mqtt } = this.#settings;
    const asked = filters.map((filter) => (share === undefined ? filter : `$share/${share}/${filter}`));
    // Retained messages are not wanted (rh 2: not sent), and must be known as such (rap false); 3.1.1 sends them marked.
    const options = mqtt === "5" ? { qos: 1 as const, rh: 2, rap: false } : { qos: 1 as const };
    const map: ISubscriptionMap = Object.fromEntries(asked.map((filter) => [filter, options]));
    this.#client.subscribe(map, (_error, _granted, packet) => {
      if (packet === undefined || this.#isOver) return;
      const codes = packet.granted as readonly number[];
      const refused = filters.flatMap((filter, index) => {
        const code = codes[index] ?? refusedFrom;
        return code === 0 || code >= refusedFrom ? [{ filter, reason: refusalOfFilter(code) }] : [];
      });
      this.#events.onFilters(refused);
    });
  }

  publish(topic: string, payload: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const lost = () => reject(new Error(`no connection to ${new URL(this.#settings.url).host}`));
      if (this.#isOver || this.#isDeaf || !this.#client.connected) {
        lost();
        return;
      }
      this.#client.once("close", lost);
      // Over MQTT 5 a broker says that it is not allowed; over 3.1.1 it acknowledges what it then drops.
      this.#client.publish(topic, payload, { qos: 1 }, (error) => {
        this.#client.off("close", lost);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  cut(): void {
    if (this.#isOver) return;
    this.#isDeaf = true;
    this.#client.end(true);
    this.#over();
  }

  async leave(patienceMs: number): Promise<void> {
    if (this.#isOver) return;
    this.#isDeaf = true;
    await within(patienceMs, (done) => {
      this.#receipts.whenNone(done);
      this.#onOver = done;
    });
    if (this.#isOver) return;
    await within(patienceMs, (done) => this.#client.end(!this.#client.connected, done));
    // A broker that hangs does not close its side.
    this.#client.stream.destroy();
    this.#over();
  }

  /**
   * Asked before mqtt.js acknowledges. Of a QoS 2 message that is the PUBREC, after which the broker forgets the message, so
   * this one has to wait. We ask for QoS 1 only; a session that an earlier client made with QoS 2 may still bring such.
   */
  #beforeAcknowledging(packet: IPublishPacket, done: (error: number) => void): void {
    if (packet.qos !== 2) done(0);
    else if (!this.#isDeaf) this.#hand(packet, () => this.#goOn(packet, done));
  }

  #goOn(packet: IPublishPacket, done: (error: number) => void): void {
    // mqtt.js keeps the packet until the PUBREL: its id is enough.
    packet.payload = nothing;
    if (!this.#isOver) done(0);
  }

  #take(packet: IPublishPacket, done: (error?: Error) => void): void {
    if (packet.qos === 2) {
      // Its PUBREL: it was taken before its PUBREC.
      done();
      return;
    }
    // Neither acknowledged nor read on: the broker offers it again.
    if (this.#isDeaf) return;
    this.#hand(packet, packet.qos === 1 ? this.#receipts.expect(packet.messageId!) : () => {});
    if (this.#unconfirmed < mostInFlight) done(acknowledgedByUs);
    else this.#readOn = () => done(acknowledgedByUs);
  }

  #hand(packet: IPublishPacket, safe: () => void): void {
    this.#unconfirmed++;
    this.#events.onMessage(packet, () => {
      this.#unconfirmed--;
      safe();
      if (this.#readOn === null || this.#unconfirmed * 2 > mostInFlight || this.#isDeaf) return;
      const readOn = this.#readOn;
      this.#readOn = null;
      readOn();
    });
  }

  #note(failure: { readonly message: string; readonly code?: string | number }): void {
    this.#trouble ??= explain(failure, this.#settings);
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!this.#isDeaf) this.#trouble ??= closedWithoutAWord(this.#settings);
    this.#events.onDown(this.#trouble);
    this.#onOver();
  }
}

function optionsOf(settings: MqttIntakeSettings, { password }: Credentials): IClientOptions {
  const { clientId, username, mqtt } = settings;
  return {
    clientId,
    ...(username !== undefined && { username }),
    ...(password !== null && { password }),
    clean: false,
    keepalive: keepaliveSeconds,
    connectTimeout: connectTimeoutMs,
    // Coming back is the intake's part: with a new client, so that nothing that mqtt.js still queues for the old
    // connection, an acknowledgement least of all, reaches the new one.
    reconnectPeriod: 0,
    resubscribe: false,
    protocolVersion: mqtt === "5" ? 5 : 4,
    ...(mqtt === "5" && {
      properties: { receiveMaximum: mostInFlight, sessionExpiryInterval: sessionExpirySeconds },
    }),
  };
}

/** Our own instead of mqtt.js': TLS is exactly what is said here, no proxy comes from the environment. */
function openStream({ url, tls }: MqttIntakeSettings, { ca, cert, key }: Credentials) {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  if (protocol === "mqtt:") return connectTcp({ host, port: Number(port || 1883), noDelay: true });
  return connectTls({
    host,
    port: Number(port || 8883),
    servername: tls.serverName ?? (isIP(host) ? "" : host),
    ...(ca !== null && { ca }),
    ...(cert !== null && key !== null && { cert, key }),
    rejectUnauthorized: tls.verify === "full",
    minVersion: "TLSv1.2",
  });
}

/** Resolves when `work` is done, or when its time is over. */
function within(mostMs: number, work: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, mostMs);
    work(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
