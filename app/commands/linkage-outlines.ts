import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { type CommandContext, UserError } from "./context.ts";

/** `canhdong linkage outlines …`: outlines of communes for the map, from a file that the operator has the right to use. */
export function registerOutlines(linkage: Command, context: CommandContext): void {
  const outlines = linkage
    .command("outlines")
    .description("outlines of communes under the map of zones; none come with the program");
  outlines
    .command("import <file>")
    .description("takes a GeoJSON file in place of what was imported before, simplified for the map")
    .requiredOption("--name-property <name>", "which property of a feature holds the commune's name")
    .requiredOption("--source <text>", "where they come from, as it shall stand under the map")
    .action(async (file: string, asked: { nameProperty: string; source: string }) => {
      const { outlinesFile, writeOutlines } = await import("../linkage/outlines/outlines-file.ts");
      const { readOutlinesFrom } = await import("../linkage/outlines/read-geojson.ts");
      const read = readOutlinesFrom(textOf(file), asked);
      if (!read.ok) throw new UserError(read.problems.map((problem) => `${file}: ${problem}`).join("\n"));
      writeOutlines(outlinesFile(openDataFolder(context.settings().data)), read.outlines);
      const points = read.outlines.communes.flatMap(({ polygons }) => polygons.flat(2)).length;
      context.out(`${read.outlines.communes.length} communes, ${points} points\n`);
    });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
