import { keyAt, uniform } from "../chance.ts";
import type { NodeTroubles } from "../faults/node-troubles.ts";
import { backOffMs } from "./back-off.ts";
import type { Message, Outbox } from "./outbox.ts";

/** What a message's way through the network came to. */
export interface Arrival {
  readonly message: Message;
  readonly atMs: number;
}

export interface VirtualLinkParts {
  readonly outbox: Outbox;
  readonly troubles: NodeTroubles;
  /** For latencies, jitter and losses. */
  readonly key: number;
  /** A message has reached the broker. */
  readonly arrived: (arrival: Arrival) => void;
  /** The network tells the time: with each connection, and once a day on one that lasts. */
  readonly timeTold: (atMs: number) => void;
  /** The acknowledgement has reached the node. */
  readonly acknowledged?: ((message: Message, atMs: number) => void) | undefined;
}

export interface VirtualLinkAccount {
  readonly uplinks: number;
  readonly resent: number;
  readonly acknowledged: number;
  readonly inFlight: number;
  readonly connects: number;
}

interface Flight {
  readonly message: Message;
  sentMs: number;
  /** When its PUBACK comes; infinity when it never will on this connection. */
  ackMs: number;
}

const window = 16;
const usualLatencyMs = 60;
const jitterMs = 240;
/** As the link on real sockets: then a new connection tells more. */
const longestUnacknowledgedMs = 60_000;
const asksTimeEveryMs = 86_400_000;

/**
 * The device's end of MQTT in virtual time, without sockets: the same window, resending and back-off as `Link`. What the
 * broker received is acknowledged one way later, unless the connection broke in between: then it comes again.
 */
export class VirtualLink {
  readonly #parts: VirtualLinkParts;
  readonly #stormsMs: readonly number[];
  #flights: Flight[] = [];
  #isOpen = false;
  #retryMs = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #draws = 0;
  #lastArrivalMs = Number.NEGATIVE_INFINITY;
  #uplinks = 0;
  #resent = 0;
  #acknowledged = 0;
  #connects = 0;
  #storm = 0;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(parts: VirtualLinkParts) {
    this.#parts = parts;
    this.#stormsMs = parts.troubles.moments
      .filter(({ kind }) => kind === "reconnect-storm")
      .map(({ atMs }) => atMs);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * When something happens here by itself. Acknowledgements that nobody waits for are taken at the next occasion.
   * @param hasMore whether the node has something to send that the window had no room for
   */
  dueMs(covered: boolean, hasMore: boolean): number {
    if (!covered) return Number.POSITIVE_INFINITY;
    if (!this.#isOpen) return hasMore || this.#flights.length > 0 ? this.#retryMs : Number.POSITIVE_INFINITY;
    const oldest = this.#flights[0];
    if (oldest === undefined) return this.#stormMs;
    const isAcked = oldest.ackMs < Number.POSITIVE_INFINITY;
    const stuckMs = isAcked ? Number.POSITIVE_INFINITY : oldest.sentMs + longestUnacknowledgedMs;
    return Math.min(hasMore ? oldest.ackMs : Number.POSITIVE_INFINITY, stuckMs, this.#stormMs);
  }

  account(): VirtualLinkAccount {
    return {
      uplinks: this.#uplinks,
      resent: this.#resent,
      acknowledged: this.#acknowledged,
      inFlight: this.#flights.length,
      connects: this.#connects,
    };
  }

  /** Acknowledgements come in the order of the messages; those that were on their way when the connection broke are lost. */
  settle(atMs: number): void {
    while (this.#flights.length > 0 && this.#flights[0]!.ackMs <= atMs) {
      const { message, ackMs } = this.#flights.shift()!;
      this.#acknowledged++;
      this.#failures = 0;
      this.#parts.outbox.confirmed(message);
      this.#parts.acknowledged?.(message, ackMs);
    }
  }

  /**
   * Does what is due at this time, and sends what the window has room for.
   * @param covered whether there is network and power
   */
  proceed(atMs: number, covered: boolean): void {
    this.settle(atMs);
    for (; this.#stormMs <= atMs; this.#storm++) if (this.#isOpen) this.#break(atMs);
    if (!covered) {
      this.#close(atMs);
      return;
    }
    if (this.#isStuck(atMs)) this.#break(atMs);
    if (!this.#isOpen && atMs >= this.#retryMs) this.#connect(atMs);
    if (!this.#isOpen) return;
    if (atMs - this.#toldMs >= asksTimeEveryMs) this.#tellTime(atMs);
    this.#pump(atMs);
  }

  /** The node starts anew: it knows of no message on its way, and its flash has them all. */
  restart(): void {
    this.#flights = [];
    this.#isOpen = false;
  }

  get #stormMs(): number {
    return this.#stormsMs[this.#storm] ?? Number.POSITIVE_INFINITY;
  }

  #isStuck(atMs: number): boolean {
    const oldest = this.#flights[0];
    return this.#isOpen && oldest !== undefined && atMs - oldest.sentMs >= longestUnacknowledgedMs;
  }

  #break(atMs: number): void {
    this.#close(atMs);
    this.#failures++;
    this.#retryMs = Math.ceil(atMs + backOffMs(this.#failures, () => this.#chance()));
  }

  /** What has not been acknowledged by then waits for the next connection. */
  #close(atMs: number): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const flight of this.#flights) if (flight.ackMs > atMs) flight.ackMs = Number.POSITIVE_INFINITY;
  }

  #tellTime(atMs: number): void {
    this.#toldMs = atMs;
    this.#parts.timeTold(atMs);
  }

  #connect(atMs: number): void {
    this.#isOpen = true;
    if (this.#parts.troubles.isHalfOpen(atMs)) {
      this.#break(atMs);
      return;
    }
    this.#connects++;
    this.#tellTime(atMs);
    for (const flight of this.#flights) {
      this.#resent++;
      this.#send(flight, atMs);
      if (!this.#isOpen) return;
    }
  }

  #pump(atMs: number): void {
    while (this.#isOpen && this.#flights.length < window) {
      const message = this.#parts.outbox.next();
      if (message === null) return;
      this.#uplinks++;
      const flight = { message, sentMs: atMs, ackMs: Number.POSITIVE_INFINITY };
      this.#flights.push(flight);
      this.#send(flight, atMs);
    }
  }

  #send(flight: Flight, atMs: number): void {
    const { troubles } = this.#parts;
    flight.sentMs = atMs;
    flight.ackMs = Number.POSITIVE_INFINITY;
    if (troubles.isHalfOpen(atMs)) return;
    const wayMs = Math.round(usualLatencyMs + jitterMs * this.#chance() ** 2 + troubles.latencyMs(atMs));
    // TCP keeps the order.
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, atMs + wayMs);
    this.#parts.arrived({ message: flight.message, atMs: this.#lastArrivalMs });
    if (this.#chance() < troubles.missedPubacks(atMs)) this.#break(this.#lastArrivalMs);
    else flight.ackMs = this.#lastArrivalMs + wayMs;
  }

  #chance(): number {
    return uniform(keyAt(this.#parts.key, this.#draws++));
  }
}
