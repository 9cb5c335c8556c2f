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

/** Hours of one quantity of one device that hold at least one reading, in order of time; the arrays have one length. */
export interface HourlySeries {
  readonly device: string;
  readonly quantity: string;
  /** Beginnings of whole hours. */
  readonly hoursMs: Numbers;
  /** Smallest and greatest value of each hour. */
  readonly min: Numbers;
  readonly max: Numbers;
}

type Numbers = readonly number[] | Float64Array;

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
  /** Of these devices, every quantity, each exactly once. Readings in quarantine are none. */
  hours(query: Span & { readonly devices: readonly string[] }): Promise<readonly HourlySeries[]>;
  acts(span: Span): Promise<readonly HumanAct[]>;
}
