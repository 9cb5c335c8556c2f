import { Command, CommanderError } from "commander";
import { demoSettings } from "../demo/demo-settings.ts";
import { readSettings } from "../settings/read-settings.ts";
import { type CommandContext, UserError } from "./context.ts";
import { explained } from "./explained.ts";
import type { RegisterCommand } from "./index.ts";
import { registerStart } from "./start.ts";

/**
 * Runs one command line.
 *
 * @param words what follows `canhdong`
 * @returns the exit code: 0 done, 1 the user can mend it, 2 our own fault
 */
export async function runCommandLine(
  words: readonly string[],
  world: Omit<CommandContext, "settings">,
): Promise<number> {
  const program = new Command("canhdong");
  const context: CommandContext = {
    ...world,
    settings() {
      const { config, demo = false } = program.opts<{ config?: string; demo?: boolean }>();
      const settings = readSettings(config);
      return demo ? demoSettings(settings) : settings;
    },
  };
  program
    .description("Canhdong (cánh đồng, the field): keeps watch over the field, and can prove what it saw.")
    .option("-c, --config <file>", "configuration file (default: ./canhdong.yaml when there is one)")
    .option("--demo", "the demonstration: 24 simulated nodes, in a data folder of its own")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .showSuggestionAfterError()
    .showHelpAfterError("\nRun with --help to see what is possible.")
    .exitOverride();
  for (const register of await commandsFor(words)) register(program, context);
  exitInsteadOfEnding(program);

  try {
    await program.parseAsync(words, { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return error instanceof CommanderError ? error.exitCode : tell(explained(error), context);
  }
}

/** @returns the exit code */
function tell(error: unknown, context: CommandContext): number {
  const isTheirs = error instanceof UserError;
  context.err(`${isTheirs ? error.message : ((error as Error).stack ?? error)}\n`);
  return isTheirs ? 1 : 2;
}

/** The server is up sooner, and smaller, without the commands that it will never run. */
async function commandsFor(words: readonly string[]): Promise<readonly RegisterCommand[]> {
  const isValue = (at: number) => words[at - 1] === "-c" || words[at - 1] === "--config";
  const command = words.find((word, at) => !word.startsWith("-") && !isValue(at));
  return command === "start" ? [registerStart] : (await import("./index.ts")).commands;
}

/** Commander does not hand these settings down to sub-commands made with `command()` before they were set. */
function exitInsteadOfEnding(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride().copyInheritedSettings(command);
    exitInsteadOfEnding(child);
  }
}
