import type { Language } from "../../../../app/http/shapes.ts";

/** What this browser remembers of its user. */
export interface Preferences {
  language(): Language | null;
  rememberLanguage(language: Language): void;
}

const languageKey = "canhdong-language";

/** @param storage null where the browser keeps nothing (blocked or private) */
export function createPreferences(storage: Storage | null): Preferences {
  return {
    language() {
      const kept = storage?.getItem(languageKey);
      return kept === "vi" || kept === "en" ? kept : null;
    },
    rememberLanguage(language) {
      try {
        storage?.setItem(languageKey, language);
      } catch {
        // Storage is full or blocked: the choice holds until the page is closed.
      }
    },
  };
}
