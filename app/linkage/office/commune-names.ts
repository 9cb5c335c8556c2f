import type { UnitBook, UnitReference } from "../../../linkage/index.ts";
import { formsOn } from "../../../linkage/units/forms-on.ts";

export interface InCommune {
  readonly communeCode: string;
  readonly communeAsOf: string;
}

export interface NamedCommune {
  readonly code: string;
  readonly name: string;
}

/**
 * The commune that is meant, as it is on that day.
 *
 * @returns null when the list does not know it, or it was split and nobody has said where the record went
 */
export function communeOn(units: UnitBook, record: InCommune, on: string): NamedCommune | null {
  const { communeCode: code, communeAsOf: asOf } = record;
  const reference: UnitReference = { level: "commune", code, asOf };
  const [commune, ...others] = formsOn(units, reference, on);
  return commune === undefined || others.length > 0 ? null : { code: commune.code, name: commune.name };
}
