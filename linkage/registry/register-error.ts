import type { RecordProblem } from "./record-problems.ts";

/** The register refuses: the message says what was wrong, where, and what would be right. */
export class RegisterError extends Error {
  override readonly name = "RegisterError";
  readonly problems: readonly RecordProblem[];

  constructor(what: string, problems: readonly RecordProblem[]) {
    const list = problems.map(({ path, message }) => [path.join("."), message.en].filter(Boolean).join(": "));
    super(`${what}: ${list.join("; ")}`);
    this.problems = problems;
  }
}
