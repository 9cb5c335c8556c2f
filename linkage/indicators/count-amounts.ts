import { holdsOn } from "../registry/fields.ts";
import { formsOn } from "../units/forms-on.ts";
import { lastDayOfDistricts } from "../units/last-day-of-districts.ts";
import type { IndicatorParts } from "./count-indicators.ts";
import type { AmountId, AmountTarget, ProvincePlan } from "./province-plan.ts";

export interface AmountResult extends AmountTarget {
  readonly amount: number;
  /** `no-target` where the plan names no figure; `no-data` when nobody registered any. */
  readonly met: "yes" | "no" | "no-data" | "no-target";
  readonly on: string;
  /** Ids of what was counted. */
  readonly counted: readonly string[];
  /** Registered on the plan's land, but no decision recognises them yet. */
  readonly notCounted: readonly string[];
}

const levels = { "smart-villages": "village", "smart-communes": "commune" } as const satisfies Record<
  AmountId,
  string
>;

/** Every target of the plan that is so many things. What no decision had recognised by the day is told and not counted. */
export function countAmounts(
  plan: ProvincePlan,
  on: string,
  { contents, units }: Pick<IndicatorParts, "contents" | "units">,
): readonly AmountResult[] {
  return plan.amounts.map((target) => {
    const registered = contents["smart-place"].filter(
      (place) => place.level === levels[target.indicator] && holdsOn(place, on) && liesOnLandOf(place),
    );
    const counted = registered.filter(({ decision }) => decision !== null && decision.date <= on);
    return {
      ...target,
      amount: counted.length,
      met: metBy(target.least, counted.length, registered.length),
      on,
      counted: counted.map(({ id }) => id),
      notCounted: registered.filter((place) => !counted.includes(place)).map(({ id }) => id),
    };
  });

  /** As of the last day on which the plan's province was sure to be what the plan meant. */
  function liesOnLandOf({ communeCode, communeAsOf }: { communeCode: string; communeAsOf: string }): boolean {
    const reference = { level: "commune", code: communeCode, asOf: communeAsOf } as const;
    return formsOn(units, reference, lastDayOfDistricts).some(({ province }) => province === plan.codeBefore);
  }
}

function metBy(least: number | null, amount: number, registered: number): AmountResult["met"] {
  if (least === null) return "no-target";
  if (amount >= least) return "yes";
  return registered === 0 ? "no-data" : "no";
}
