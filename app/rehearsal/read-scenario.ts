import { type Scenario, scenario, troublesOf } from "../../firmware-sim/index.ts";
import { type RulesFile, rulesFile } from "../../ingest/rules/index.ts";
import { readYaml, type YamlProblem } from "../../yaml/read-yaml.ts";

export type ReadScenario =
  | { readonly scenario: Scenario; readonly rules: RulesFile; readonly problems: null }
  | { readonly problems: readonly YamlProblem[] };

/** Who is told in a rehearsal. */
const routes = [{ to: "log" }];

/** Reads a scenario whole: what it says, or every problem with its path and line. */
export function readScenario(text: string): ReadScenario {
  const read = readYaml(text, {
    schema: scenario,
    keysAre: "a word of scenarios",
    check: (value) => [
      ...troublesOf(value).flatMap(({ complaints }) => complaints),
      ...complaintsOfRules(value),
    ],
  });
  if (read.problems !== null) return { problems: read.problems };
  return {
    scenario: read.value,
    rules: rulesFile.parse({ rules: read.value.rules, routes }),
    problems: null,
  };
}

function complaintsOfRules({ rules }: Scenario) {
  const parsed = rulesFile.safeParse({ rules, routes });
  return parsed.success ? [] : parsed.error.issues;
}
