import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { askLocalServer } from "./local-server.ts";
import { positiveNumber } from "./options.ts";
import { table } from "./table.ts";

interface AlertRow {
  readonly id: string;
  readonly severity: string;
  readonly state: string;
  readonly device: string;
  readonly firedAtMs: number;
  readonly title: { readonly vi: string; readonly en: string };
}

interface Step {
  readonly atMs: number;
  readonly what: string;
  readonly severity: string;
  readonly who: string | null;
  readonly detail: string | null;
}

/** `canhdong alerts …`: what fires now, and taking it on. */
export function registerAlerts(program: Command, context: CommandContext): void {
  const alerts = program.command("alerts").description("alerts: list, acknowledge, snooze, history");

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

  alerts
    .command("snooze <id>")
    .description("hears no more of it for a while; then it fires again, unless it is over")
    .option("--minutes <n>", "for how long, at least 5", positiveNumber, 120)
    .action(async (id: string, { minutes }: { minutes: number }) => {
      await askLocalServer(context, `/alerts/${encodeURIComponent(id)}/snooze`, {
        method: "POST",
        body: JSON.stringify({ minutes }),
      });
      context.out(`${id} is snoozed for ${minutes} minutes.\n`);
    });

  alerts
    .command("history <id>")
    .description("what happened to it, when, and who did what")
    .action(async (id: string) => {
      const { steps } = await askLocalServer<{ steps: readonly Step[] }>(
        context,
        `/alerts/${encodeURIComponent(id)}/history`,
      );
      const rows = steps.map(({ atMs, what, severity, who, detail }) => [
        new Date(atMs).toISOString(),
        what,
        severity,
        who ?? "-",
        detail ?? "",
      ]);
      context.out(table([["WHEN", "WHAT", "SEVERITY", "WHO", "DETAIL"], ...rows]));
    });
}
