import type {
  DecodedFrame,
  DeviceFacts,
  Extra,
  Flag,
  FrameRejection,
  FrameRejectionReason,
  FrameValue,
} from "../device-model.ts";
import { type Channel, channel, converted, type Gauge } from "./channel.ts";

/** Before this no node of ours existed: a log entry that says so was written before the node had its time. */
const earliestMs = Date.UTC(2015, 0, 1);
const mostAheadMs = 24 * 3_600_000;

const level = channel("water.level", { unit: "m" });

/** Gathers what one frame carries. Whatever is handed in ends in exactly one of the four lists. */
export class FrameYield {
  readonly #values: FrameValue[] = [];
  readonly #extras: Extra[] = [];
  readonly #flags: Flag[] = [];
  readonly #rejections: FrameRejection[] = [];
  readonly #receivedAtMs: number;
  readonly #mountingHeightCm: number | null;
  #measuredAtMs: number | null = null;
  #isTimeBelieved = true;

  constructor(receivedAtMs: number, device: DeviceFacts) {
    this.#receivedAtMs = receivedAtMs;
    this.#mountingHeightCm = device.mountingHeightCm;
  }

  /** What is taken from now on was measured then, in seconds since 1970 UTC as the frame tells it. */
  measuredAt(seconds: number): void {
    this.#measuredAtMs = seconds * 1000;
    this.#isTimeBelieved = this.isBelievable(seconds);
  }

  /** Whether a node could have measured then: since nodes of ours exist, and not long after the frame arrived. */
  isBelievable(seconds: number): boolean {
    const ms = seconds * 1000;
    return ms >= earliestMs && ms <= this.#receivedAtMs + mostAheadMs;
  }

  /** What is taken from now on was measured just before the frame was sent. */
  measuredNow(): void {
    this.#measuredAtMs = null;
    this.#isTimeBelieved = true;
  }

  /** Takes the raw number of a channel as it stood in the frame. */
  take(of: Channel, raw: number): void {
    const flag = of.codes?.get(raw);
    if (flag !== undefined) {
      if (flag !== null) this.flag(flag);
    } else if (of.isState) this.refuse("wrong-shape", stateText(of, raw));
    else this.give(of, converted(of, raw));
  }

  /** Takes a value that is already in the channel's unit. */
  give(of: Channel, value: number): void {
    if (!this.#isTimeBelieved) this.#refuse(of, "clock-implausible", this.#clockText());
    else if (of.gauge === null) this.#extras.push(this.#extra(of, value));
    else if (isMeasurement(value, of.gauge)) this.#keep(of.name, value);
    else this.#refuse(of, reasonAgainst(value, of.gauge), refusalText(value, of, of.gauge));
  }

  flag(flag: Flag): void {
    if (!this.#flags.includes(flag)) this.#flags.push(flag);
  }

  /** Refuses the frame, or what is left of it. */
  refuse(reason: FrameRejectionReason, detail: string): void {
    this.#rejections.push({ reason, detail, quantity: null, measuredAtMs: null });
  }

  gathered(): DecodedFrame {
    return { values: this.#values, extras: this.#extras, flags: this.#flags, rejections: this.#rejections };
  }

  #keep(quantity: string, value: number): void {
    this.#values.push({ quantity, value, measuredAtMs: this.#measuredAtMs });
    if (quantity === "water.distance" && this.#mountingHeightCm !== null) {
      // To the tenth of a millimetre; what is beyond is noise of the subtraction.
      this.give(level, Math.round(this.#mountingHeightCm * 100 - value * 10_000) / 10_000);
    }
  }

  #extra({ name, unit }: Channel, value: number): Extra {
    return { name, value, unit, measuredAtMs: this.#measuredAtMs };
  }

  #refuse({ name }: Channel, reason: FrameRejectionReason, detail: string): void {
    this.#rejections.push({ reason, detail, quantity: name, measuredAtMs: this.#measuredAtMs });
  }

  #clockText(): string {
    const told = new Date(this.#measuredAtMs ?? 0).toISOString();
    return `the frame says ${told}; believed is from 2015 to 24 hours ahead of the server`;
  }
}

function isMeasurement(value: number, { min, max, sentinels }: Gauge): boolean {
  return value >= min && value <= max && !sentinels.includes(value);
}

function reasonAgainst(value: number, { sentinels }: Gauge): FrameRejectionReason {
  return sentinels.includes(value) ? "sentinel" : "implausible";
}

function stateText({ name, codes }: Channel, raw: number): string {
  return `${raw} is no ${name}; right is ${[...(codes?.keys() ?? [])].join(", ")}`;
}

function refusalText(value: number, { unit }: Channel, { min, max, sentinels }: Gauge): string {
  if (sentinels.includes(value)) return `${value} is how instruments say: no probe, or no value`;
  return `${value}; plausible is ${min} to ${max} ${unit}`;
}
