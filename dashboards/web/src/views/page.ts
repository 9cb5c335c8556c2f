import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language, Me } from "../../../../app/http/shapes.ts";
import type { Api } from "../data/api.ts";
import type { Clock } from "../data/clock.ts";
import type { Farm } from "../data/farm.ts";
import type { Session } from "../data/session.ts";
import type { Words } from "../text/words.ts";

/** What every view may use. */
export interface Page {
  readonly api: Api;
  readonly session: Session;
  readonly clock: Clock;
  readonly words: Words;
  setLanguage(language: Language): void;
}

/** What the views of somebody who is signed in may use besides. */
export interface SignedIn {
  readonly me: Me;
  readonly farm: Farm;
}

export const PageContext = createContext<Page | null>(null);
export const SignedInContext = createContext<SignedIn | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error("usePage outside of PageContext");
  return page;
}

export function useWords(): Words {
  return usePage().words;
}

export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === null) throw new Error("useSignedIn outside of SignedInContext");
  return signedIn;
}
