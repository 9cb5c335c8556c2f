import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import type { RedecodeAccount } from "../../ingest/redecode.ts";
import type { CommandContext } from "./context.ts";
import { UserError } from "./context.ts";
import { askLocalServer, openLocalServer } from "./local-server.ts";
import { several, timeBefore } from "./options.ts";
import { table } from "./table.ts";

interface Span {
  readonly from: number;
  readonly to: number;
  readonly device?: readonly string[];
  readonly quantity?: readonly string[];
}

/** Commands about what was measured: export, re-decoding, quarantine. They ask the running server. */
export function registerReadings(program: Command, context: CommandContext): void {
  const nowMs = context.now();
  const time = timeBefore(nowMs);

  program
    .command("export <file>")
    .description("writes readings to a .csv or .parquet file")
    .addOption(
      new Option("--from <time>", "2026-11-01, 36h, 7d …")
        .argParser(time)
        .default(nowMs - 86_400_000, "a day ago"),
    )
    .addOption(new Option("--to <time>").argParser(time).default(nowMs, "now"))
    .option("--device <id>", "may be given more than once (default: all)", several)
    .option("--quantity <name>", "may be given more than once (default: all)", several)
    .action(async (file: string, { from, to, device = [], quantity = [] }: Span) => {
      const format = /\.(csv|parquet)$/.exec(file)?.[1];
      if (format === undefined) throw new UserError(`${file}: the name must end in .csv or .parquet.`);
      const query = new URLSearchParams({ format, fromMs: String(from), toMs: String(to) });
      for (const id of device) query.append("device", id);
      for (const name of quantity) query.append("quantity", name);
      const answer = await openLocalServer(context, `/export?${query}`);
      const sink = createWriteStream(file);
      await pipeline(Readable.fromWeb(answer.body as import("node:stream/web").ReadableStream), sink);
      context.out(`${file}  ${sink.bytesWritten} bytes\n`);
    });

  program
    .command("redecode")
    .description("decodes what arrived in a span again, with today's decoders; alerts are left alone")
    .requiredOption("--from <time>", "server time of arrival", time)
    .addOption(new Option("--to <time>").argParser(time).default(nowMs, "now"))
    .option("--device <id>", "one device only")
    .action(async ({ from, to, device }: { from: number; to: number; device?: string }) => {
      const account = await askLocalServer<RedecodeAccount>(context, "/redecode", {
        method: "POST",
        body: JSON.stringify({ fromMs: from, toMs: to, ...(device !== undefined && { device }) }),
      });
      context.out(accountText(account));
    });

  program
    .command("quarantine")
    .description("what could not be read, with the reasons, newest first")
    .option("--reason <reason>", "")
    .option("--device <id>", "")
    .option("--decoder <label>", "who could not read it: dragino-lse01, dragino-lse01/3, native …")
    .option("--limit <n>", "", "20")
    .action(async (options: Record<string, string>) => {
      const found = await askLocalServer<QuarantineAnswer>(
        context,
        `/quarantine?${new URLSearchParams(options)}`,
      );
      const rows = found.entries.map(({ receivedAtMs, device, reason, decoder, detail }) => [
        new Date(receivedAtMs).toISOString(),
        device,
        reason,
        decoder,
        detail,
      ]);
      context.out(
        found.total === 0
          ? "Nothing is in quarantine.\n"
          : `${found.total} in quarantine: ${text(found.byReason)}\n`,
      );
      if (rows.length > 0) context.out(table([["RECEIVED", "DEVICE", "REASON", "DECODER", "WHAT"], ...rows]));
    });
}

interface QuarantineAnswer {
  readonly total: number;
  readonly byReason: Readonly<Record<string, number>>;
  readonly entries: readonly {
    readonly receivedAtMs: number;
    readonly device: string;
    readonly reason: string;
    readonly decoder: string;
    readonly detail: string;
  }[];
}

/** What was there before, what is now, and what happened to the difference. */
function accountText({ uplinks, readingsBefore, added, removed, ...account }: RedecodeAccount): string {
  const { changed, superseded, quarantinedBefore, stillQuarantined, byReason } = account;
  const corrected = superseded > 0 ? `, ${superseded} left as corrected since` : "";
  const counts = table([
    ["", "BEFORE", "AFTER", ""],
    [
      "readings",
      String(readingsBefore),
      String(readingsBefore + added - removed),
      `${added} added, ${changed} changed, ${removed} removed${corrected}`,
    ],
    ["in quarantine", String(quarantinedBefore), String(stillQuarantined), text(byReason)],
  ]);
  return `${uplinks} uplinks decoded again\n${counts}`;
}

function text(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
