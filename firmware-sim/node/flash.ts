import type { Message } from "../link/outbox.ts";

/** One measurement as it lies in the flash. */
interface Item {
  readonly json: string;
  readonly readings: number;
}

/** A message on its way, and what it is made of. */
interface Flown {
  readonly message: Message;
  readonly items: readonly Item[];
  readonly readings: number;
}

export interface FlashAccount {
  /** All in readings. Ever put in: `acknowledged + inFlight + waiting + dropped`. */
  readonly acknowledged: number;
  readonly inFlight: number;
  readonly waiting: number;
  /** Overwritten by newer ones, because the flash was full. */
  readonly dropped: number;
}

/** Small enough for a modem, large enough that a day's backlog is not a hundred uplinks. */
const mostItemsAtOnce = 48;

/**
 * Store-and-forward: measurements lie here until the broker has acknowledged them. One alone goes as an object, a
 * backlog as arrays. When it is full the oldest that is not on its way gives room.
 */
export class FlashBuffer {
  readonly #topic: string;
  readonly #capacity: number;
  #waiting: Item[] = [];
  #head = 0;
  /** No more than the link's window; confirmed one after the other. */
  #flying: Flown[] = [];
  #itemsFlying = 0;
  #acknowledged = 0;
  #inFlight = 0;
  #waitingReadings = 0;
  #dropped = 0;

  /** @param capacity in measurements */
  constructor(topic: string, capacity: number) {
    this.#topic = topic;
    this.#capacity = capacity;
  }

  /** Measurements that are not on their way. */
  get waiting(): number {
    return this.#waiting.length - this.#head;
  }

  /** How full it is, 0 to 1. */
  get fill(): number {
    return (this.waiting + this.#itemsFlying) / this.#capacity;
  }

  put(json: string, readings: number): void {
    if (this.waiting > 0 && this.waiting + this.#itemsFlying >= this.#capacity) {
      const lost = this.#shift();
      this.#dropped += lost.readings;
    }
    this.#waiting.push({ json, readings });
    this.#waitingReadings += readings;
  }

  next(): Message | null {
    const count = Math.min(this.waiting, mostItemsAtOnce);
    if (count === 0) return null;
    const items: Item[] = [];
    let readings = 0;
    for (let n = 0; n < count; n++) {
      const item = this.#shift();
      items.push(item);
      readings += item.readings;
    }
    const payload = count === 1 ? items[0]!.json : `[${items.map(({ json }) => json).join(",")}]`;
    const message = { topic: this.#topic, payload };
    this.#flying.push({ message, items, readings });
    this.#itemsFlying += count;
    this.#inFlight += readings;
    return message;
  }

  /** @returns whether the message was one of ours */
  confirmed(message: Message): boolean {
    const at = this.#flying.findIndex((each) => each.message === message);
    if (at === -1) return false;
    const [flown] = this.#flying.splice(at, 1) as [Flown];
    this.#itemsFlying -= flown.items.length;
    this.#inFlight -= flown.readings;
    this.#acknowledged += flown.readings;
    return true;
  }

  /** The node starts anew: what was on its way and not acknowledged waits again, before the rest. */
  restart(): void {
    this.#waiting = [...this.#flying.flatMap(({ items }) => items), ...this.#waiting.slice(this.#head)];
    this.#head = 0;
    this.#waitingReadings += this.#inFlight;
    this.#flying = [];
    this.#itemsFlying = 0;
    this.#inFlight = 0;
  }

  account(): FlashAccount {
    return {
      acknowledged: this.#acknowledged,
      inFlight: this.#inFlight,
      waiting: this.#waitingReadings,
      dropped: this.#dropped,
    };
  }

  #shift(): Item {
    const item = this.#waiting[this.#head]!;
    this.#head++;
    this.#waitingReadings -= item.readings;
    // What was taken stays in front until it is half of the list: shifting one by one would copy the list each time.
    if (this.#head >= 32 && this.#head * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
