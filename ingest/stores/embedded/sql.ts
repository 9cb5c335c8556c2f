/** A text as an SQL literal. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function texts(values: readonly string[]): string {
  return values.map(text).join(", ");
}

/** Parquet files as a table expression. */
export function parquet(paths: readonly string[]): string {
  return `read_parquet([${texts(paths)}])`;
}

/** That a row says its reading is removed. No instrument reads NaN, and a column of numbers needs no other mark. */
export function isRemoval(value: string): string {
  return `isnan(${value})`;
}

/**
 * Of rows of one reading that came one after the other (`value`, `delay`, `live`, `seq`): the last value, whether it was live
 * since it was last removed (what was live once stays live), and whether it ever was removed.
 */
export const lastWord = `
  arg_max(value, seq) AS value, arg_max(delay, seq) AS delay,
  coalesce(max(seq) FILTER (live = 1), -9) > coalesce(max(seq) FILTER (${isRemoval("value")}), -9) AS live,
  bool_or(${isRemoval("value")}) AS removed`;

/** A moment as an SQL literal that compares with the sealed files' `measured_at`. */
export function moment(atMs: number): string {
  return `make_timestamp_ms(${atMs})`;
}
