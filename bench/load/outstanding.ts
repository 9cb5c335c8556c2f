import type { OutgoingUplink } from "./uplink-template.ts";

export interface OutstandingUplink extends OutgoingUplink {
  /** 0 until it has been sent on the present connection. */
  messageId: number;
  /** When it was first sent. */
  sentAtMs: number;
}

const mostIds = 65_535;

/** The uplinks of one connection that await their acknowledgement, oldest first. */
export class Outstanding {
  #uplinks: (OutstandingUplink | undefined)[] = [];
  #head = 0;
  #lastId = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Whether every message id is taken. */
  get full(): boolean {
    return this.#size >= mostIds;
  }

  add(uplink: OutstandingUplink): void {
    this.#uplinks.push(uplink);
    this.#size += 1;
  }

  nextId(): number {
    this.#lastId = this.#lastId === mostIds ? 1 : this.#lastId + 1;
    return this.#lastId;
  }

  /** The uplink that this id acknowledges, and whether it was its turn; null for an id that nobody awaits. */
  acknowledge(messageId: number): { readonly uplink: OutstandingUplink; readonly inOrder: boolean } | null {
    const first = this.#uplinks[this.#head];
    if (first?.messageId === messageId) {
      this.#take(this.#head);
      return { uplink: first, inOrder: true };
    }
    const at = this.#uplinks.findIndex((uplink) => uplink?.messageId === messageId);
    const uplink = this.#uplinks[at];
    if (!uplink) return null;
    this.#take(at);
    return { uplink, inOrder: false };
  }

  /** All of them, oldest first. */
  all(): OutstandingUplink[] {
    return this.#uplinks.filter((uplink) => uplink !== undefined);
  }

  clear(): void {
    this.#uplinks = [];
    this.#head = 0;
    this.#size = 0;
  }

  #take(at: number): void {
    this.#uplinks[at] = undefined;
    this.#size -= 1;
    while (this.#head < this.#uplinks.length && this.#uplinks[this.#head] === undefined) this.#head += 1;
    if (this.#head < 1024 || this.#head * 2 < this.#uplinks.length) return;
    this.#uplinks = this.#uplinks.slice(this.#head);
    this.#head = 0;
  }
}
