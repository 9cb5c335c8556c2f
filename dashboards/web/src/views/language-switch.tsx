import type { Language } from "../../../../app/http/shapes.ts";
import { catalogues } from "../text/catalogue.ts";
import { usePage } from "./page.ts";

const languages = Object.keys(catalogues) as Language[];

export function LanguageSwitch() {
  const { words, setLanguage } = usePage();
  return (
    <fieldset class="languages" aria-label={words.t.switchLanguage}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === words.language}
          title={catalogues[language].languageName}
          onClick={() => setLanguage(language)}
        >
          {language.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}
