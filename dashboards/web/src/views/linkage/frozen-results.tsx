import type { Result } from "../../data/linkage.ts";
import { FindingPill } from "./finding-pill.tsx";
import { Opened } from "./opened.tsx";
import { useLinkageWords } from "./use-linkage.ts";

/** Each indicator as it was frozen. */
export function FrozenResults({ results }: { results: readonly Result[] }) {
  const { l, pick, count } = useLinkageWords();
  return (
    <Opened
      title={l.results}
      draw={() => (
        <ul class="frozen">
          {results.map(({ indicator, name, numerator, denominator, met }) => (
            <li key={indicator}>
              <span>{pick(name)}</span>
              <strong>{l.share(count(numerator), count(denominator))}</strong>
              <FindingPill finding={met} texts={l.finding} />
            </li>
          ))}
        </ul>
      )}
    />
  );
}
