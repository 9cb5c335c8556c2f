import { setImmediate as nextTurn } from "node:timers/promises";
import type { FieldNode } from "./field-node.ts";

/** One value that a node has measured and not thrown away before it is acknowledged. */
interface Measured {
  readonly ts: number;
  readonly value: number;
}

/**
 * A node with a flash memory: it measures all the time, sends up to a window of uplinks in order, and what is not acknowledged
 * when the connection is lost is sent again, in order, on the next one. It remembers every receipt.
 */
export class Receipts {
  /** Values by device time for which a PUBACK came. */
  readonly acknowledged = new Map<number, number>();
  #waiting: Measured[] = [];
  #measured = 0;
  #lastTs = 0;
  readonly #valueAt: (n: number) => number;

  /** @param valueAt the n-th value */
  constructor(valueAt: (n: number) => number) {
    this.#valueAt = valueAt;
  }

  get measured(): number {
    return this.#measured;
  }

  /** Sends until `isOver`, or the connection ends; then it is done when the window is empty or lost. */
  async sendOver(node: FieldNode, window: number, isOver: () => boolean): Promise<void> {
    const underWay = new Set<Promise<void>>();
    const send = (measured: Measured) => {
      const sent = node
        .send({ ts: measured.ts, values: { "soil.moisture": measured.value } })
        .then(() => {
          this.acknowledged.set(measured.ts, measured.value);
          this.#waiting = this.#waiting.filter((other) => other !== measured);
        })
        .catch(() => {})
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
    };
    for (const measured of [...this.#waiting]) send(measured);
    while (!isOver() && node.client.connected) {
      if (underWay.size < window) send(this.#measure());
      else await Promise.race(underWay);
      await nextTurn();
    }
    await Promise.all(underWay);
  }

  #measure(): Measured {
    this.#lastTs = Math.max(Date.now(), this.#lastTs + 1);
    const measured = { ts: this.#lastTs, value: this.#valueAt(this.#measured++) };
    this.#waiting.push(measured);
    return measured;
  }
}
