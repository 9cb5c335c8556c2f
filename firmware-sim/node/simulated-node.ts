import { Config, type DeviceTopics, topicsOf } from "../../devices/index.ts";
import { keyAt, keyOf, uniform } from "../chance.ts";
import type { Message, Outbox } from "../link/outbox.ts";
import type { SimulatedPlace, Spot } from "../world/world.ts";
import { batteryVolts, chargeAfter } from "./battery.ts";
import { nextOutage, type Outage } from "./coverage.ts";
import { type FlashAccount, FlashBuffer } from "./flash.ts";
import { type Ack, Orders, parsedJson } from "./orders.ts";
import { measured, type NodeKind, probesOf } from "./probes.ts";

export interface SimulatedDevice {
  readonly id: string;
  readonly kind: NodeKind;
  readonly place: SimulatedPlace;
}

export interface NodeParts {
  readonly device: SimulatedDevice;
  readonly spot: Spot;
  readonly seed: number;
  readonly startMs: number;
  readonly intervalMs: number;
  /** Share of days on which the node loses the network for a while. */
  readonly outagesPerDay: number;
  /** What its flash holds, in measurements. */
  readonly flashItems: number;
}

const shortestIntervalS = 1;
const longestIntervalS = 86_400;

/**
 * One node, without its radio: it wakes, measures, keeps the measurement in its flash and sleeps on. All in simulated
 * time, and a function of the seed, the start and what it was told: whether the network takes its messages at once or
 * days later changes nothing of what it measured.
 */
export class SimulatedNode implements Outbox {
  readonly device: SimulatedDevice;
  readonly topics: DeviceTopics;
  readonly #spot: Spot;
  readonly #key: number;
  readonly #outagesPerDay: number;
  readonly #flash: FlashBuffer;
  readonly #orders: Orders;
  readonly #replies: Message[] = [];
  #outage: Outage | null;
  #intervalMs: number;
  #wakeMs: number;
  #wokeMs: number;
  #seq = 0;
  #charge: number;
  #revision: number | null = null;
  #commands = 0;

  constructor({ device, spot, seed, startMs, intervalMs, outagesPerDay, flashItems }: NodeParts) {
    this.device = device;
    this.topics = topicsOf(device.id);
    this.#spot = spot;
    this.#key = keyOf(seed, `node ${device.id}`);
    this.#outagesPerDay = outagesPerDay;
    this.#flash = new FlashBuffer(this.topics.telemetry, flashItems);
    this.#orders = new Orders(spot.site);
    this.#intervalMs = intervalMs;
    this.#charge = 0.6 + 0.4 * uniform(this.#key);
    this.#wokeMs = startMs;
    this.#wakeMs = this.#nextWakeMs(startMs);
    this.#outage = nextOutage(this.#key, outagesPerDay, startMs);
    this.covered = this.#outage === null || startMs < this.#outage.startMs;
  }

  /** Whether there is network. */
  covered: boolean;

  get intervalMs(): number {
    return this.#intervalMs;
  }

  /** Measurements that wait in the flash. */
  get waiting(): number {
    return this.#flash.waiting;
  }

  /** When something happens here next, in simulated time. */
  get dueMs(): number {
    const edgeMs = this.covered ? this.#outage?.startMs : this.#outage?.endMs;
    return Math.min(this.#wakeMs, this.#orders.dueMs, edgeMs ?? Number.POSITIVE_INFINITY);
  }

  /** Does what is due at this time. */
  proceed(atMs: number): void {
    for (const ack of this.#orders.finish(atMs)) this.#reply(ack);
    this.#changeCoverage(atMs);
    if (atMs >= this.#wakeMs) this.#measure(atMs);
  }

  /** A command or settings that came down; what is neither is not heard. */
  receive(topic: string, payload: Uint8Array, atMs: number): void {
    if (topic === this.topics.command) {
      const ack = this.#orders.take(payload, atMs);
      if (ack !== null) this.#reply(ack);
    } else if (topic === this.topics.config) this.#configure(payload, atMs);
  }

  next(): Message | null {
    return this.#replies.shift() ?? this.#flash.next();
  }

  confirmed(message: Message): void {
    this.#flash.confirmed(message);
  }

  account(): FlashAccount & { readonly commands: number } {
    return { ...this.#flash.account(), commands: this.#commands };
  }

  #changeCoverage(atMs: number): void {
    if (this.#outage === null) return;
    this.covered = atMs < this.#outage.startMs || atMs >= this.#outage.endMs;
    if (atMs >= this.#outage.endMs) this.#outage = nextOutage(this.#key, this.#outagesPerDay, atMs);
  }

  #measure(atMs: number): void {
    const { weather, site } = this.#spot;
    site.advanceTo(atMs);
    const hours = (atMs - this.#wokeMs) / 3_600_000;
    const { irradiance } = weather.at(atMs);
    this.#charge = chargeAfter(this.#charge, hours, irradiance);
    const truth = site.truthAt(atMs);
    const values: Record<string, number> = {};
    for (const [i, probe] of probesOf[this.device.kind].entries()) {
      values[probe.quantity] = measured(probe, truth[probe.quantity]!, keyAt(this.#key, i), atMs);
    }
    values["power.battery"] = Number(batteryVolts(this.#charge).toFixed(2));
    this.#flash.put(JSON.stringify({ ts: atMs, seq: this.#seq++, values }), Object.keys(values).length);
    this.#wokeMs = atMs;
    this.#wakeMs = this.#nextWakeMs(atMs + 1);
  }

  /** Whole intervals since 1970 and a share of the interval that is the node's own, so that not all wake at once. */
  #nextWakeMs(fromMs: number): number {
    const phaseMs = Math.floor((uniform(keyAt(this.#key, 99)) * this.#intervalMs) / 1000) * 1000;
    return Math.ceil((fromMs - phaseMs) / this.#intervalMs) * this.#intervalMs + phaseMs;
  }

  #configure(payload: Uint8Array, atMs: number): void {
    const parsed = Config.safeParse(parsedJson(payload));
    // Retained settings come again with every connection.
    if (!parsed.success || parsed.data.revision === this.#revision) return;
    this.#revision = parsed.data.revision;
    const { interval_s: wanted } = parsed.data.settings;
    if (typeof wanted === "number" && wanted >= shortestIntervalS && wanted <= longestIntervalS) {
      this.#intervalMs = Math.round(wanted * 1000);
      this.#wakeMs = this.#nextWakeMs(atMs + 1);
    }
    const settings = { interval_s: this.#intervalMs / 1000 };
    const payloadText = JSON.stringify({ revision: this.#revision, settings });
    this.#replies.push({ topic: this.topics.configReported, payload: payloadText });
  }

  #reply(ack: Ack): void {
    if (ack.state === "done") this.#commands++;
    this.#replies.push({ topic: this.topics.commandAck, payload: JSON.stringify(ack) });
  }
}
