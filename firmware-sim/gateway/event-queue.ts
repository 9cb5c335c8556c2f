import { Schedule } from "../fleet/schedule.ts";
import type { Message, Outbox } from "../link/outbox.ts";

export interface EventQueueParts<Note> {
  /** Simulated time, to which the network server has got. */
  readonly now: () => number;
  /** How many wait at most; the oldest gives room. */
  readonly capacity: number;
  /** Handed out for the first time. */
  readonly published: (note: Note) => void;
  readonly confirmed: (note: Note) => void;
  readonly overwritten: (note: Note) => void;
}

/**
 * The events of a network server on their way to the broker. One is handed out when it is due, not before: what a gateway hears
 * takes its time to the server. Each is kept until the broker has it, and its note comes back once.
 */
export class EventQueue<Note> implements Outbox {
  readonly #parts: EventQueueParts<Note>;
  readonly #schedule = new Schedule();
  readonly #waiting = new Map<number, { readonly message: Message; readonly note: Note }>();
  readonly #flying = new Map<Message, Note>();
  #number = 0;
  #isFlushed = false;

  constructor(parts: EventQueueParts<Note>) {
    this.#parts = parts;
  }

  /** Events that were not handed out yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Handed out, and not confirmed. */
  get inFlight(): number {
    return this.#flying.size;
  }

  put(message: Message, dueMs: number, note: Note): void {
    if (this.#waiting.size >= this.#parts.capacity) this.#parts.overwritten(this.#take().note);
    this.#waiting.set(this.#number, { message, note });
    this.#schedule.add(dueMs, this.#number++);
  }

  next(): Message | null {
    if (!this.#isFlushed && this.#schedule.nextMs > this.#parts.now()) return null;
    if (this.#waiting.size === 0) return null;
    const { message, note } = this.#take();
    this.#flying.set(message, note);
    this.#parts.published(note);
    return message;
  }

  confirmed(message: Message): void {
    const note = this.#flying.get(message);
    if (note === undefined) return;
    this.#flying.delete(message);
    this.#parts.confirmed(note);
  }

  /** Time ends here: nothing waits to be due any more. */
  flush(): void {
    this.#isFlushed = true;
  }

  #take() {
    const { index } = this.#schedule.take();
    const event = this.#waiting.get(index)!;
    this.#waiting.delete(index);
    return event;
  }
}
