export { derivations } from "./derivations.ts";
export { type Derived, type DerivedParts, openDerived } from "./open-derived.ts";
export type { Surroundings } from "./surroundings.ts";
