import { daysAfter } from "../../calendar/index.ts";
import type { AdministrativeUnit, UnitLevel, UnitReference } from "./administrative-unit.ts";
import { foldedName } from "./folded-name.ts";

/** What became of a unit by another day. */
export type UnitFate =
  | { readonly kind: "same" | "became"; readonly unit: AdministrativeUnit }
  /** Somebody who knows the place must choose. */
  | { readonly kind: "split"; readonly candidates: readonly AdministrativeUnit[] }
  | { readonly kind: "unknown"; readonly because: string };

/** A unit is found by its code *and* a date, never by the code alone. Dates are `2025-06-30`. */
export interface UnitBook {
  unitAt(reference: UnitReference): AdministrativeUnit | undefined;
  /** What the unit that was meant on `reference.asOf` is on a later day. */
  fateOf(reference: UnitReference, on: string): UnitFate;
  communesOf(province: string, on: string): readonly AdministrativeUnit[];
  /** Names of the districts of a province, sorted; none after 30 June 2025. */
  districtsOf(province: string, on: string): readonly string[];
  provincesOn(date: string): readonly AdministrativeUnit[];
  /** Former units that became this one. */
  predecessorsOf(unit: AdministrativeUnit): readonly AdministrativeUnit[];
  /** All units of this name that day: spelling (Hòa, Hoà), case, accents and a missing `Xã` or `Phường` are forgiven. */
  named(name: string, on: string): readonly AdministrativeUnit[];
}

export function createUnitBook(units: readonly AdministrativeUnit[]): UnitBook {
  const byCode = grouped(units, (unit) => [keyOf(unit.level, unit.code)]);
  const byProvince = grouped(units, ({ province }) => (province === null ? [] : [province]));
  const byName = grouped(units, ({ name, kind }) => [
    foldedName(name),
    foldedName(name.slice(kind.length + 1)),
  ]);
  const bySuccessor = grouped(units, ({ level, successors }) => successors.map((code) => keyOf(level, code)));

  const unitAt = ({ level, code, asOf }: UnitReference) =>
    byCode.get(keyOf(level, code))?.find((unit) => holdsOn(unit, asOf));

  const communesOf = (province: string, on: string) =>
    (byProvince.get(province) ?? []).filter((unit) => holdsOn(unit, on));

  /** The units into which `unit` went, on `on`. */
  function laterForms(unit: AdministrativeUnit, on: string): AdministrativeUnit[] {
    if (unit.validTo === null || unit.validTo >= on) return [unit];
    const asOf = daysAfter(unit.validTo, 1);
    return unit.successors
      .map((code) => unitAt({ level: unit.level, code, asOf }))
      .filter((next) => next !== undefined)
      .flatMap((next) => laterForms(next, on));
  }

  return {
    unitAt,
    communesOf,
    districtsOf: (province, on) => {
      const names = communesOf(province, on).flatMap(({ district }) => district ?? []);
      return [...new Set(names)].toSorted((a, b) => a.localeCompare(b, "vi"));
    },
    provincesOn: (date) => units.filter((unit) => unit.level === "province" && holdsOn(unit, date)),
    predecessorsOf: (unit) =>
      (bySuccessor.get(keyOf(unit.level, unit.code)) ?? []).filter(
        ({ validTo }) => validTo !== null && daysAfter(validTo, 1) === unit.validFrom,
      ),
    named: (name, on) => (byName.get(foldedName(name)) ?? []).filter((unit) => holdsOn(unit, on)),

    fateOf: (reference, on) => {
      const unit = unitAt(reference);
      const what = `${reference.level} ${reference.code}`;
      if (unit === undefined)
        return { kind: "unknown", because: `there was no ${what} on ${reference.asOf} in the list` };
      if (on < unit.validFrom)
        return { kind: "unknown", because: `${on} is before ${what} (${unit.name}) began` };
      const forms = laterForms(unit, on);
      if (forms.length > 1) return { kind: "split", candidates: forms };
      const [only] = forms;
      if (only === undefined)
        return { kind: "unknown", because: `what became of ${what} (${unit.name}) is not in the list` };
      return { kind: only === unit ? "same" : "became", unit: only };
    },
  };
}

function holdsOn({ validFrom, validTo }: AdministrativeUnit, date: string): boolean {
  return validFrom <= date && (validTo === null || date <= validTo);
}

function keyOf(level: UnitLevel, code: string): string {
  return `${level} ${code}`;
}

function grouped<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
