import { reference } from "./influxql/select.ts";

/** Name of the variable that holds the address of the built-in page. */
export const pageVariable = "page";

/** An address on the built-in page. */
export function pageAddress(path: string): string {
  return `${reference(pageVariable, "raw")}/#/${path}`;
}

/** The value of a column of the row that was clicked. */
export function ofRow(columnName: string): string {
  return `\${__data.fields.${columnName}}`;
}

/** Another board, with one variable chosen and the same time. */
export function boardAddress(uid: string, variable: string, value: string): string {
  return `/d/${uid}?var-${variable}=${value}&\${__url_time_range}`;
}
