import { quantityOf, type Uplink } from "../../devices/index.ts";
import type { FarmEvents } from "../farms/open-field.ts";
import type { Platform } from "../farms/platform.ts";
import type { Message } from "../link/outbox.ts";

/** One value that a node was told is kept. */
export interface ReceiptedValue {
  readonly device: string;
  readonly quantity: string;
  /** As the node stamped it. */
  readonly measuredAtMs: number;
  readonly value: number;
}

/**
 * Stands between a farm and a platform, and writes down what was sent and what was acknowledged, without a look at how the
 * platform works: what it must have kept afterwards follows from that alone.
 */
export class Witness {
  readonly events: FarmEvents;
  /** By device: when anything of it arrived. */
  readonly arrivals = new Map<string, number[]>();
  /** Values that reached the platform, by `keyOfValue`; the last one counts. */
  readonly sent = new Map<string, ReceiptedValue>();
  /** Values that nodes were told are kept; likewise. */
  readonly receipted = new Map<string, ReceiptedValue>();
  /** The same values that no reader should believe: absence codes, clocks of 1970. */
  readonly unbelievable = new Map<string, ReceiptedValue>();
  /** By LoRaWAN node: when it sent what a gateway heard. */
  readonly heardAtMs = new Map<string, number[]>();
  /** By device and quantity of LoRaWAN nodes: when the platform was due to have each value that a gateway heard. */
  readonly heardFrames = new Map<string, number[]>();

  constructor() {
    this.events = {
      acknowledged: (device, message) => this.#receipt(device, message),
      radiated: (device, { observation, atMs }, receivedAtMs) => {
        if (receivedAtMs === null) return;
        note(this.heardAtMs, device, atMs);
        for (const quantity of Object.keys(observation.values))
          note(this.heardFrames, `${device} ${quantity}`, receivedAtMs);
      },
    };
  }

  /** The platform, with this witness before it. */
  before(platform: Platform): Platform {
    return {
      enlist: (stations) => platform.enlist(stations),
      take: (uplinks, untilMs) => {
        for (const uplink of uplinks) this.#arrived(uplink);
        return platform.take(uplinks, untilMs);
      },
    };
  }

  #arrived({ device, topic, payload, receivedAtMs }: Uplink): void {
    note(this.arrivals, device, receivedAtMs);
    for (const value of valuesOf(device, topic, Buffer.from(payload).toString())) {
      this.sent.set(keyOfValue(value), value);
    }
  }

  #receipt(device: string, { topic, payload }: Message): void {
    for (const value of valuesOf(device, topic, payload)) {
      const list = isBelievable(value) ? this.receipted : this.unbelievable;
      list.set(keyOfValue(value), value);
    }
  }
}

function note(times: Map<string, number[]>, of: string, atMs: number): void {
  const known = times.get(of);
  if (known === undefined) times.set(of, [atMs]);
  else known.push(atMs);
}

/** The values of a telemetry message in the platform's own dialect; of other messages none. */
function valuesOf(device: string, topic: string, payload: string): ReceiptedValue[] {
  if (!topic.endsWith("/telemetry")) return [];
  const items = [JSON.parse(payload)].flat() as { ts: number; values: Record<string, number> }[];
  return items.flatMap(({ ts, values }) =>
    Object.entries(values).map(([quantity, value]) => ({ device, quantity, measuredAtMs: ts, value })),
  );
}

export function keyOfValue({ device, quantity, measuredAtMs }: Omit<ReceiptedValue, "value">): string {
  return `${device} ${quantity} ${measuredAtMs}`;
}

/** The first year in which a node of this platform can have measured. */
const earliestMs = Date.UTC(2015, 0, 1);

function isBelievable({ quantity, measuredAtMs, value }: ReceiptedValue): boolean {
  const { plausible, sentinels } = quantityOf(quantity)!;
  return (
    measuredAtMs >= earliestMs &&
    value >= plausible.min &&
    value <= plausible.max &&
    !sentinels.includes(value)
  );
}
