import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { listed } from "../../yaml/read-yaml.ts";
import { UserError } from "../commands/context.ts";
import { type ReadScenario, readScenario } from "./read-scenario.ts";

const folder = resolve(import.meta.dirname, "../../firmware-sim/scenarios/files");
const ending = ".yaml";

/** The scenarios that come with the program, by name. */
export function scenarioNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => basename(file, ending))
    .sort();
}

export type WholeScenario = Extract<ReadScenario, { problems: null }>;

/**
 * Reads a scenario by its name, or a file of somebody's own.
 * @throws UserError when there is none, or with everything that is wrong with it
 */
export function scenarioCalled(nameOrFile: string): WholeScenario {
  const known = scenarioNames().includes(nameOrFile);
  const file = known ? join(folder, `${nameOrFile}${ending}`) : nameOrFile;
  if (!known && !existsSync(file)) {
    throw new UserError(
      `${nameOrFile} is no file, and no scenario has this name; there are ${scenarioNames().join(", ")}.`,
    );
  }
  const read = readScenario(readFileSync(file, "utf8"));
  if (read.problems === null) return read;
  const count = read.problems.length === 1 ? "one problem" : `${read.problems.length} problems`;
  throw new UserError(
    `The scenario has ${count}:\n${listed(known ? `${nameOrFile}${ending}` : file, read.problems).join("\n")}`,
  );
}
