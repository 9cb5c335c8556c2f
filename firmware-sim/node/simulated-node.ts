import { type DeviceTopics, topicsOf } from "../../devices/index.ts";
import { keyOf } from "../chance.ts";
import { type NodeTroubles, noTroubles } from "../faults/node-troubles.ts";
import type { Message, Outbox } from "../link/outbox.ts";
import type { SimulatedPlace, Spot } from "../world/world.ts";
import { nextOutage, type Outage } from "./coverage.ts";
import { DeviceClock } from "./device-clock.ts";
import { type FlashAccount, FlashBuffer } from "./flash.ts";
import { absenceCode, type Observation } from "./instruments.ts";
import { type Ack, Orders } from "./orders.ts";
import { type NodeKind, probesOf } from "./probes.ts";
import { rounded } from "./rounded.ts";
import { Sensing } from "./sensing.ts";
import { Settings } from "./settings.ts";

export interface SimulatedDevice {
  readonly id: string;
  readonly kind: NodeKind;
  readonly place: SimulatedPlace;
  /** Whose power and network it shares. */
  readonly commune?: string | undefined;
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
  /** What happens to it. Default: nothing. */
  readonly troubles?: NodeTroubles | undefined;
  /** How wrong its quartz goes, parts in a million. Default 0. */
  readonly driftPpm?: number | undefined;
}

/**
 * One node, without its radio: it wakes, measures, keeps the measurement in its flash and sleeps on. All in simulated
 * time, and a function of the seed, the start, its troubles and what it was told: whether the network takes its messages
 * at once or days later changes nothing of what it measured, except for the time that the network tells its clock.
 */
export class SimulatedNode implements Outbox {
  readonly device: SimulatedDevice;
  readonly topics: DeviceTopics;
  readonly #key: number;
  readonly #outagesPerDay: number;
  readonly #troubles: NodeTroubles;
  readonly #sensing: Sensing;
  readonly #clock: DeviceClock;
  readonly #flash: FlashBuffer;
  readonly #settings: Settings;
  readonly #replies: Message[] = [];
  #orders: Orders;
  #outage: Outage | null;
  #seq = 0;
  #commands = 0;
  #starts = 0;
  #moment = 0;

  constructor(parts: NodeParts) {
    const { device, spot, seed, startMs, outagesPerDay, troubles = noTroubles } = parts;
    this.device = device;
    this.topics = topicsOf(device.id);
    this.#key = keyOf(seed, `node ${device.id}`);
    this.#outagesPerDay = outagesPerDay;
    this.#troubles = troubles;
    this.#sensing = new Sensing({
      ...parts,
      isOnMains: device.kind === "shed",
      probes: probesOf[device.kind],
      key: this.#key,
      troubles,
    });
    this.#clock = new DeviceClock(parts.driftPpm ?? 0, startMs);
    this.#flash = new FlashBuffer(this.topics.telemetry, parts.flashItems);
    this.#settings = new Settings(this.topics.configReported);
    this.#orders = new Orders(spot.site);
    this.#outage = nextOutage(this.#key, outagesPerDay, startMs);
    this.covered = this.#outage === null || startMs < this.#outage.startMs;
  }

  /** Whether there is network, and power to use it. */
  covered: boolean;

  /** How often it has started anew. */
  get starts(): number {
    return this.#starts;
  }

  get intervalMs(): number {
    return this.#sensing.intervalMs;
  }

  /** Whether there is something to send that was not handed out yet. */
  get hasMore(): boolean {
    return this.#replies.length > 0 || this.#flash.waiting > 0;
  }

  /** Measurements that wait in the flash. */
  get waiting(): number {
    return this.#flash.waiting;
  }

  /** When something happens here next, in simulated time. */
  get dueMs(): number {
    const outageMs =
      (this.#isOutage ? this.#outage?.endMs : this.#outage?.startMs) ?? Number.POSITIVE_INFINITY;
    const momentMs = this.#troubles.moments[this.#moment]?.atMs ?? Number.POSITIVE_INFINITY;
    return Math.min(this.#sensing.dueMs, this.#orders.dueMs, outageMs, momentMs);
  }

  /** Does what is due at this time. */
  proceed(atMs: number): void {
    for (const ack of this.#orders.finish(atMs)) this.#reply(ack);
    this.#liveThrough(atMs);
    const observation = this.#sensing.proceed(atMs);
    if (this.#sensing.wokeUp) this.#start();
    this.#changeCoverage(atMs);
    if (observation !== null) this.#keep(observation, atMs);
  }

  /** A command or settings that came down; what is neither is not heard. */
  receive(topic: string, payload: Uint8Array, atMs: number): void {
    if (topic === this.topics.command) {
      const ack = this.#orders.take(payload, atMs);
      if (ack !== null) this.#reply(ack);
    } else if (topic === this.topics.config) {
      const reply = this.#settings.take(payload, this.#sensing, atMs);
      if (reply !== null) this.#replies.push(reply);
    }
  }

  /** The network has told what time it is. */
  timeTold(atMs: number): void {
    this.#clock.putRight(atMs);
  }

  /** The node was carried away. What it was told to do at the old place, it forgets. */
  moveTo(spot: Spot): void {
    this.#sensing.moveTo(spot);
    this.#orders = new Orders(spot.site);
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

  get #isOutage(): boolean {
    return this.#outage !== null && this.#outage.startMs <= this.#sensing.reachedMs;
  }

  #liveThrough(atMs: number): void {
    for (; (this.#troubles.moments[this.#moment]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs; this.#moment++) {
      const { kind } = this.#troubles.moments[this.#moment]!;
      if (kind === "clock-reset") this.#clock.reset(atMs);
      if (kind === "restart" || kind === "clock-reset") {
        this.#sensing.restart(atMs);
        this.#start();
      }
    }
  }

  /** What was on its way is not known any more, but still lies in the flash. */
  #start(): void {
    this.#starts++;
    this.#seq = 0;
    this.#flash.restart();
  }

  #changeCoverage(atMs: number): void {
    if (this.#outage !== null && atMs >= this.#outage.endMs) {
      this.#outage = nextOutage(this.#key, this.#outagesPerDay, atMs);
    }
    this.covered = !this.#isOutage && this.#sensing.isOn && this.#troubles.hasNetwork(atMs);
  }

  /** JSON put together by hand: names of quantities hold nothing that it would have to escape, and there are millions of these. */
  #keep({ values, absent }: Observation, atMs: number): void {
    let members = "";
    let readings = 1;
    for (const quantity in values) {
      members += `"${quantity}":${values[quantity]},`;
      readings++;
    }
    for (const quantity of absent) {
      const code = absenceCode(quantity);
      if (code === null) continue;
      members += `"${quantity}":${code},`;
      readings++;
    }
    const volts = rounded(this.#sensing.volts, 2);
    const json = `{"ts":${this.#clock.at(atMs)},"seq":${this.#seq++},"values":{${members}"power.battery":${volts}}}`;
    this.#flash.put(json, readings);
  }

  #reply(ack: Ack): void {
    if (ack.state === "done") this.#commands++;
    this.#replies.push({ topic: this.topics.commandAck, payload: JSON.stringify(ack) });
  }
}
