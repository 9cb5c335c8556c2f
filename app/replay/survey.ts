import { type InterpretOptions, interpret, type Measurement, type Unreadable } from "./interpret.ts";
import type { Mapping } from "./mapping.ts";

/** What of one device is in the file. */
export interface DeviceSurvey {
  readonly device: string;
  /** What it measured, each once. */
  readonly quantities: readonly string[];
  readonly measurements: number;
  readonly readings: number;
  /** Readings whose quantity and time the file has had before: the server will keep one of each. */
  readonly repeated: number;
  readonly flagged: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface Survey {
  readonly rows: number;
  /** In the order in which they appear. */
  readonly devices: readonly DeviceSurvey[];
  readonly readings: number;
  readonly unreadable: { readonly rows: number; readonly first: readonly Unreadable[] };
}

const mostExamples = 5;

/** Reads the file once before anything is sent: which devices there are, how much, over which span. */
export async function survey(file: string, mapping: Mapping, options: InterpretOptions): Promise<Survey> {
  const counters = new Map<string, DeviceCounter>();
  const first: Unreadable[] = [];
  let rows = 0;
  let unreadable = 0;
  for await (const found of interpret(file, mapping, options)) {
    rows++;
    if ("unreadable" in found) {
      unreadable++;
      if (first.length < mostExamples) first.push(found.unreadable);
      continue;
    }
    for (const measurement of found.measurements) {
      const counter = counters.get(measurement.device) ?? new DeviceCounter();
      counters.set(measurement.device, counter);
      counter.count(measurement);
    }
  }
  const devices = [...counters].map(([device, counter]) => counter.result(device));
  const readings = devices.reduce((sum, device) => sum + device.readings, 0);
  return { rows, devices, readings, unreadable: { rows: unreadable, first } };
}

class DeviceCounter {
  #measurements = 0;
  #readings = 0;
  #repeated = 0;
  #flagged = 0;
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;
  /** By time: one bit for each quantity that was there. */
  readonly #seen = new Map<number, number>();
  readonly #bits = new Map<string, number>();

  count({ measuredAtMs, values, flagged }: Measurement): void {
    this.#measurements++;
    this.#flagged += flagged;
    this.#firstMs = Math.min(this.#firstMs, measuredAtMs);
    this.#lastMs = Math.max(this.#lastMs, measuredAtMs);
    let seen = this.#seen.get(measuredAtMs) ?? 0;
    for (const quantity of Object.keys(values)) {
      const bit = this.#bits.get(quantity) ?? 2 ** this.#bits.size;
      this.#bits.set(quantity, bit);
      this.#readings++;
      if ((seen & bit) !== 0) this.#repeated++;
      seen |= bit;
    }
    this.#seen.set(measuredAtMs, seen);
  }

  result(device: string): DeviceSurvey {
    return {
      device,
      quantities: [...this.#bits.keys()],
      measurements: this.#measurements,
      readings: this.#readings,
      repeated: this.#repeated,
      flagged: this.#flagged,
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
    };
  }
}
