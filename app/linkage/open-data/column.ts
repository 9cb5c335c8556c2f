import type { Sentence } from "../../../linkage/index.ts";

export interface Column {
  readonly type: "text" | "integer" | "number" | "boolean" | "date";
  /** UCUM; left out where there is none. */
  readonly unit?: string;
  readonly about: Sentence;
}

/** A column of this type, by its meaning in both languages. */
const of =
  (type: Column["type"]) =>
  (vi: string, en: string): Column => ({ type, about: { vi, en } });

export const text = of("text");
export const integer = of("integer");
export const boolean = of("boolean");
/** A day in Vietnam, `2026-09-14`. */
export const date = of("date");

/** @param unit UCUM */
export function measure(unit: string, vi: string, en: string): Column {
  return { type: "number", unit, about: { vi, en } };
}
