import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { askLocalServer } from "./local-server.ts";
import { table } from "./table.ts";

interface AlertRow {
  readonly id: string;
  readonly severity: string;
  readonly state: string;
  readonly device: string;
  readonly firedAtMs: number;
  readonly title: { readonly vi: string; readonly en: string };
}

/** `canhdong alerts …`: what fires now, and taking it on. */
export function registerAlerts(program: Command, context: CommandContext): void {
  const alerts = program.command("alerts").description("alerts: list, acknowledge");

  alerts
    .command("list", { isDefault: true })
    .description("alerts, newest first")
    .option("--state <state>", "open, resolved or all", "open")
    .option("--language <vi|en>", "", "vi")
    .action(async ({ state, language }: { state: string; language: "vi" | "en" }) => {
      const found = await askLocalServer<{ alerts: AlertRow[] }>(
        context,
        `/alerts?state=${encodeURIComponent(state)}`,
      );
      const rows = found.alerts.map((alert) => [
        alert.id,
        alert.severity,
        alert.state,
        new Date(alert.firedAtMs).toISOString(),
        alert.title[language] ?? alert.title.en,
      ]);
      context.out(
        rows.length === 0
          ? "There is none.\n"
          : table([["ID", "SEVERITY", "STATE", "FIRED", "WHAT"], ...rows]),
      );
    });

  alerts
    .command("acknowledge <id>")
    .description("says that somebody has taken it on")
    .action(async (id: string) => {
      await askLocalServer(context, `/alerts/${encodeURIComponent(id)}/acknowledge`, { method: "POST" });
      context.out(`${id} is acknowledged.\n`);
    });
}
