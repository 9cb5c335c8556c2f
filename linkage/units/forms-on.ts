import type { AdministrativeUnit, UnitReference } from "./administrative-unit.ts";
import type { UnitBook } from "./unit-book.ts";

/**
 * What the place that is meant was or became on another day, earlier or later: one unit, several when it was split or put
 * together (a question for whoever knows the place), none when the list does not know.
 */
export function formsOn(
  units: UnitBook,
  reference: UnitReference,
  on: string,
): readonly AdministrativeUnit[] {
  const unit = units.unitAt(reference);
  if (unit === undefined) return [];
  if (on < unit.validFrom) return earlierForms(units, unit, on);
  const fate = units.fateOf(reference, on);
  if (fate.kind === "unknown") return [];
  return fate.kind === "split" ? fate.candidates : [fate.unit];
}

function earlierForms(units: UnitBook, unit: AdministrativeUnit, on: string): readonly AdministrativeUnit[] {
  if (unit.validFrom <= on) return [unit];
  return units.predecessorsOf(unit).flatMap((before) => earlierForms(units, before, on));
}
