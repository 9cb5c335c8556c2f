import type { InCommune } from "../registry/fields.ts";
import { formsOn } from "../units/forms-on.ts";
import type { UnitBook } from "../units/unit-book.ts";
import type { CountingRule } from "./counting-rule.ts";

/** Days to which a model is held. */
export interface CountedDays {
  readonly dates: readonly string[];
  /** Days in season that were declared force majeure, with the names of what happened. */
  readonly excused: readonly { readonly date: string; readonly name: string }[];
}

/**
 * The days of the period in which the product is in season, less those of force majeure where the model's zones lie.
 *
 * @param dates every day of the period
 */
export function countedDays(
  product: string,
  communes: readonly InCommune[],
  dates: readonly string[],
  rule: CountingRule,
  units: UnitBook,
): CountedDays {
  const windows = rule.forceMajeure.filter((window) => strikes(window, communes, units));
  const inSeason = dates.filter((date) => isInSeason(product, date, rule));
  const nameOn = (date: string) => windows.find(({ from, to }) => from <= date && date <= to)?.name;
  return {
    dates: inSeason.filter((date) => nameOn(date) === undefined),
    excused: inSeason.flatMap((date) => {
      const name = nameOn(date);
      return name === undefined ? [] : [{ date, name }];
    }),
  };
}

function isInSeason(product: string, date: string, { seasons }: CountingRule): boolean {
  const own = seasons.filter((season) => season.product === product);
  if (own.length === 0) return true;
  const monthDay = date.slice(5);
  return own.some(({ from, to }) =>
    from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to,
  );
}

function strikes(
  { from, provinces, communes }: CountingRule["forceMajeure"][number],
  zones: readonly InCommune[],
  units: UnitBook,
): boolean {
  if (provinces.length === 0 && communes.length === 0) return true;
  return zones.some(({ communeCode, communeAsOf }) => {
    const reference = { level: "commune", code: communeCode, asOf: communeAsOf } as const;
    return formsOn(units, reference, from).some(
      ({ code, province }) => communes.includes(code) || provinces.includes(province ?? ""),
    );
  });
}
