/** Sizes, in rows, at which the store rearranges what it holds. Tests make them small. */
export interface Thresholds {
  /** Late rows of open days are merged when they are so many, or a twentieth of the hot rows: below it, overlaying them is cheaper. */
  readonly mergeLate: number;
  /** The tail of the hot file, which a query about one series reads whole, becomes a sorted run. */
  readonly sortTail: number;
  /** A month with at most so many readings becomes one file: a day of 24 nodes is too little to be worth a Parquet header. */
  readonly smallMonth: number;
  /** An export puts about so many in order at a time: a year of a province does not go into the memory that a database may have. */
  readonly exportAtOnce: number;
}

export const usualThresholds: Thresholds = {
  mergeLate: 20_000,
  sortTail: 1_000_000,
  smallMonth: 2_000_000,
  exportAtOnce: 4_000_000,
};
