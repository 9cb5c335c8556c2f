import { LineCounter, parseDocument } from "yaml";
import { type RulesFile, rulesFile, unknownNotifiers } from "./rules-file.ts";

/** One thing that is wrong with a file of rules. */
export interface RulesProblem {
  /** Where: `rules.3.above`; empty for the file as a whole. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export class RulesError extends Error {
  override readonly name = "RulesError";
  readonly problems: readonly RulesProblem[];

  constructor(file: string, problems: readonly RulesProblem[]) {
    const listed = problems.map(
      ({ path, line, message }) => `  ${file}:${line}  ${path === "" ? "" : `${path}: `}${message}`,
    );
    super(
      `The rules have ${problems.length === 1 ? "one problem" : `${problems.length} problems`}:\n${listed.join("\n")}`,
    );
    this.problems = problems;
  }
}

/**
 * Reads a file of rules whole.
 *
 * @param text YAML
 * @param file the name under which problems are told
 * @param notifiers names of the notifiers that there are
 * @throws RulesError with every problem, each with its path and line
 */
export function readRules(text: string, file: string, notifiers: readonly string[]): RulesFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0)
    throw new RulesError(
      file,
      document.errors.map(({ message, pos }) => ({ path: "", line: lineAt(pos[0]), message })),
    );
  const parsed = rulesFile.safeParse(document.toJS() ?? {});
  const issues = parsed.success ? unknownNotifiers(parsed.data.routes, notifiers) : parsed.error.issues;
  if (parsed.success && issues.length === 0) return parsed.data;
  const problems = issues.map(({ path, message }) => ({
    path: path.join("."),
    line: lineAt(offsetOf(path)),
    message,
  }));
  throw new RulesError(
    file,
    problems.sort((one, other) => one.line - other.line),
  );

  /** Start of what the path names, or of the nearest thing around it when it is missing. */
  function offsetOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length) as (string | number)[], true);
      const range = (node as { range?: readonly [number, number, number] } | undefined)?.range;
      if (range) return range[0];
    }
    return 0;
  }
}
