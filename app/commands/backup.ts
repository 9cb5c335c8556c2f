import type { Command } from "commander";
import { findServer } from "../data-folder/running-server.ts";
import type { CommandContext } from "./context.ts";
import { UserError } from "./context.ts";
import { askLocalServer } from "./local-server.ts";

/** `canhdong backup` and `canhdong restore`. */
export function registerBackup(program: Command, context: CommandContext): void {
  program
    .command("backup")
    .description("copies everything that is kept into a new folder, while the server runs")
    .action(async () => {
      const { folder, bytes } = await askLocalServer<{ folder: string; bytes: number }>(context, "/backup", {
        method: "POST",
      });
      context.out(
        `${folder}  ${(bytes / 1e6).toFixed(1)} MB\nIt holds the secret key and the people's data: keep it like the original.\n`,
      );
    });

  program
    .command("restore <backup>")
    .description("puts a backup into the data folder of the configuration, which must be empty")
    .action(async (backup: string) => {
      const { restore } = await import("../backup/restore.ts");
      const { data } = context.settings();
      if (findServer(`${data}/server.json`) !== null)
        throw new UserError("A server runs on this data folder. Stop it first.");
      const { files, bytes } = await restore(backup, data);
      context.out(
        `${files} files, ${(bytes / 1e6).toFixed(1)} MB restored to ${data}. Start the server with the same configuration.\n`,
      );
    });
}
