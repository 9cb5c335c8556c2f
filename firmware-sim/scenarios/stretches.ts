import { spanOf as troubleSpan } from "../faults/trouble.ts";
import { skyWords, troubleWords } from "../faults/words.ts";
import type { Stretch } from "../plot/plot.ts";
import { type Scenario, startOf, troublesOf } from "./scenario.ts";

const dayMs = 86_400_000;

/** What went wrong, as bands of a picture. */
export function troubleStretches(scenario: Scenario): Stretch[] {
  return troublesOf(scenario).flatMap(({ trouble }) => {
    if (trouble === null) return [];
    return [{ ...troubleSpan(trouble), label: inBoth(troubleWords[trouble.kind]) }];
  });
}

/** What the sky did, likewise; of a typhoon the day around its landfall. */
export function skyStretches(scenario: Scenario): Stretch[] {
  const startMs = startOf(scenario);
  return scenario.sky.map((event) => {
    const label = inBoth(skyWords[event.kind]);
    if (event.kind === "typhoon") {
      const landfallMs = startMs + event.landfall;
      return { fromMs: landfallMs - dayMs / 2, toMs: landfallMs + dayMs / 2, label };
    }
    return { fromMs: startMs + event.from, toMs: startMs + event.from + event.for, label };
  });
}

const inBoth = ({ vi, en }: { readonly vi: string; readonly en: string }) => `${vi} · ${en}`;
