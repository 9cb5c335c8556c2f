import { resolve } from "node:path";
import type { Command } from "commander";
import { type CommandContext, UserError } from "./context.ts";
import { httpUrl, registerGrafanaProvision } from "./grafana-provision.ts";

/** `canhdong grafana`: Grafana's boards, which are written by us and not by hand. */
export function registerGrafana(program: Command, context: CommandContext): void {
  const grafana = program.command("grafana").description("the boards of Grafana, as files");

  grafana
    .command("build")
    .description("writes every board as Grafana reads it")
    .option("--out <folder>", "where to (default: the folder that comes along)")
    .option("--page-url <url>", "how people reach Canhdong's own page, for the links to it", httpUrl)
    .action(async (asked: { out?: string; pageUrl?: string }) => {
      const { builtFolder, writeAlertRules, writeBoards } = await import("../../dashboards/grafana/index.ts");
      const folder = resolve(asked.out ?? builtFolder);
      const names = writeBoards(folder, asked.pageUrl);
      if (folder === builtFolder) writeAlertRules();
      context.out(`${names.length} boards written to ${folder}\n`);
    });

  grafana
    .command("check")
    .description("tells where the boards differ from what is built, or from what Grafana's types allow")
    .action(async () => {
      const { checkBoards } = await import("../../dashboards/grafana/index.ts");
      const problems = await telling(() => checkBoards());
      if (problems.length > 0) throw new UserError(problems.join("\n"));
      context.out("The boards and their provisioning are well.\n");
    });

  registerGrafanaProvision(grafana, context);
}

/** The schema comes from development packages, which an installation may do without. */
async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UserError("The check needs the development packages: npm install, without --omit=dev.");
  }
}
