import { keyAt, keyOf } from "../chance.ts";
import type { NodeTroubles } from "../faults/node-troubles.ts";
import { airtimeMs, type SpreadingFactor } from "../gateway/airtime.ts";
import type { SimulatedPlace, Spot } from "../world/world.ts";
import type { Frame, FrameEncoder } from "./frames/frame-encoder.ts";
import type { Observation } from "./instruments.ts";
import { Sensing } from "./sensing.ts";

export interface LoraDevice {
  readonly id: string;
  /** 16 hexadecimal digits. */
  readonly devEui: string;
  readonly place: SimulatedPlace;
  readonly mountingHeightCm: number;
}

export interface LoraNodeParts {
  readonly device: LoraDevice;
  readonly encoder: FrameEncoder;
  readonly spot: Spot;
  readonly seed: number;
  readonly startMs: number;
  readonly intervalMs: number;
  readonly spreadingFactor: SpreadingFactor;
  readonly troubles: NodeTroubles;
  /** A frame goes into the air. Nobody answers. */
  readonly sends: (sent: SentFrame) => void;
}

export interface SentFrame {
  readonly atMs: number;
  readonly frame: Frame;
  readonly frameCounter: number;
  readonly observation: Observation;
  /** For what becomes of it on the way. */
  readonly key: number;
}

/** Share of time that one node may be in the air, where bands are shared without listening first. */
const dutyCycle = 0.01;

/**
 * A LoRaWAN node of class A: it wakes, measures, sends unconfirmed and sleeps. What nobody heard is lost, and what the duty
 * cycle forbids is not sent.
 */
export class LoraNode {
  readonly device: LoraDevice;
  readonly #parts: LoraNodeParts;
  readonly #key: number;
  readonly #sensing: Sensing;
  #moment = 0;
  #frameCounter = 0;
  #mayAgainMs = Number.NEGATIVE_INFINITY;
  #withheld = 0;

  constructor(parts: LoraNodeParts) {
    const { device, encoder, seed } = parts;
    this.device = device;
    this.#parts = parts;
    this.#key = keyOf(seed, `node ${device.id}`);
    this.#sensing = new Sensing({ ...parts, isOnMains: false, probes: encoder.probes, key: this.#key });
  }

  /** Frames that the duty cycle forbade. */
  get withheld(): number {
    return this.#withheld;
  }

  get dueMs(): number {
    const momentMs = this.#parts.troubles.moments[this.#moment]?.atMs ?? Number.POSITIVE_INFINITY;
    return Math.min(this.#sensing.dueMs, momentMs);
  }

  proceed(atMs: number): void {
    const { moments } = this.#parts.troubles;
    for (; (moments[this.#moment]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs; this.#moment++) {
      const { kind } = moments[this.#moment]!;
      if (kind === "restart" || kind === "clock-reset") this.#start(atMs);
    }
    const observation = this.#sensing.proceed(atMs);
    if (this.#sensing.wokeUp) this.#start(atMs);
    if (observation !== null) this.#send(observation, atMs);
  }

  moveTo(spot: Spot): void {
    this.#sensing.moveTo(spot);
  }

  /** It joins again, and frames are counted from 0. */
  #start(atMs: number): void {
    this.#sensing.restart(atMs);
    this.#frameCounter = 0;
  }

  #send(observation: Observation, atMs: number): void {
    if (atMs < this.#mayAgainMs) {
      this.#withheld++;
      return;
    }
    const { encoder, device, spreadingFactor, sends } = this.#parts;
    const { volts } = this.#sensing;
    const frame = encoder.encode({ ...observation, volts, mountingHeightCm: device.mountingHeightCm });
    this.#mayAgainMs = atMs + airtimeMs(frame.bytes.length, spreadingFactor) / dutyCycle;
    sends({
      atMs,
      frame,
      frameCounter: this.#frameCounter++,
      observation,
      key: keyAt(this.#key, Math.floor(atMs / 1000)),
    });
  }
}
