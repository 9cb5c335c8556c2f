import { listed, readYaml, writtenIn, type YamlProblem } from "../../yaml/index.ts";
import type { Rule } from "./rule.ts";
import { type RulesFile, ruleNamesIn, rulesFileBeside, unknownNotifiers } from "./rules-file.ts";
import { inScope, type Scope } from "./scope.ts";

/** One thing that is wrong with a file of rules. */
export interface RulesProblem extends YamlProblem {
  readonly file: string;
}

export class RulesError extends Error {
  override readonly name = "RulesError";
  readonly problems: readonly RulesProblem[];

  constructor(problems: readonly RulesProblem[]) {
    const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
    const lines = problems.flatMap((problem) => listed(problem.file, [problem]));
    super([`The rules have ${count}:`, ...lines].join("\n"));
    this.problems = problems;
  }
}

/** A file of rules as it was found. */
export interface RulesText {
  /** The name under which its problems are told. */
  readonly file: string;
  /** YAML */
  readonly text: string;
  /** Narrows the scope of each of its rules. */
  readonly scope?: Scope;
}

/**
 * Reads files of rules whole, to hold beside each other.
 *
 * @param notifiers names of the notifiers that there are; null where that does not matter
 * @throws RulesError with every problem, each with its file, path and line
 */
export function readRuleFiles(files: readonly RulesText[], notifiers: readonly string[] | null): RulesFile {
  const names = files.map(({ text }) => ruleNamesIn(writtenIn(text)));
  const read = files.map(({ text, file }, at) => {
    const others = files.flatMap((other, index) =>
      index === at ? [] : names[index]!.map((name) => [name, other.file] as const),
    );
    const answer = readYaml(text, {
      schema: rulesFileBeside(new Map(others)),
      keysAre: "known here",
      check: ({ routes }) => (notifiers === null ? [] : unknownNotifiers(routes, notifiers)),
    });
    return { file, ...answer };
  });
  const problems = read.flatMap(({ file, problems }) => (problems ?? []).map((each) => ({ file, ...each })));
  if (problems.length > 0) throw new RulesError(problems);
  const all = read.map(({ value }) => value!);
  const narrowed = (which: "rules" | "unarmed") =>
    all.flatMap((each, at) => each[which].map((rule) => within(files[at]!.scope ?? "all", rule)));
  const [only] = all;
  return {
    ...(all.length === 1 && only!.about !== undefined && { about: only!.about }),
    rules: narrowed("rules"),
    unarmed: narrowed("unarmed"),
    routes: all.flatMap(({ routes }) => routes),
  };
}

/** The same for a single file. */
export function readRules(text: string, file: string, notifiers: readonly string[]): RulesFile {
  return readRuleFiles([{ file, text }], notifiers);
}

function within(scope: Scope, rule: Rule): Rule {
  if (scope === "all") return rule;
  return {
    ...rule,
    concerns: (device, standing) => inScope(scope, device, standing) && rule.concerns(device, standing),
  };
}
