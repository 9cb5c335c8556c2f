import { rulesTexts } from "../../text/rules-texts.ts";
import { ChoiceField } from "../form-parts.tsx";
import { useSignedIn, useWords } from "../page.ts";
import { useValue } from "../use-value.ts";

/** On what rules are tried. */
export interface TryChoice {
  /** Id of the place; null: wherever one may look. */
  readonly place: string | null;
  readonly days: number;
}

export const usualChoice: TryChoice = { place: null, days: 30 };
const spans = [7, 30, 90, 365] as const;

export function TryForm({ choice, onChoose }: { choice: TryChoice; onChoose(choice: TryChoice): void }) {
  const t = rulesTexts[useWords().language];
  const places = useValue(useSignedIn().farm.overview).data?.places ?? [];
  return (
    <>
      <h2>{t.tryTitle}</h2>
      <ChoiceField
        label={t.place}
        value={choice.place ?? ""}
        onInput={(place) => onChoose({ ...choice, place: place === "" ? null : place })}
        choices={[["", t.everywhere], ...places.map(({ id, name }) => [id, name] as const)]}
      />
      <fieldset class="choices">
        <legend>{t.span}</legend>
        {spans.map((days) => (
          <button
            key={days}
            type="button"
            class="chip"
            aria-pressed={days === choice.days}
            onClick={() => onChoose({ ...choice, days })}
          >
            {t.days(days)}
          </button>
        ))}
      </fieldset>
    </>
  );
}
