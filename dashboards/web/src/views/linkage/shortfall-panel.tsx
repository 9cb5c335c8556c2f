import { useState } from "preact/hooks";
import type { Asked, Shortfall } from "../../data/linkage.ts";
import { hrefOf } from "../../route.ts";
import { useLinkageWords } from "./use-linkage.ts";

const firstShown = 10;

/** So many models more, and what each lacks. */
export function ShortfallPanel({ shortfall, asked }: { shortfall: Shortfall; asked: Asked }) {
  const { l, number, count, pick } = useLinkageWords();
  const [all, setAll] = useState(false);
  const { missing, models, operator, percent, name } = shortfall;
  const target = l.target(operator, number(percent, 1));
  const shown = all ? models : models.slice(0, Math.max(firstShown, missing));
  return (
    <section class="panel">
      <h2>{missing === 0 ? l.reached(target) : l.shortfall(count(missing), target)}</h2>
      <p class="soft">{pick(name)}</p>
      {models.length > 0 && <p class="soft">{l.shortfallHint}</p>}
      <ol class="lacking">
        {shown.map(({ id, name: model, lacks }) => (
          <li key={id}>
            <a class="lacking-link" href={hrefOf({ page: "linkage", view: "models", id, ...asked })}>
              {model}
            </a>
            <ul>
              {lacks.map((lack) => (
                <li key={lack.en}>{pick(lack)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {shown.length < models.length && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {l.all} ({count(models.length)})
        </button>
      )}
    </section>
  );
}
