import type { Settings } from "../settings/settings.ts";

/** What a command is given of the outside world. */
export interface CommandContext {
  /** Standard output: what was asked for. Lines end with `\n` as given. */
  out(text: string): void;
  /** Standard error: progress, warnings. */
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal, on which a line may be drawn over. */
  readonly isTerminal: boolean;
  now(): number;
  /** The configuration that `--config` names, validated whole. Throws a `UserError` that lists every problem. */
  settings(): Settings;
}

/** Something that whoever typed the command can mend: told in one message, without a stack. */
export class UserError extends Error {
  override readonly name = "UserError";
}
