export const unitLevels = ["province", "commune"] as const;
export type UnitLevel = (typeof unitLevels)[number];

export const unitKinds = ["tỉnh", "thành phố", "xã", "phường", "thị trấn", "đặc khu"] as const;
export type UnitKind = (typeof unitKinds)[number];

/**
 * A province or commune as it was over a span of dates. The code of the General Statistics Office alone is no key: at
 * 1 July 2025 nearly every new commune took over the code of an old one, and 1,795 of those stand for another place since.
 */
export interface AdministrativeUnit {
  readonly level: UnitLevel;
  /** Text, for its zeros: two digits for a province, five for a commune. */
  readonly code: string;
  /** Whole, with its kind: `Xã Cẩm Bình`. */
  readonly name: string;
  readonly kind: UnitKind;
  /** Code of the province of a commune, as of the same dates. */
  readonly province: string | null;
  /** Name of the district, of communes until 30 June 2025. Its official code is not needed: names are unique in a province. */
  readonly district: string | null;
  /** First day, `2025-07-01`. */
  readonly validFrom: string;
  /** Last day, inclusive; null while it lasts. */
  readonly validTo: string | null;
  /** Codes of what it became on the day after; more than one when it was split. */
  readonly successors: readonly string[];
}

/** A point in the list: the code and a date on which it stood for the place meant. */
export interface UnitReference {
  readonly level: UnitLevel;
  readonly code: string;
  /** `2025-06-30`. */
  readonly asOf: string;
}

/** The kind that a name begins with; undefined when it begins with none. */
export function kindOf(name: string): UnitKind | undefined {
  const start = name.toLowerCase();
  return unitKinds.find((kind) => start.startsWith(`${kind} `));
}
