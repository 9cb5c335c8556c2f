import { convert, type DecodedFrame, type Reading } from "../../devices/index.ts";
import type { JournaledUplink } from "../journal/journal.ts";
import type { Decoded, Rejection, RejectionReason } from "./decoded.ts";
import type { KnownDevice } from "./directory.ts";
import { type Gauge, gauges } from "./gauges.ts";
import type { DeviceFlag, LinkReport } from "./link-report.ts";
import { oldestLiveMs } from "./measured-time.ts";
import { amountIn } from "./measures/amount.ts";
import { plainText, shown } from "./plain-text.ts";

/** Says where in the body a value stands: `[3].values["soil.moisture"]`. Asked only when something is refused. */
export type Place = (item: number, name: string) => string;

/** A value as another system's body tells it. */
export interface Found {
  readonly quantity: string;
  /** A number, a numeric string, or a number with its unit ("57 uS/cm"), which then counts. */
  readonly value: unknown;
  /** Its unit, as devices and gateways write it; null for the catalogue's. */
  readonly unit: string | null;
  readonly measuredAtMs: number;
  /** Where it stood. Asked only when it is refused. */
  readonly place: () => string;
}

/** Decimal, with a point. Number() alone would also take "" for 0 and "0x1F" for 31. */
const numeric = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?\s*$/;
const longestNumber = 40;
const longestDetail = 300;
const longestName = 64;
/** One bad uplink of 256 KiB can hold 100,000 mistakes. Explaining each would hold everybody else up. */
const mostDetailed = 200;
const undetailed = `one of more than ${mostDetailed} in this uplink; its raw bytes tell`;

/** Ends of 16- and 32-bit integers: "no value" in whatever unit the instrument has. */
const integerEnds: ReadonlySet<number> = new Set([
  32767, -32768, 65535, 65534, 2147483647, -2147483648, 4294967295,
]);

/**
 * Gathers what one uplink carried. Each value handed in becomes one reading or one rejection, whichever dialect it
 * came in: names, ranges and sentinels are the catalogue's. A distance of an instrument whose mounting height is known
 * becomes a water level besides.
 */
export class Harvest {
  readonly #readings: Reading[] = [];
  readonly #rejections: Rejection[] = [];
  readonly #uplink: JournaledUplink;
  #device: string | null = null;
  #oldestLiveMs = Number.POSITIVE_INFINITY;
  #mountingHeightCm: number | null = null;
  #newestMs = Number.NEGATIVE_INFINITY;
  #inOrder = true;
  #also: Also | null = null;

  constructor(uplink: JournaledUplink) {
    this.#uplink = uplink;
  }

