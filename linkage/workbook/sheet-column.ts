/** A column of a sheet, as its reader and its writer know it. */
export interface SheetColumn {
  readonly name: string;
  readonly kind: "text" | "number" | "date" | "digits";
  /** Of `digits`: how many there may be. */
  readonly lengths: readonly number[];
}
