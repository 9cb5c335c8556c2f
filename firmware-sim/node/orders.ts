import { Command, deviceTimeMs } from "../../devices/index.ts";
import type { Site } from "../world/site.ts";

/** An acknowledgement, as it goes up. */
export interface Ack {
  readonly id: string;
  readonly state: "accepted" | "done" | "refused";
  readonly message?: string;
  readonly ts: number;
}

const longestMinutes = 240;
const mostRemembered = 32;

/**
 * What a node was told to do: each command is begun once, whether it comes once or three times, and its end is told.
 * A running time is the argument `minutes`.
 */
export class Orders {
  readonly #site: Site;
  readonly #running: { readonly id: string; readonly untilMs: number }[] = [];
  readonly #last = new Map<string, Ack>();

  constructor(site: Site) {
    this.#site = site;
  }

  /** When the next running order ends; infinity when none runs. */
  get dueMs(): number {
    return this.#running.reduce(
      (soonest, { untilMs }) => Math.min(soonest, untilMs),
      Number.POSITIVE_INFINITY,
    );
  }

  /** @returns the answer; null when the payload is no command, so that there is nothing to answer to */
  take(payload: Uint8Array, atMs: number): Ack | null {
    const parsed = Command.safeParse(parsedJson(payload));
    if (!parsed.success) return null;
    const { id, name, args, expiresAt } = parsed.data;
    const before = this.#last.get(id);
    if (before !== undefined) return before;
    const refusal = this.#refusalOf(name, args.minutes, expiresAt, atMs);
    if (refusal !== null) return this.#remember({ id, state: "refused", message: refusal, ts: atMs });
    const untilMs = atMs + Math.round((args.minutes as number) * 60_000);
    this.#site.advanceTo(atMs);
    this.#site.switchOn(name, untilMs);
    this.#running.push({ id, untilMs });
    return this.#remember({ id, state: "accepted", ts: atMs });
  }

  /** The orders that have come to their end. */
  finish(atMs: number): Ack[] {
    const done = this.#running.filter(({ untilMs }) => untilMs <= atMs);
    for (const order of done) this.#running.splice(this.#running.indexOf(order), 1);
    return done.map(({ id, untilMs }) => this.#remember({ id, state: "done", ts: untilMs }));
  }

  #refusalOf(name: string, minutes: unknown, expiresAt: unknown, atMs: number): string | null {
    const { actions } = this.#site;
    if (!actions.includes(name)) return `"${name}" is not known here; right is ${actions.join(", ")}`;
    if (typeof minutes !== "number" || !(minutes > 0 && minutes <= longestMinutes)) {
      return `args.minutes is needed, above 0 and at most ${longestMinutes}`;
    }
    const lastMs = expiresAt === undefined ? null : deviceTimeMs(expiresAt);
    return lastMs !== null && lastMs < atMs ? "it came too late" : null;
  }

  #remember(ack: Ack): Ack {
    this.#last.set(ack.id, ack);
    if (this.#last.size > mostRemembered) this.#last.delete(this.#last.keys().next().value!);
    return ack;
  }
}

/** undefined when it is none. */
export function parsedJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