  /** What is taken from now on is this device's. Whether it may be spoken for is decided before (speakers.ts). */
  speakFor(device: string, { intervalMs, mountingHeightCm = null }: KnownDevice): void {
    if (device !== this.#uplink.device) this.#noteSpeaker(device);
    this.#device = device;
    this.#oldestLiveMs = oldestLiveMs(this.#uplink.receivedAtMs, intervalMs);
    this.#mountingHeightCm = mountingHeightCm;
  }

  /** What is refused from now on is nobody's; nothing can be taken. */
  speakForNobody(): void {
    this.#device = null;
  }

  /** Takes one value as it was found in the body. Null is how a device says that it did not measure: nothing. */
  take(item: number, quantity: string, found: unknown, measuredAtMs: number, place: Place): void {
    if (found === null) return;
    const gauge = gauges.get(quantity);
    const value = typeof found === "number" ? found : numberIn(found);
    if (gauge !== undefined && isMeasurement(value, gauge)) {
      this.#keep(quantity, value, measuredAtMs);
      if (gauge.isDistance) this.#keepLevel(value, measuredAtMs);
      return;
    }
    const reason = reasonAgainst(value, gauge);
    const detail = () => `${place(item, quantity)}: ${explained(reason, quantity, found, gauge)}`;
    this.refuse(reason, detail, quantity, measuredAtMs);
  }

  /**
   * Takes one value of another system's body: its unit goes with it until it is the catalogue's. The second one of the
   * same quantity and time would overwrite the first and is refused.
   */
  takeFound({ quantity, value: found, unit, measuredAtMs, place }: Found): void {
    if (found === null) return;
    const gauge = gauges.get(quantity);
    const amount = amountIn(found);
    if (gauge === undefined || amount === null) {
      this.take(0, quantity, found, measuredAtMs, place);
      return;
    }
    const refuse = (reason: RejectionReason, why: string) =>
      this.refuse(reason, () => `${place()}: ${why}`, quantity, measuredAtMs);
    const from = amount.unit ?? unit ?? gauge.unit;
    const value = convert(amount.value, from, gauge.unit);
    if (value === null) refuse("wrong-shape", `${shown(from)} cannot become ${gauge.unit}`);
    else if (from !== gauge.unit && integerEnds.has(amount.value)) refuse("sentinel", sentinelText(found));
    else if (!this.#isFirst(quantity, measuredAtMs)) refuse("wrong-shape", "stands twice for the same time");
    else this.take(0, quantity, value, measuredAtMs, place);
  }

  /** Takes what a device model made of a frame of bytes. */
  takeFrame({ values, extras, flags, rejections }: DecodedFrame, heardAtMs: number): void {
    for (const { quantity, value, measuredAtMs } of values)
      this.#keep(quantity, value, measuredAtMs ?? heardAtMs);
    for (const { name, value, measuredAtMs } of extras)
      this.take(0, name, value, measuredAtMs ?? heardAtMs, framePlace);
    for (const { reason, detail, quantity, measuredAtMs } of rejections)
      this.refuse(reason, () => detail, quantity, measuredAtMs ?? heardAtMs);
    for (const flag of flags) this.flag(flag, heardAtMs);
  }

  /** What was taken so far for one time, by quantity. */
  valuesAt(measuredAtMs: number): ReadonlyMap<string, number> {
    const then = this.#readings.filter((reading) => reading.measuredAtMs === measuredAtMs);
    return new Map(then.map(({ quantity, value }) => [quantity, value]));
  }

  /** Adds what a gateway, or the device itself, tells of the link of the device that is spoken for. */
  link(report: Omit<LinkReport, "device">): void {
    this.#more().links.push({ device: this.#speaker(), ...report });
  }

  flag(flag: DeviceFlag["flag"], atMs: number): void {
    this.#more().flags.push({ device: this.#speaker(), flag, atMs });
  }

  /** Notes which decoder of bytes was asked, such as `dragino-lse01/1`: quarantine tells it. */
  readBy(decoder: string): void {
    const { decoders } = this.#more();
    if (!decoders.includes(decoder)) decoders.push(decoder);
  }

  /** Refuses one value, or (quantity null) an item or the whole uplink. */
  refuse(
    reason: RejectionReason,
    detail: () => string,
    quantity: string | null,
    measuredAtMs: number | null,
  ): void {
    const isDetailed = this.#rejections.length < mostDetailed;
    const isAnothers = this.#device !== null && this.#device !== this.#uplink.device;
    this.#rejections.push({
      reason,
      detail: isDetailed ? plainText(detail(), longestDetail) : undetailed,
      quantity: quantity === null ? null : plainText(quantity, longestName),
      measuredAtMs,
      ...(isAnothers && { device: this.#device as string }),
    });
  }

  /** Refuses the whole uplink, and with it what was taken so far. */
  refuseAll(reason: RejectionReason, detail: () => string): void {
    this.#readings.length = 0;
    this.#rejections.length = 0;
    this.#device = null;
    this.refuse(reason, detail, null, null);
  }

  /** The readings by time of measurement: whoever follows a device's story must not hear its end first. */
  gathered(dialect: string): Decoded {
    if (!this.#inOrder) this.#readings.sort((a, b) => a.measuredAtMs - b.measuredAtMs);
    const gathered = { uplink: this.#uplink, readings: this.#readings, rejections: this.#rejections };
    if (this.#also === null) {
      return this.#device === null
        ? { ...gathered, decoder: dialect, devices: [] }
        : { ...gathered, decoder: dialect };
    }
    const { speakers, decoders, links, flags } = this.#also;
    return { ...gathered, decoder: [dialect, ...decoders].join("+"), devices: speakers, links, flags };
  }

  #keep(quantity: string, value: number, measuredAtMs: number): void {
    if (measuredAtMs < this.#newestMs) this.#inOrder = false;
    else this.#newestMs = measuredAtMs;
    const device = this.#device ?? this.#speaker();
    const { receivedAtMs } = this.#uplink;
    const live = measuredAtMs >= this.#oldestLiveMs;
    this.#readings.push({ device, quantity, measuredAtMs, receivedAtMs, value, live });
  }

  #keepLevel(distanceM: number, measuredAtMs: number): void {
    if (this.#mountingHeightCm === null) return;
    // To the tenth of a millimetre; what is beyond is noise of the subtraction.
    const level = Math.round(this.#mountingHeightCm * 100 - distanceM * 10_000) / 10_000;
    this.take(0, "water.level", level, measuredAtMs, levelPlace);
  }

  #speaker(): string {
    if (this.#device === null) throw new Error("a value was taken before anybody said whose it is");
    return this.#device;
  }

  #noteSpeaker(device: string): void {
    const { speakers } = this.#more();
    if (!speakers.includes(device)) speakers.push(device);
  }

  #isFirst(quantity: string, measuredAtMs: number): boolean {
    const { taken, speakers } = this.#more();
    // Mostly there is one speaker and one time: then no key is made and no set.
    const key = this.#device === speakers[0] ? quantity : `${this.#device} ${quantity}`;
    const times = taken.get(key);
    if (times === undefined) taken.set(key, measuredAtMs);
    else if (typeof times === "number" ? times === measuredAtMs : times.has(measuredAtMs)) return false;
    else if (typeof times === "number") taken.set(key, new Set([times, measuredAtMs]));
    else times.add(measuredAtMs);
    return true;
  }

  #more(): Also {
    this.#also ??= createAlso(this.#device === this.#uplink.device ? [this.#uplink.device] : []);
    return this.#also;
  }
}

/** What only gateways and other systems bring along. */
interface Also {
  readonly speakers: string[];
  readonly decoders: string[];
  readonly links: LinkReport[];
  readonly flags: DeviceFlag[];
  /** By quantity (and device, from the second on): the time, or times, for which it was taken. */
  readonly taken: Map<string, number | Set<number>>;
}

function createAlso(speakers: string[]): Also {
  return { speakers, decoders: [], links: [], flags: [], taken: new Map() };
}

const framePlace: Place = (_, name) => `in the frame, ${name}`;
const levelPlace: Place = () => "out of distance and mounting height";

function isMeasurement(value: number, { min, max, sentinelsInside }: Gauge): boolean {
  return value >= min && value <= max && (sentinelsInside.length === 0 || !sentinelsInside.includes(value));
}

/** NaN when it is no number. */
function numberIn(found: unknown): number {
  if (typeof found !== "string" || found.length > longestNumber || !numeric.test(found)) return Number.NaN;
  return Number(found);
}

function reasonAgainst(value: number, gauge: Gauge | undefined): RejectionReason {
  if (gauge === undefined) return "unknown-quantity";
  if (!Number.isFinite(value)) return "not-a-number";
  const { sentinelsInside, sentinelsOutside } = gauge;
  return sentinelsInside.includes(value) || sentinelsOutside.includes(value) ? "sentinel" : "implausible";
}

function explained(
  reason: RejectionReason,
  quantity: string,
  found: unknown,
  gauge: Gauge | undefined,
): string {
  if (gauge === undefined) return `${shown(quantity)} is no quantity of the catalogue`;
  if (reason === "not-a-number") return notANumber(found);
  if (reason === "sentinel") return sentinelText(found);
  return `${shown(found)}; plausible is ${gauge.min} to ${gauge.max} ${gauge.unit}`;
}

function sentinelText(found: unknown): string {
  return `${shown(found)} is how instruments say: no probe, or no value`;
}

function notANumber(found: unknown): string {
  if (Number.isNaN(found)) return "NaN is no number";
  if (typeof found === "number") return "the number does not fit into 64 bits";
  return `${shown(found)} is no number; right is a JSON number with a decimal point`;
}
