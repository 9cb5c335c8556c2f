import type { Language } from "../../../../app/http/shapes.ts";
import { en } from "./en.ts";
import { vi } from "./vi.ts";

/** What every language must say: the shape of the Vietnamese texts. A missing one does not compile. */
export type Catalogue = typeof vi;

export const catalogues: Readonly<Record<Language, Catalogue>> = { vi, en };
