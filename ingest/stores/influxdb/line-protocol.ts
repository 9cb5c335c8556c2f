import type { Reading } from "../../../devices/index.ts";

/** Where a device stood and what it was when a reading was measured. What is not known is null. */
export interface Whereabouts {
  readonly parcel: string | null;
  readonly model: string | null;
  readonly commune: string | null;
}

export function isSamePlace(one: Whereabouts, other: Whereabouts): boolean {
  return one.parcel === other.parcel && one.model === other.model && one.commune === other.commune;
}

/** Minutes in which a device has at least one reading, each a point at its beginning: to count them is to count points. */
export const minutesMeasurement = "minutes";
export const minuteField = "present";
export const minuteMs = 60_000;
/** Sums of whole hours, so that long spans need not be counted. */
export const hoursMeasurement = "hours";
/** Minutes with data in the hour, and readings. */
export const hourFields = { minutes: "minutes", readings: "readings" } as const;

/** The field `received`: when, in ms since 1970, and whether it was live then. */
export function receivedField(receivedAtMs: number, live: boolean): number {
  return Math.floor(receivedAtMs) + (live ? 0 : 0.5);
}

/** What the field says. */
export function whenReceived(field: number): { readonly receivedAtMs: number; readonly live: boolean } {
  const receivedAtMs = Math.floor(field);
  return { receivedAtMs, live: field === receivedAtMs };
}

/** The condition that only live readings fulfil. */
export const isLive = '"received" % 1 = 0';

/** `soil.moisture` is the field `moisture` of the measurement `soil`. */
export function columnOf(quantity: string): { readonly measurement: string; readonly field: string } {
  const dot = quantity.indexOf(".");
  if (dot < 1 || dot === quantity.length - 1)
    throw new RangeError(`a quantity is named GROUP.NAME, not ${quantity}`);
  return { measurement: quantity.slice(0, dot), field: quantity.slice(dot + 1) };
}

/** What the lines of a series have in common, while its device stands where it stands. */
interface Head extends Whereabouts {
  /** Measurement, tags and the field's name. */
  readonly text: string;
}

/** Beyond it they are made anew: it bounds the memory, not what can be written. */
const mostHeads = 200_000;

/** Writes readings as lines. It remembers the beginnings of lines, whose escaping would take most of the time. */
export class LineWriter {
  /** By device and quantity. */
  readonly #heads = new Map<string, Map<string, Head>>();
  #headCount = 0;
  readonly #received = new NumberText();
  readonly #measured = new NumberText();

  /**
   * One reading as a line, its time in milliseconds. Numbers are always floats: one integer first, and all later floats of the
   * field would be refused. What was history when it came has half a millisecond in `received` (`whenReceived`): a field of its
   * own would cost the server a quarter more. The quantity is a tag besides, so that one reading can be deleted without its
   * neighbours of the same moment.
   */
  lineOf(reading: Reading, whereabouts: Whereabouts): string {
    const { measuredAtMs, receivedAtMs, value, live } = reading;
    const head = this.#headOf(reading, whereabouts);
    return `${head}=${float(value)},received=${this.#received.of(receivedField(receivedAtMs, live))} ${this.#measured.of(measuredAtMs)}`;
  }

  #headOf({ device, quantity }: Reading, whereabouts: Whereabouts): string {
    const known = this.#heads.get(device)?.get(quantity);
    if (known !== undefined && isSamePlace(known, whereabouts)) return known.text;
    const { parcel, model, commune } = whereabouts;
    const text = headText(device, quantity, whereabouts);
    this.#remember(device, quantity, { parcel, model, commune, text });
    return text;
  }

  #remember(device: string, quantity: string, head: Head): void {
    if (this.#headCount >= mostHeads) {
      this.#heads.clear();
      this.#headCount = 0;
    }
    const ofDevice = this.#heads.get(device) ?? new Map<string, Head>();
    if (ofDevice.size === 0) this.#heads.set(device, ofDevice);
    if (!ofDevice.has(quantity)) this.#headCount++;
    ofDevice.set(quantity, head);
  }
}

/** Readings of an uplink have the same times: writing thirteen digits costs more than looking whether they are those of the last line. */
class NumberText {
  #number = 0;
  #text = "0";

  of(number: number): string {
    if (number !== this.#number) {
      this.#text = float(number);
      this.#number = number;
    }
    return this.#text;
  }
}

function headText(device: string, quantity: string, { parcel, model, commune }: Whereabouts): string {
  const { measurement, field } = columnOf(quantity);
  const tags =
    tag("commune", commune) +
    tag("device", device) +
    tag("model", model) +
    tag("parcel", parcel) +
    tag("quantity", quantity);
  return `${measurement.replace(/[, ]/g, "\\$&")}${tags} ${escaped(field)}`;
}

/** The minute of a reading as a line. */
export function minuteLine(device: string, startMs: number): string {
  return `${minutesMeasurement}${tag("device", device)} ${minuteField}=1 ${startMs}`;
}

/** What a device has in an hour, as a line. */
export function hourLine(
  device: string,
  startMs: number,
  { readings, minutes }: { readonly readings: number; readonly minutes: number },
): string {
  return `${hoursMeasurement}${tag("device", device)} ${hourFields.minutes}=${minutes},${hourFields.readings}=${readings} ${startMs}`;
}

/**
 * A tag's value as it is stored: a backslash cannot be written at its end, nor a control character anywhere, so both
 * are percent-encoded, and so is the percent sign itself.
 */
export function tagText(value: string): string {
  return value.replace(/[%\\\u0000-\u001f\u007f]/g, (character) => encodeURIComponent(character));
}

/** The other way round. */
export function tagValue(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, decodeURIComponent);
}

function tag(key: string, value: string | null): string {
  return value === null || value === "" ? "" : `,${key}=${escaped(tagText(value))}`;
}

function escaped(name: string): string {
  return name.replace(/[,= ]/g, "\\$&");
}

function float(value: number): string {
  if (!Number.isFinite(value))
    throw new RangeError(`${value} is no reading: InfluxDB keeps finite numbers only`);
  return String(value);
}
