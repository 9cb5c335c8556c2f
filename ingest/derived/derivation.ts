import type { Surroundings } from "./surroundings.ts";

/** A reading that another one needs beside it. */
export interface Companion {
  readonly quantity: string;
  /** How far in time from the reading it belongs to. */
  readonly withinMs: number;
  /** Whether it can be done without it. */
  readonly optional?: boolean;
}

/** What is reckoned from one reading, its companions and the place: declared once. */
export interface Derivation {
  /** What comes out: a quantity of the catalogue. */
  readonly quantity: string;
  /** The reading with each of which it is reckoned; the result stands at its time. */
  readonly of: string;
  /** Looked for at the device itself, then at the others of its place. */
  readonly with: readonly Companion[];
  /**
   * @param value of the reading
   * @param companion the value of a companion; undefined only when it is optional
   * @returns undefined where the formula says nothing, or the place does not call for it
   */
  reckon(
    value: number,
    companion: (quantity: string) => number | undefined,
    surroundings: Surroundings,
  ): number | undefined;
}
