import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alertRulesFile } from "./alert-rules.ts";
import { type BoardFile, buildBoards } from "./build-boards.ts";
import { checkBoard } from "./check-board.ts";
import { checkProvisioning, provisioningFolder, rulesFileName } from "./check-provisioning.ts";
import { type BoardSchemas, deriveSchemas } from "./schema/derive-schema.ts";

/** Where the boards lie as Grafana reads them. */
export const builtFolder = join(import.meta.dirname, "built");

/** Writes every board, and takes away what is no board any more. @returns the names of the files */
export function writeBoards(folder: string, pageUrl?: string): readonly string[] {
  const files = buildBoards(pageUrl);
  mkdirSync(folder, { recursive: true });
  for (const name of strayIn(folder, files)) rmSync(join(folder, name));
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  return files.map(({ name }) => name);
}

/**
 * Every problem of the boards as they lie there, each with its file: another text than is built, or no board by Grafana's types.
 *
 * @param known the schemas, for whoever has derived them already
 */
export async function checkBoards(
  folder: string = builtFolder,
  known?: BoardSchemas,
): Promise<readonly string[]> {
  const files = buildBoards();
  const schemas = known ?? (await deriveSchemas());
  return [
    ...strayIn(folder, files).map((name) => `${name}: is no board any more`),
    ...files.flatMap(({ name, text, board }) => [
      ...differences(folder, name, text),
      ...checkBoard(JSON.parse(JSON.stringify(board)), schemas).map((problem) => `${name}: ${problem}`),
    ]),
    ...checkProvisioning(),
  ];
}

/** Writes the part of the provisioning that asks the database: its names are in one place. */
export function writeAlertRules(): void {
  writeFileSync(join(provisioningFolder, rulesFileName), alertRulesFile());
}

/** @returns files of boards that are not built */
function strayIn(folder: string, files: readonly BoardFile[]): string[] {
  const names = files.map(({ name }) => name);
  return readdirSync(folder).filter((name) => name.endsWith(".json") && !names.includes(name));
}

function differences(folder: string, name: string, text: string): string[] {
  const written = read(join(folder, name));
  if (written === null) return [`${name}: is missing; canhdong grafana build writes it`];
  if (written === text) return [];
  const lines = written.split("\n");
  const line = text.split("\n").findIndex((one, at) => one !== lines[at]) + 1;
  return [`${name}: differs from what is built, first in line ${line}; canhdong grafana build writes it`];
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
