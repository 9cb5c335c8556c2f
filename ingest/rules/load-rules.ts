import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { RulesError, type RulesText, readRuleFiles } from "./read-rules.ts";
import type { RulesFile } from "./rules-file.ts";
import { scope } from "./scope.ts";

const packFolder = join(import.meta.dirname, "packs");

/** Names of the packs that come along. */
export const packNames: readonly string[] = readdirSync(packFolder)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.slice(0, -".yaml".length))
  .sort();

/** A name without dots and slashes is a pack; anything else is a file. */
export function isPackName(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name);
}

const packOrFile = z
  .string()
  .min(1)
  .refine((name) => !isPackName(name) || packNames.includes(name), {
    error: ({ input }) =>
      `there is no pack ${input}; there are: ${packNames.join(", ")}. A file is written with its ending: ./${input}.yaml`,
  });

/** Which rules hold: packs by their names, files of one's own, each perhaps for some places only. */
export const chosenRules = z.array(
  z.union([packOrFile.transform((from) => ({ from })), z.strictObject({ from: packOrFile, scope })], {
    error: (issue) => {
      // What the first choice complains of is about names; a name that is no pack is the likely mistake.
      const [ofName = []] = (issue as { errors?: { message: string }[][] }).errors ?? [];
      return typeof issue.input === "string" && ofName[0]
        ? ofName[0].message
        : "must be the name of a pack, a file, or { from: …, scope: … }";
    },
  }),
);
export type ChosenRules = z.infer<typeof chosenRules>;

/** The text of a pack or a file. @throws RulesError when there is no such file */
export function rulesTextOf(from: string): RulesText {
  const path = isPackName(from) ? join(packFolder, `${from}.yaml`) : from;
  if (!existsSync(path))
    throw new RulesError([{ file: from, path: "", line: 1, message: "there is no such file" }]);
  return { file: from, text: readFileSync(path, "utf8") };
}

/**
 * Reads the chosen packs and files to hold beside each other. Where none of them says who is told, as packs do not, every
 * notifier is told of every alert.
 *
 * @throws RulesError with every problem
 */
export function loadRules(chosen: ChosenRules, notifiers: readonly string[]): RulesFile {
  const texts = chosen.map((each) => ({
    ...rulesTextOf(each.from),
    ...("scope" in each && { scope: each.scope }),
  }));
  const read = readRuleFiles(texts, notifiers);
  if (read.routes.length > 0 || notifiers.length === 0) return read;
  return { ...read, routes: [{ to: [...notifiers] }] };
}
