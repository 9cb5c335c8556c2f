import type { Reading } from "../../devices/index.ts";
import type { JournaledUplink } from "../journal/journal.ts";
import type { Decoded, Rejection, RejectionReason } from "./decoded.ts";
import { type Gauge, gauges } from "./gauges.ts";
import { plainText, shown } from "./plain-text.ts";

/** Says where in the body a value stands: `[3].values["soil.moisture"]`. Asked only when something is refused. */
export type Place = (item: number, name: string) => string;

/** Decimal, with a point. Number() alone would also take "" for 0 and "0x1F" for 31. */
const numeric = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?\s*$/;
const longestNumber = 40;
const longestDetail = 300;
const longestName = 64;
/** One bad uplink of 256 KiB can hold 100,000 mistakes. Explaining each would hold everybody else up. */
const mostDetailed = 200;
const undetailed = `one of more than ${mostDetailed} in this uplink; its raw bytes tell`;

/**
 * Gathers what one uplink carried. Each value handed in becomes one reading or one rejection, whichever dialect it
 * came in: names, ranges and sentinels are the catalogue's.
 */
export class Harvest {
  readonly #readings: Reading[] = [];
  readonly #rejections: Rejection[] = [];
  readonly #uplink: JournaledUplink;
  readonly #oldestLiveMs: number;
  #newestMs = Number.NEGATIVE_INFINITY;
  #inOrder = true;

  /** @param oldestLiveMs what was measured before is history */
  constructor(uplink: JournaledUplink, oldestLiveMs: number) {
    this.#uplink = uplink;
    this.#oldestLiveMs = oldestLiveMs;
  }

  /** Takes one value as it was found in the body. Null is how a device says that it did not measure: nothing. */
  take(item: number, quantity: string, found: unknown, measuredAtMs: number, place: Place): void {
    if (found === null) return;
    const gauge = gauges.get(quantity);
    const value = typeof found === "number" ? found : numberIn(found);
    if (gauge !== undefined && isMeasurement(value, gauge)) {
      this.#keep(quantity, value, measuredAtMs);
      return;
    }
    const reason = reasonAgainst(value, gauge);
    const detail = () => `${place(item, quantity)}: ${explained(reason, quantity, found, gauge)}`;
    this.refuse(reason, detail, quantity, measuredAtMs);
  }

  /** Refuses one value, or (quantity null) an item or the whole uplink. */
  refuse(
    reason: RejectionReason,
    detail: () => string,
    quantity: string | null,
    measuredAtMs: number | null,
  ): void {
    const isDetailed = this.#rejections.length < mostDetailed;
    this.#rejections.push({
      reason,
      detail: isDetailed ? plainText(detail(), longestDetail) : undetailed,
      quantity: quantity === null ? null : plainText(quantity, longestName),
      measuredAtMs,
    });
  }

  /** Refuses the whole uplink, and with it what was taken so far. */
  refuseAll(reason: RejectionReason, detail: () => string): void {
    this.#readings.length = 0;
    this.#rejections.length = 0;
    this.refuse(reason, detail, null, null);
  }

  /** The readings by time of measurement: whoever follows a device's story must not hear its end first. */
  gathered(decoder: string): Decoded {
    if (!this.#inOrder) this.#readings.sort((a, b) => a.measuredAtMs - b.measuredAtMs);
    return { uplink: this.#uplink, readings: this.#readings, rejections: this.#rejections, decoder };
  }

  #keep(quantity: string, value: number, measuredAtMs: number): void {
    if (measuredAtMs < this.#newestMs) this.#inOrder = false;
    else this.#newestMs = measuredAtMs;
    const { device, receivedAtMs } = this.#uplink;
    const live = measuredAtMs >= this.#oldestLiveMs;
    this.#readings.push({ device, quantity, measuredAtMs, receivedAtMs, value, live });
  }
}

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
  if (reason === "sentinel") return `${shown(found)} is how instruments say: no probe, or no value`;
  return `${shown(found)}; plausible is ${gauge.min} to ${gauge.max} ${gauge.unit}`;
}

function notANumber(found: unknown): string {
  if (typeof found === "number") return "the number does not fit into 64 bits";
  return `${shown(found)} is no number; right is a JSON number with a decimal point`;
}
