import { Schedule } from "../fleet/schedule.ts";

/** Somebody to whom things happen in simulated time. */
export interface Actor {
  /** When something happens here next; infinity when nothing will. Always after the time of the last `proceed`. */
  readonly dueMs: number;
  proceed(atMs: number): void;
}

/** Lets actors live, each when it is due, in one order that depends on nothing but them. */
export class Timeline {
  readonly #actors: Actor[] = [];
  readonly #schedule = new Schedule();

  add(actor: Actor): void {
    this.#actors.push(actor);
    this.#reschedule(this.#actors.length - 1);
  }

  /** Up to and including this time. */
  advanceTo(untilMs: number): void {
    while (this.#schedule.nextMs <= untilMs) {
      const { atMs, index } = this.#schedule.take();
      this.#actors[index]!.proceed(atMs);
      this.#reschedule(index);
    }
  }

  #reschedule(index: number): void {
    const { dueMs } = this.#actors[index]!;
    if (dueMs < Number.POSITIVE_INFINITY) this.#schedule.add(dueMs, index);
  }
}
