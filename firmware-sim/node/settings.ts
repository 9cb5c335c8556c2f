import { Config } from "../../devices/index.ts";
import type { Message } from "../link/outbox.ts";
import { parsedJson } from "./orders.ts";

const shortestIntervalS = 1;
const longestIntervalS = 86_400;

/** What measures at an interval that can be set. */
export interface Paced {
  readonly intervalMs: number;
  measureEvery(intervalMs: number, atMs: number): void;
}

/** What a node was set to: each revision is taken once and reported. */
export class Settings {
  readonly #reportTopic: string;
  #revision: number | null = null;

  constructor(reportTopic: string) {
    this.#reportTopic = reportTopic;
  }

  /** @returns the report; null when these are no settings, or the ones it has: retained ones come with every connection */
  take(payload: Uint8Array, paced: Paced, atMs: number): Message | null {
    const parsed = Config.safeParse(parsedJson(payload));
    if (!parsed.success || parsed.data.revision === this.#revision) return null;
    this.#revision = parsed.data.revision;
    const { interval_s: wanted } = parsed.data.settings;
    if (typeof wanted === "number" && wanted >= shortestIntervalS && wanted <= longestIntervalS) {
      paced.measureEvery(Math.round(wanted * 1000), atMs);
    }
    const settings = { interval_s: paced.intervalMs / 1000 };
    return { topic: this.#reportTopic, payload: JSON.stringify({ revision: this.#revision, settings }) };
  }
}
