import { z } from "zod";
import { parsedJson } from "../node/orders.ts";

/** Bytes for a device. */
export interface Downlink {
  /** Of the command; comes back in what is told of it. */
  readonly id: string;
  readonly confirmed: boolean;
  readonly port: number;
  readonly bytes: Uint8Array;
}

/** What is to be told after an uplink. */
export type DownlinkStep =
  | { readonly event: "txack"; readonly id: string; readonly frameCounterDown: number }
  | {
      readonly event: "ack";
      readonly id: string;
      readonly frameCounterDown: number;
      readonly acknowledged: boolean;
    };

/** ChirpStack v4's DownlinkCommand (integration/integration.proto). An id that is left out stays blank here. */
const DownlinkCommand = z.object({
  id: z.string().default(""),
  devEui: z.string().transform((eui) => eui.toLowerCase()),
  confirmed: z.boolean().default(false),
  fPort: z.int().min(1).max(223),
  data: z.base64(),
});

interface Line {
  readonly queue: Downlink[];
  pending: (Downlink & { readonly frameCounterDown: number; readonly isHeard: boolean }) | null;
  frameCounterDown: number;
}

const commandTopic = /^application\/[^/]+\/device\/([0-9a-f]{16})\/command\/down$/;

/**
 * What waits for devices of class A: they listen for a moment after they have sent (LoRaWAN 1.0.4, 3.3). One downlink goes down after
 * each uplink. Whether a confirmed one was heard the next uplink says; ChirpStack tells so, and sends it no second time.
 */
export class DownlinkQueue {
  readonly #lines = new Map<string, Line>();

  /** @returns whether it was a command for a device, in the topic's own words */
  take(topic: string, payload: Uint8Array): boolean {
    const devEui = commandTopic.exec(topic)?.[1];
    const parsed = DownlinkCommand.safeParse(parsedJson(payload));
    if (devEui === undefined || !parsed.success || parsed.data.devEui !== devEui) return false;
    const { id, confirmed, fPort: port, data } = parsed.data;
    this.#lineOf(devEui).queue.push({ id, confirmed, port, bytes: Buffer.from(data, "base64") });
    return true;
  }

  /** Whether anything is to be done when this device is heard. */
  concerns(devEui: string): boolean {
    const line = this.#lines.get(devEui);
    return line !== undefined && (line.pending !== null || line.queue.length > 0);
  }

  /**
   * A gateway has heard the device.
   * @param sends sends a downlink through that gateway; says whether the device has heard it
   */
  afterUplink(devEui: string, sends: (downlink: Downlink) => boolean): DownlinkStep[] {
    const line = this.#lineOf(devEui);
    const steps: DownlinkStep[] = [];
    if (line.pending !== null) {
      const { id, frameCounterDown, isHeard } = line.pending;
      steps.push({ event: "ack", id, frameCounterDown, acknowledged: isHeard });
      line.pending = null;
    }
    const downlink = line.queue.shift();
    if (downlink === undefined) return steps;
    const frameCounterDown = line.frameCounterDown++;
    const isHeard = sends(downlink);
    if (downlink.confirmed) line.pending = { ...downlink, frameCounterDown, isHeard };
    return [...steps, { event: "txack", id: downlink.id, frameCounterDown }];
  }

  #lineOf(devEui: string): Line {
    const line = this.#lines.get(devEui) ?? { queue: [], pending: null, frameCounterDown: 0 };
    this.#lines.set(devEui, line);
    return line;
  }
}
