import type { Reading } from "../../devices/index.ts";
import type { Position } from "../journal/journal.ts";

export interface Span {
  /** Inclusive, milliseconds since 1970 UTC. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

export interface LatestValue {
  readonly device: string;
  readonly quantity: string;
  readonly value: number;
  readonly measuredAtMs: number;
}

/** One bucket of a chart. Buckets without readings are not returned: a gap stays a gap. */
export interface Bucket {
  readonly startMs: number;
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

export interface StoredReading {
  readonly device: string;
  readonly quantity: string;
  readonly measuredAtMs: number;
  readonly receivedAtMs: number;
  readonly value: number;
}

/** What a reading is known by. */
export type ReadingKey = Pick<Reading, "device" | "quantity" | "measuredAtMs">;

export interface HourlyMean {
  readonly device: string;
  readonly hourMs: number;
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/**
 * What the hours of one quantity of one device have, one bit for each: bit h of a day is the hour from h to h + 1 o'clock
 * UTC. The arrays have one element for each UTC day that the span touches.
 */
export interface HourMarks {
  readonly device: string;
  readonly quantity: string;
  /** The day of the first element, counted from 1970-01-01. */
  readonly firstDay: number;
  /** Has readings. */
  readonly heard: Int32Array;
  /** All of them have one value. */
  readonly still: Int32Array;
  /** So do those of the hour with readings before it, on whatever day of the span, and it is the same value. */
  readonly same: Int32Array;
}

export interface Completeness {
  readonly device: string;
  /** Distinct minutes in which the device has at least one reading (of the quantity, when one was named). */
  readonly minutesWithData: number;
  /** Distinct hours likewise. */
  readonly hoursWithData: number;
  readonly readings: number;
}

/** Storing the same reading (device, quantity, measured time) twice is storing it once; the last write wins. */
export interface ReadingStore {
  /** Journal position from which the store still has to be written. Moves together with the readings. */
  cursor(): Promise<Position>;

  /** Stores readings and moves the cursor to `next`: both, or neither. Resolves when both survive a crash of the process. */
  write(readings: readonly Reading[], next: Position): Promise<void>;

  /** Stores history that came another way than the journal's order (re-decoding, migration). The cursor stays. */
  rewrite(readings: readonly Reading[]): Promise<void>;

  /**
   * Forgets readings, as if they had never been: in means, completeness and the latest values, too. Forgetting what is not
   * there does nothing; writing it again brings it back. The cursor stays.
   */
  remove(keys: readonly ReadingKey[]): Promise<void>;

  /** The newest live value of each quantity of these devices (of all when not given). Kept in memory. */
  latest(devices?: readonly string[]): LatestValue[];

  /** One series in at most `buckets` equal buckets over the span. */
  series(query: Span & { device: string; quantity: string; buckets: number }): Promise<Bucket[]>;

  /**
   * Readings as stored, by device, quantity and time; at most `limit`.
   * @param query.received only what arrived in this span (of the last write of each reading), which is known to the second
   */
  readings(
    query: Span & {
      readonly devices: readonly string[];
      readonly quantities?: readonly string[];
      readonly received?: Span;
      readonly limit: number;
    },
  ): Promise<StoredReading[]>;

  hourlyMeans(query: Span & { devices: readonly string[]; quantity: string }): Promise<HourlyMean[]>;

  /**
   * Every quantity of these devices that has any, for those who look at millions of hours: those that begin in the span, with
   * all of their readings. Not every store can.
   */
  hourMarks?(query: Span & { devices: readonly string[] }): Promise<HourMarks[]>;

  /** One row for each device asked about that has any reading in the span (of all devices when not given). */
  completeness(query: Span & { devices?: readonly string[]; quantity?: string }): Promise<Completeness[]>;

  /**
   * Writes the readings as one file, rows sorted by device, quantity, time.
   * CSV columns: `device,quantity,unit,measured_at,received_at,value` (times RFC 3339 UTC with milliseconds).
   * @returns the number of rows written
   */
  export(
    query: Span & {
      readonly devices?: readonly string[];
      readonly quantities?: readonly string[];
      readonly format: "csv" | "parquet";
      readonly file: string;
    },
  ): Promise<number>;

  /** Work for quiet times: merging late readings, closing days, roll-ups, retention. Called now and then. */
  maintain(nowMs: number): Promise<void>;

  /** For metrics and health. */
  usage(): Promise<{ readonly bytes: number; readonly readings: number }>;

  close(): Promise<void>;
}
