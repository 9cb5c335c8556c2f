import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { quantities } from "../../devices/index.ts";
import { type AccountLine, missingOf } from "../../ingest/stores/influxdb/migration/account.ts";
import type { CopyProgress } from "../../ingest/stores/influxdb/migration/copy-history.ts";
import type { Migrated } from "../../ingest/stores/influxdb/migration/migrate-history.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { influxBookFile, whereaboutsIn } from "../open-store.ts";
import { bar, createProgress } from "../replay/progress.ts";
import type { Settings } from "../settings/settings.ts";
import { type CommandContext, UserError } from "./context.ts";
import { influxIn, telling } from "./influx.ts";
import { withRegistry } from "./registry-of.ts";
import { table } from "./table.ts";

interface MigrateOptions {
  readonly again?: boolean;
  readonly account?: string;
}

/** `canhdong migrate`: the history of the embedded store, copied to the InfluxDB of the configuration. */
export function registerMigrate(program: Command, context: CommandContext): void {
  program
    .command("migrate")
    .description("copies the history of the embedded store to the InfluxDB of the configuration")
    .option("--again", "also days that were copied before")
    .option("--account <file.csv>", "writes the counts of both sides by day and quantity")
    .addHelpText(
      "after",
      `
The server may run meanwhile, or not. What broke off goes on behind the last whole day; copied twice is there once.
At the end both sides are counted, and each difference is named. Ends with 1 when something is missing.
How to switch over: docs/influxdb.md

Example:
  $ canhdong influx init && canhdong migrate --account migrated.csv`,
    )
    .action(async (options: MigrateOptions) => {
      const migrated = await withInterruption((stop) => migrate(context, options, stop));
      if (options.account !== undefined) writeFileSync(options.account, accountCsv(migrated.account));
      context.out(accountText(migrated));
      if (migrated.account.some((line) => missingOf(line) > 0))
        throw new UserError("Something is missing in InfluxDB. Put it right, then: canhdong migrate --again");
      context.out(nextText(migrated, context.settings()));
    });
}

async function migrate(
  context: CommandContext,
  { again = false }: MigrateOptions,
  stop: AbortSignal,
): Promise<Migrated> {
  const [{ migrateHistory, migrationFiles }, { openHistorySnapshot }] = await Promise.all([
    import("../../ingest/stores/influxdb/migration/migrate-history.ts"),
    import("../../ingest/stores/influxdb/migration/history-snapshot.ts"),
  ]);
  const settings = influxIn(context);
  const { readings } = context.settings();
  const data = openDataFolder(context.settings().data);
  const files = migrationFiles(data.path);
  const warn = (_: object, message: string) => context.err(`${message}\n`);
  const progress = createProgress(context);
  const either = { quantities, log: { warn, info() {} }, now: context.now };
  const history = await openHistorySnapshot(
    { ...either, folder: data.store, memoryLimitMb: readings.memoryMiB },
    files.snapshot,
  ).catch(explained);
  try {
    return await withRegistry(context, (registry) =>
      telling(() =>
        migrateHistory({
          ...either,
          ...files,
          settings,
          history,
          again,
          stop,
          bookFile: influxBookFile(data),
          retentionDaysOf: () => null,
          whereabouts: (device, atMs) => whereaboutsIn(registry, device, atMs),
          onProgress: (at) => progress.show(() => progressText(at)),
        }),
      ),
    );
  } finally {
    progress.end();
    await history.close();
  }
}

function explained(error: unknown): never {
  if ((error as NodeJS.ErrnoException).code === "ENOENT")
    throw new UserError("There is no history to copy: this data folder has no embedded store.");
  throw error;
}

/** Ctrl-C ends it after the batch at hand. */
async function withInterruption<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once("SIGINT", abort);
  try {
    return await work(stop.signal);
  } catch (error) {
    if (stop.signal.aborted)
      throw new UserError("Broken off. It goes on behind the last whole day: canhdong migrate");
    throw error;
  } finally {
    process.off("SIGINT", abort);
  }
}

function progressText(at: CopyProgress): string {
  const share = bar(at.readings === 0 ? 1 : at.readingsDone / at.readings);
  const day = dayText(at.dayStartMs);
  const waiting = at.waitingFor === null ? "" : `; waits: ${at.waitingFor}`;
  return `${share}  ${day}, day ${at.daysDone + 1} of ${at.days}, ${number(at.readingsDone)} of ${number(at.readings)} readings${waiting}`;
}

function accountText({ daysCopied, account }: Migrated): string {
  const byQuantity = Map.groupBy(account, ({ quantity }) => quantity);
  const rows = [...byQuantity].sort().map(([quantity, lines]) => sumRow(quantity, lines));
  const counts = table([
    ["QUANTITY", "DAYS", "COPIED", "IN INFLUXDB", "REFUSED", "MISSING"],
    ...rows,
    sumRow("all", account),
  ]);
  const different = account.filter(({ copied, stored }) => copied !== stored);
  return `${daysCopied} days copied now.\n${counts}${different.map(differenceText).join("")}`;
}

function sumRow(name: string, lines: readonly AccountLine[]): string[] {
  const sum = (of: (line: AccountLine) => number) =>
    number(lines.reduce((total, line) => total + of(line), 0));
  const days = new Set(lines.map(({ dayStartMs }) => dayStartMs)).size;
  return [
    name,
    number(days),
    sum(({ copied }) => copied),
    sum(({ stored }) => stored),
    sum(({ refused }) => refused),
    sum((line) => Math.max(0, missingOf(line))),
  ];
}

function differenceText(line: AccountLine): string {
  const { dayStartMs, quantity, copied, stored, refused, words } = line;
  const counts = `${dayText(dayStartMs)}  ${quantity}: ${number(copied)} copied, ${number(stored)} in InfluxDB`;
  const missing = missingOf(line);
  const reasons = [
    ...(refused > 0 ? [`${number(refused)} refused: ${words}`] : []),
    ...(missing > 0 ? [`${number(missing)} missing`] : []),
    ...(missing < 0 ? [`${number(-missing)} more: they came in since, or were there before`] : []),
  ];
  return `${counts}; ${reasons.join("; ")}\n`;
}

function nextText({ handedOverAt }: Migrated, { readings, journal }: Settings): string {
  if (handedOverAt === null)
    return "The server writes to this InfluxDB already; nothing is left to be done.\n";
  const stillEmbedded = readings.store === "embedded" ? "Set readings.store: influxdb and start" : "Start";
  return [
    `${stillEmbedded} the server (again): it goes on at journal position ${handedOverAt},`,
    `which has everything of the days that were still open. Within ${journal.keepDays} days, for so long the journal is kept;`,
    "later, run canhdong migrate once more before.\n",
  ].join("\n");
}

function accountCsv(account: readonly AccountLine[]): string {
  const lines = account.map((line) =>
    [dayText(line.dayStartMs), line.quantity, line.copied, line.stored, line.refused, missingOf(line)].join(),
  );
  return `day,quantity,copied,in_influxdb,refused,missing\n${lines.map((line) => `${line}\n`).join("")}`;
}

const dayText = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const number = (value: number) => value.toLocaleString("en");
