import { connTopic, connWords, statsBody, statsTopic } from "../../gateway/gateway-messages.ts";
import type { Gateway } from "../../gateway/gateways.ts";
import { Link } from "../../link/link.ts";
import type { Message, Outbox } from "../../link/outbox.ts";

export interface GatewayBridgeParts {
  readonly gateway: Gateway;
  readonly broker: { readonly host: string; readonly port: number };
  /** The account of the network server, under which its gateways connect, too. */
  readonly service: ServiceAccount;
  readonly refused: (why: string) => void;
  /** Real time, milliseconds since 1970 UTC; and simulated time, which the stats tell. */
  readonly now: () => number;
  readonly simulatedMs: () => number;
  readonly random: () => number;
}

export interface ServiceAccount {
  readonly name: string;
  readonly secret: string;
}

/** As ChirpStack's gateways do unless told otherwise. Real milliseconds. */
const statsEveryMs = 30_000;

/**
 * A gateway's own connection: it says that it is there, how much it hears, and with its last will that it is gone.
 */
export class GatewayBridge implements Outbox {
  readonly link: Link;
  readonly #parts: GatewayBridgeParts;
  #toldMs = 0;
  #connects = 0;
  #received = 0;
  #emitted = 0;

  constructor(parts: GatewayBridgeParts) {
    const { gateway, service, broker, refused, now, random } = parts;
    this.#parts = parts;
    this.link = new Link({
      broker,
      identity: {
        id: `${service.name}-gateway-${gateway.eui}`,
        username: service.name,
        secret: service.secret,
        statusTopic: connTopic(gateway),
        status: connWords(gateway),
      },
      outbox: this,
      listensTo: [],
      heard: () => {},
      refused,
      now,
      random,
      window: 1,
    });
  }

  received(): void {
    this.#received++;
  }

  emitted(): void {
    this.#emitted++;
  }

  /** Follows its power and its network. */
  follow(isUp: boolean): void {
    if (!isUp) {
      this.link.cut();
      return;
    }
    this.link.want();
    this.link.pump();
  }

  next(): Message | null {
    const { now, simulatedMs, gateway } = this.#parts;
    const nowMs = now();
    const { connects } = this.link.account();
    // The first stats come when there has been time to count.
    if (connects !== this.#connects) this.#toldMs = nowMs;
    this.#connects = connects;
    if (nowMs - this.#toldMs < statsEveryMs) return null;
    this.#toldMs = nowMs;
    const counts = { received: this.#received, emitted: this.#emitted };
    this.#received = 0;
    this.#emitted = 0;
    return { topic: statsTopic(gateway), payload: statsBody(gateway, counts, simulatedMs()) };
  }

  confirmed(): void {}
}
