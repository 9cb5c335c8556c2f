import type { Uplink } from "../../../devices/index.ts";
import { keyAt } from "../../chance.ts";
import { LoraStation } from "../../farms/lora-station.ts";
import type { NodeTroubles } from "../../faults/node-troubles.ts";
import {
  chirpstackAck,
  chirpstackTxAck,
  eventTopic,
  type Reception,
} from "../../gateway/chirpstack-event.ts";
import type { Downlink, DownlinkQueue, DownlinkStep } from "../../gateway/downlink-queue.ts";
import type { EventQueue } from "../../gateway/event-queue.ts";
import type { Gateways, Surroundings } from "../../gateway/gateways.ts";
import { frameEncoderOf } from "../../node/frames/frame-encoders.ts";
import type { SentFrame } from "../../node/lora-node.ts";
import type { SimulatedDevice } from "../../node/simulated-node.ts";
import type { Spot } from "../../world/world.ts";
import type { Dweller } from "../field.ts";
import type { FrameAccount, FrameNote } from "./frame-account.ts";
import { ValveController } from "./valve-controller.ts";

export interface LorawanDevice extends SimulatedDevice {
  /** 16 hexadecimal digits. */
  readonly devEui: string;
  /** Of `lorawanModels`. */
  readonly model: string;
  /** Above the zero of the water level, for models that look down on it. Default 250. */
  readonly mountingHeightCm?: number | undefined;
}

export interface LoraPostParts {
  readonly device: LorawanDevice;
  readonly index: number;
  readonly spot: Spot;
  readonly seed: number;
  readonly startMs: number;
  readonly intervalMs: number;
  readonly troubles: NodeTroubles;
  readonly gateways: Gateways;
  readonly account: FrameAccount;
  /** Where the events of the network server go; those that carry no frame have no note. */
  readonly events: EventQueue<FrameNote | null>;
  readonly downlinks: DownlinkQueue;
  /** A gateway has heard the node, or has sent something down to it. */
  readonly passed: (gateway: string, way: "up" | "down") => void;
}

/** Share of events that ChirpStack publishes twice, because it missed the broker's word. */
const redeliveredShare = 0.005;
const usualHeightCm = 250;
/** For the radio's luck on the way down. */
const downKey = 60;

/** A LoRaWAN node in its surroundings, with what the network server does for it: events up, and class A down. */
export class LoraPost implements Dweller {
  readonly device: LorawanDevice;
  readonly #parts: LoraPostParts;
  readonly #station: LoraStation;
  readonly #surroundings: Surroundings;
  readonly #valves: ValveController | null;
  #frame: { readonly sent: SentFrame; readonly note: FrameNote; events: number } | null = null;
  #downlinks = 0;

  constructor(parts: LoraPostParts) {
    const { device, spot, gateways } = parts;
    this.device = device;
    this.#parts = parts;
    this.#surroundings = gateways.around(device.id, device.place);
    this.#valves = device.model === valveModel ? new ValveController(spot.site) : null;
    this.#station = new LoraStation({
      ...parts,
      device: { ...device, mountingHeightCm: device.mountingHeightCm ?? usualHeightCm },
      encoder: this.#valves?.encoder ?? frameEncoderOf(device.model)!,
      redeliveredShare,
      sent: (_, frame, receivedAtMs) => this.#sent(frame, receivedAtMs !== null),
      arrived: (uplink) => this.#arrived(uplink),
    });
  }

  /** Frames that the duty cycle forbade. */
  get withheld(): number {
    return this.#station.node.withheld;
  }

  /** Downlinks that it has heard. */
  get downlinks(): number {
    return this.#downlinks;
  }

  get dueMs(): number {
    return this.#station.dueMs;
  }

  proceed(atMs: number): void {
    this.#valves?.advanceTo(atMs);
    this.#station.proceed(atMs);
    this.#valves?.irrigateUntil(this.#station.dueMs);
  }

  moveTo(spot: Spot): void {
    this.#station.node.moveTo(spot);
  }

  #sent(sent: SentFrame, isHeard: boolean): void {
    const { account, index } = this.#parts;
    this.#frame = { sent, note: account.sent(index, sent.atMs, isHeard), events: 0 };
  }

  /** Once for each event of the frame that was sent last; the second time it is a copy. */
  #arrived({ topic, payload, receivedAtMs }: Uplink): void {
    const { account, events } = this.#parts;
    const frame = this.#frame!;
    const message = { topic, payload: Buffer.from(payload).toString() };
    const isCopy = frame.events++ > 0;
    events.put(message, receivedAtMs, isCopy ? account.copied(frame.note) : frame.note);
    if (!isCopy) this.#passUp(frame.sent, message.payload, receivedAtMs);
  }

  /** What the gateways and the network server do when they have heard it. */
  #passUp({ atMs, key }: SentFrame, event: string, receivedAtMs: number): void {
    const { downlinks, passed } = this.#parts;
    // A frame is heard the same, however often one asks.
    const receptions = this.#surroundings.receive(atMs, key);
    for (const { gateway } of receptions) passed(gateway, "up");
    if (!downlinks.concerns(this.device.devEui)) return;
    const best = receptions.reduce((one, other) => (other.rssi > one.rssi ? other : one));
    const steps = downlinks.afterUplink(this.device.devEui, (down) => this.#passDown(down, best, atMs, key));
    const { deduplicationId } = JSON.parse(event) as { deduplicationId: string };
    for (const step of steps) this.#tell(step, best.gateway, deduplicationId, receivedAtMs);
  }

  /** The way down is as good as the way up. */
  #passDown({ port, bytes }: Downlink, { gateway }: Reception, atMs: number, key: number): boolean {
    this.#parts.passed(gateway, "down");
    const heard = this.#surroundings.receive(atMs, keyAt(key, downKey));
    if (!heard.some((each) => each.gateway === gateway)) return false;
    this.#downlinks++;
    this.#valves?.receive(port, bytes);
    return true;
  }

  #tell(step: DownlinkStep, gateway: string, deduplicationId: string, atMs: number): void {
    const { devEui, id: deviceName, model } = this.device;
    const { id: queueItemId, frameCounterDown } = step;
    const news = { devEui, deviceName, model, queueItemId, frameCounterDown, atMs };
    const payload =
      step.event === "txack"
        ? chirpstackTxAck({ ...news, gateway })
        : chirpstackAck({ ...news, deduplicationId, acknowledged: step.acknowledged });
    this.#parts.events.put({ topic: eventTopic(devEui, step.event), payload }, atMs, null);
  }
}

export const valveModel = "milesight-uc511";
