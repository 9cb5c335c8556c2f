/** What stood where: one device over one stretch of time at a place. */
export interface DevicePlacement {
  readonly device: string;
  /** The parcel, pond or shed, by which the register may say in which model it took part when. */
  readonly place?: string;
  /** The model of the place where the register says nothing of it; null when it has none. */
  readonly model: string | null;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** How often it usually sends; null when nobody knows. */
  readonly intervalMs: number | null;
  /** Confirmed position of the device; null when nobody confirmed one. */
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
}

/**
 * What the hours of one quantity of one device have, one bit for each: bit h of a day is the hour from h to h + 1 o'clock
 * UTC. The arrays have one element for each UTC day that the span touches: a year of a province is millions of hours, and
 * of most of them nothing else needs to be known.
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

/** A person did something with a model's data: acknowledged an alert, logged irrigation, opened a report. */
export interface HumanAct {
  /** As of `DevicePlacement`. */
  readonly place?: string;
  readonly model: string | null;
  readonly atMs: number;
}

interface Span {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

/** The same question about a span that is over has the same answer, except for readings that came late. */
export interface EvidenceSource {
  placements(span: Span): Promise<readonly DevicePlacement[]>;
  /**
   * The hours that begin in a span of whole hours: of these devices, every quantity with readings, each exactly once.
   * Readings in quarantine are none.
   */
  hours(query: Span & { readonly devices: readonly string[] }): Promise<readonly HourMarks[]>;
  acts(span: Span): Promise<readonly HumanAct[]>;
}
