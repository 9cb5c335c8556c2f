import type { Command } from "commander";
import type { CommandContext } from "./context.ts";

/** Adds one sub-command to the program. Heavy parts are imported in the action, so that `--help` stays quick. */
export type RegisterCommand = (program: Command, context: CommandContext) => void;

export const commands: readonly RegisterCommand[] = [];
