import type { FrameContent, FrameEncoder } from "../../node/frames/frame-encoder.ts";
import { milesightBytes, milesightPort } from "../../node/frames/milesight.ts";
import type { Site } from "../../world/site.ts";

/** First two bytes of a task for a valve, as it comes down, and of the answer that repeats it. */
const valveTask = 0xff1d;
const answer = 0xfe;
const forSomeTimeBit = 0x80;
const openBit = 0x20;
const valveBits = 0x03;
const channels = [0x0301, 0x0501] as const;
const forEver = Number.POSITIVE_INFINITY;

/**
 * The firmware of Milesight's UC511: two valves that a downlink opens and closes; what opens for some time closes by itself, whether or not
 * it is ever heard again. An open valve irrigates the parcel at which it stands. It answers with its next frame. What else it can be set to
 * (intervals, plans, rules by pressure) it does not obey here.
 */
export class ValveController {
  readonly #site: Site;
  readonly #openUntilMs = [0, 0];
  #answers: number[] = [];
  #atMs = 0;
  #obeyed = 0;

  constructor(site: Site) {
    this.#site = site;
  }

  /** Tasks done. */
  get obeyed(): number {
    return this.#obeyed;
  }

  readonly encoder: FrameEncoder = {
    model: "milesight-uc511",
    probes: [],
    encode: (content) => this.#encode(content),
  };

  /** What follows happens at this time. */
  advanceTo(atMs: number): void {
    this.#atMs = atMs;
  }

  /** A downlink that it has heard. */
  receive(port: number, bytes: Uint8Array): void {
    if (port !== milesightPort || bytes.length < 4) return;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (view.getUint16(0) !== valveTask) return;
    const task = view.getUint8(2);
    const valve = task & valveBits;
    const isTimed = (task & forSomeTimeBit) !== 0;
    if (valve >= channels.length || (isTimed && bytes.length < 7)) return;
    const seconds = isTimed ? view.getUint16(4, true) + 0x10000 * view.getUint8(6) : forEver;
    this.#openUntilMs[valve] = (task & openBit) === 0 ? this.#atMs : this.#atMs + seconds * 1000;
    this.#answers.push(answer, ...bytes.subarray(1));
    this.#obeyed++;
  }

  /** Lets the water run to this time, at which it is looked after next. */
  irrigateUntil(atMs: number): void {
    const endMs = Math.min(atMs, Math.max(...this.#openUntilMs));
    if (endMs <= this.#atMs || !this.#site.actions.includes("irrigate")) return;
    this.#site.advanceTo(this.#atMs);
    this.#site.switchOn("irrigate", endMs);
  }

  #encode({ volts }: FrameContent) {
    const entries = channels.map((channel, valve) => {
      return { channel, size: 1 as const, raw: this.#openUntilMs[valve]! > this.#atMs ? 1 : 0 };
    });
    const bytes = Uint8Array.from([...milesightBytes(volts, entries), ...this.#answers]);
    this.#answers = [];
    return { port: milesightPort, bytes };
  }
}
