import { keyOf } from "../chance.ts";
import type { NodeTroubles } from "../faults/node-troubles.ts";
import type { Message } from "../link/outbox.ts";
import { type Arrival, VirtualLink, type VirtualLinkAccount } from "../link/virtual-link.ts";
import type { SimulatedNode } from "../node/simulated-node.ts";
import type { Actor } from "./timeline.ts";

export interface MqttStationParts {
  readonly node: SimulatedNode;
  readonly troubles: NodeTroubles;
  readonly seed: number;
  readonly arrived: (device: string, arrival: Arrival) => void;
  readonly acknowledged: (device: string, message: Message, atMs: number) => void;
}

/** A node that speaks MQTT itself, with its link in virtual time. */
export class MqttStation implements Actor {
  readonly node: SimulatedNode;
  readonly #link: VirtualLink;

  constructor({ node, troubles, seed, arrived, acknowledged }: MqttStationParts) {
    const { id } = node.device;
    this.node = node;
    this.#link = new VirtualLink({
      outbox: node,
      troubles,
      key: keyOf(seed, `link ${id}`),
      arrived: (arrival) => arrived(id, arrival),
      timeTold: (atMs) => node.timeTold(atMs),
      acknowledged: (message, atMs) => acknowledged(id, message, atMs),
    });
  }

  get dueMs(): number {
    return Math.min(this.node.dueMs, this.#link.dueMs(this.node.covered, this.node.hasMore));
  }

  get link(): VirtualLinkAccount {
    return this.#link.account();
  }

  /** Takes the acknowledgements that have come by now. */
  settle(atMs: number): void {
    this.#link.settle(atMs);
  }

  proceed(atMs: number): void {
    // What was acknowledged by now, was so before anything else happened.
    this.settle(atMs);
    const { starts } = this.node;
    if (this.node.dueMs <= atMs) this.node.proceed(atMs);
    if (this.node.starts !== starts) this.#link.restart();
    this.#link.proceed(atMs, this.node.covered);
  }
}
