/** One thing that can be measured, declared once. Decoding, storing, display and export all read this declaration. */
export interface Quantity {
  /** Two words joined by a dot, after The Things Network's vocabulary: `soil.moisture`. InfluxDB's measurement and field. */
  readonly name: string;
  /** UCUM code of the canonical unit; every stored value is in it. */
  readonly unit: string;
  /** The unit as people write it behind the number; empty where they write none. */
  readonly symbol: string;
  /**
   * What a working instrument in the field could ever report, its noise at zero included. Physics, not agronomy: a
   * value outside is no measurement; a value inside may still be a disaster for the crop.
   */
  readonly plausible: { readonly min: number; readonly max: number };
  /** Smallest step worth showing, in the canonical unit. */
  readonly resolution: number;
  /** What a farmer would call it. */
  readonly label: { readonly vi: string; readonly en: string };
  /** Values by which instruments say "no probe" or "no value" in this unit. Never a measurement. */
  readonly sentinels: readonly number[];
}

/** A quantity as its group file declares it: only the sentinels of its own, on top of the common ones. */
export type QuantityDeclaration = Omit<Quantity, "sentinels"> & Partial<Pick<Quantity, "sentinels">>;
