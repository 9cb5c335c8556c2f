import type { Command } from "commander";
import type { Draft, Snapshot, SnapshotBody } from "../../linkage/index.ts";
import { type CommandContext, UserError } from "./context.ts";
import { type CountOptions, countOptions, freezeLinkage } from "./linkage-count.ts";
import { snapshotNumber, withRegister, withSnapshots } from "./linkage-files.ts";
import { table } from "./table.ts";

type ProposeOptions = CountOptions & { readonly who: string; readonly reason?: string };

/** `canhdong linkage snapshot …` and `verify`: what was reported is never rewritten. */
export function registerSnapshots(linkage: Command, context: CommandContext): void {
  const snapshot = linkage
    .command("snapshot")
    .description("propose, confirm, list: what was reported is never rewritten");
  countOptions(snapshot.command("propose"))
    .description("proposes what the server froze at the cut-off; where it froze nothing, counts and freezes")
    .requiredOption("--who <id>", "who proposes it")
    .option("--reason <text>", "why figures are corrected, later than ten days after the cut-off")
    .action((options: ProposeOptions) => propose(options, context));
  snapshot
    .command("confirm <id>")
    .description("by another person than the one who proposed it")
    .requiredOption("--who <id>", "who confirms it")
    .action((id: string, { who }: { who: string }) =>
      withSnapshots(context, (snapshots) => {
        snapshots.confirm(snapshotNumber(id), who, context.now());
        context.out(`snapshot ${id} is confirmed by ${who}\n`);
      }),
    );
  snapshot
    .command("list")
    .description("newest first; above them what was frozen at the cut-off and nobody has proposed yet")
    .action(() =>
      withSnapshots(context, (snapshots) => {
        const rows = [...snapshots.drafts().map(draftRow), ...snapshots.all().map(snapshotRow)];
        context.out(
          rows.length === 0
            ? "There is no snapshot yet. Make one: canhdong linkage snapshot propose --plan ID --who ID\n"
            : table([["ID", "PLAN", "PERIOD", "REVISION", "PROPOSED BY", "CONFIRMED BY", "SHA256"], ...rows]),
        );
      }),
    );
  snapshot
    .command("diff <before> <after>")
    .description("what the later snapshot says otherwise")
    .action((before: string, after: string) =>
      withSnapshots(context, async (snapshots) => {
        const { snapshotDifference } = await import("../../linkage/index.ts");
        const [then, now] = [before, after].map((id) => snapshots.body(snapshotNumber(id)));
        context.out(`${JSON.stringify(snapshotDifference(then!, now!), null, 2)}\n`);
      }),
    );

  linkage
    .command("verify <id>")
    .description("whether a snapshot is still what was reported")
    .action((id: string) =>
      withSnapshots(context, (snapshots) => {
        const { ok, kept, found } = snapshots.verify(snapshotNumber(id));
        if (!ok)
          throw new UserError(`snapshot ${id} was tampered with: sha256 ${found}, reported was ${kept}`);
        context.out(`snapshot ${id} is what was reported: sha256 ${kept}\n`);
      }),
    );
}

function propose(options: ProposeOptions, context: CommandContext): Promise<void> {
  return withRegister(context, (register) =>
    withSnapshots(context, async (snapshots) => {
      const proposed = await freezeLinkage(context, register, snapshots, options);
      const { id, revision, hash, plan, period } = proposed.snapshot;
      const text = await freezeText(proposed.body);
      context.out(`snapshot ${id}, revision ${revision} of ${plan} ${period}: ${text}\nsha256 ${hash}\n`);
    }),
  );
}

function snapshotRow({ id, plan, period, revision, proposedBy, confirmedBy, hash }: Snapshot): string[] {
  return [`${id}`, plan, period, `${revision}`, proposedBy, confirmedBy ?? "-", hash.slice(0, 12)];
}

function draftRow({ plan, period, hash }: Draft): string[] {
  return ["-", plan, period, "draft", "-", "-", hash.slice(0, 12)];
}

async function freezeText({ plan, period: name, evidence, frozen }: SnapshotBody): Promise<string> {
  const { hoursLate, planOf, reportPeriod } = await import("../../linkage/index.ts");
  const { from, to } = evidence.period;
  const period = reportPeriod(name, planOf(plan)?.calendar)!;
  const late = frozen === undefined ? 0 : hoursLate(frozen, period);
  return [
    `${from} – ${to}`,
    ...(frozen?.kind === "late" ? ["made after the days for what comes late"] : []),
    ...(frozen?.kind === "cut-off" && late > 0 ? [`counted ${late} hours after the cut-off`] : []),
  ].join(", ");
}
