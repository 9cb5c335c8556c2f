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

/** A moment as an SQL literal that compares with the sealed files' `measured_at`. */
export function moment(atMs: number): string {
  return `make_timestamp_ms(${atMs})`;
}
