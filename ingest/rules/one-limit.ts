import { z } from "zod";
import { quantityOf } from "../../devices/index.ts";
import type { Bounds } from "./held-watcher.ts";

/** A limit on one side, and where it is over again: the same words in every kind of rule that has one. */
export const oneLimit = {
  above: z.number().optional().describe("Fires above this value, in the quantity's unit."),
  atLeast: z.number().optional().describe("Fires at this value and above."),
  below: z.number().optional().describe("Fires below this value."),
  atMost: z.number().optional().describe("Fires at this value and below. One of the four."),
  clear: z
    .number()
    .optional()
    .describe("Resolves once this value is reached again; the limit itself when not given."),
};

export interface OneLimit {
  readonly above?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly below?: number | undefined;
  readonly atMost?: number | undefined;
  readonly clear?: number | undefined;
}

type Complain = (message: string, ...path: string[]) => void;

const sides = ["above", "atLeast", "below", "atMost"] as const;

/** Complains unless there is one limit, which believable values can pass, and a clear value on its good side. */
export function checkOneLimit(limits: OneLimit, quantity: string, complain: Complain): void {
  for (const side of sides) checkReachable(side, limits[side], quantity, complain);
  const given = sides.filter((side) => limits[side] !== undefined);
  if (given.length !== 1) {
    complain("needs one of `above`, `atLeast`, `below`, `atMost`");
    return;
  }
  const { sign, limit, clear } = sidedOf(limits);
  if (sign * clear > sign * limit) complain("lies beyond the limit, so it could never resolve", "clear");
}

/** Complains of a limit that parts no believable values: the rule could never fire, or never rest. */
export function checkReachable(
  side: (typeof sides)[number],
  limit: number | undefined,
  quantity: string,
  complain: Complain,
): void {
  const declared = quantityOf(quantity);
  if (limit === undefined || !declared) return;
  const { min, max } = declared.plausible;
  const reachable = {
    above: limit >= min && limit < max,
    atLeast: limit > min && limit <= max,
    below: limit > min && limit <= max,
    atMost: limit >= min && limit < max,
  }[side];
  if (!reachable)
    complain(
      `${limit} lies outside what is believed of ${quantity} (${min} to ${max}${declared.symbol === "" ? "" : ` ${declared.symbol}`})`,
      side,
    );
}

/** A limit from below is a limit from above with the axis turned round. */
export interface Sided {
  readonly sign: 1 | -1;
  readonly limit: number;
  /** Whether the limit itself is beyond it. */
  readonly inclusive: boolean;
  readonly clear: number;
}

export function sidedOf({ above, atLeast, below, atMost, clear }: OneLimit): Sided {
  const limit = (above ?? atLeast ?? below ?? atMost)!;
  return {
    sign: above === undefined && atLeast === undefined ? -1 : 1,
    limit,
    inclusive: atLeast !== undefined || atMost !== undefined,
    clear: clear ?? limit,
  };
}

export function isBeyond({ sign, limit, inclusive }: Sided, value: number): boolean {
  return inclusive ? sign * value >= sign * limit : sign * value > sign * limit;
}

/** Whether it is well again: at the clear value, unless that is the very limit that fires at itself. */
export function isCleared(sided: Sided, value: number): boolean {
  const { sign, limit, clear } = sided;
  return clear === limit ? !isBeyond(sided, value) : sign * value <= sign * clear;
}

export function boundsOf(limits: OneLimit, forMs: number): Bounds {
  const sided = sidedOf(limits);
  return {
    beyond: (value) => isBeyond(sided, value),
    cleared: (value) => isCleared(sided, value),
    limitFor: () => sided.limit,
    forMs,
  };
}
