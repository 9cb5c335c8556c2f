import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { brokerAddress, brokerOf } from "../replay/broker-address.ts";
import type { Mapping } from "../replay/mapping.ts";
import type { Survey } from "../replay/survey.ts";
import { type CommandContext, UserError } from "./context.ts";
import { positiveNumber } from "./options.ts";
import { withRegistry } from "./registry-of.ts";

interface ReplayOptions {
  readonly mapping: string;
  readonly speed: number;
  readonly skipFlagged?: boolean;
  readonly broker?: { readonly host: string; readonly port: number };
  readonly credentials?: string;
  readonly dryRun?: boolean;
}

const secretsFile = "replay-credentials.csv";

/** `canhdong replay`: a measured data set, through the front door. */
export function registerReplay(program: Command, context: CommandContext): void {
  program
    .command("replay <file.csv>")
    .description("publishes a measured data set through MQTT as devices, and tells what became of it")
    .requiredOption("--mapping <file.yaml>", "which columns are which quantities of which devices")
    .addOption(
      new Option("--speed <max|X>", "as fast as it is taken, or X times as fast as it was measured")
        .argParser(speed)
        .default(Infinity, "max"),
    )
    .option("--skip-flagged", "leave out what the source itself has rejected (it is sent otherwise)")
    .option("--broker <host:port>", "another broker than this installation's", brokerAddress)
    .option("--credentials <file>", "lines id,secret, where the devices are registered elsewhere")
    .option("--dry-run", "only tell what is in the file")
    .addHelpText(
      "after",
      `
The devices that the mapping names are registered here when they are missing. The file may be packed (.csv.gz).
Missing values are not sent; every other one is, also what looks wrong: to refuse it is the server's part.
Sent again, nothing changes: the same device, quantity and time is the same reading.

Examples:
  $ canhdong replay apacpwq_2012.csv.gz --mapping app/replay/mappings/nerr-apacpwq.yaml
  $ canhdong replay vwc_hourly_13sensors.csv --mapping app/replay/mappings/simpact-sydney.yaml --speed 3600
`,
    )
    .action((file: string, options: ReplayOptions) => run(context, file, options));
}

async function run(context: CommandContext, file: string, options: ReplayOptions): Promise<void> {
  const [
    { readMapping },
    { survey },
    { replay },
    { createPublisher },
    { createProgress },
    { localBooks },
    tell,
  ] = await Promise.all([
    import("../replay/mapping.ts"),
    import("../replay/survey.ts"),
    import("../replay/replay.ts"),
    import("../replay/publisher.ts"),
    import("../replay/progress.ts"),
    import("../replay/server-books.ts"),
    import("../replay/tell.ts"),
  ]);
  const mapping = readMapping(textOf(options.mapping), options.mapping);
  const reading = { skipFlagged: options.skipFlagged ?? false };
  if (!existsSync(file)) throw new UserError(`There is no file ${file}.`);
  const found = await survey(file, mapping, reading);
  context.out(surveyText(found, context.now()));
  context.err(tell.unreadableText(found));
  if (options.dryRun || found.readings === 0) return;

  const credentials = await credentialsOf(context, mapping, found, options);
  const broker = brokerOf(context, options.broker);
  const publisher = createPublisher({ credentials, broker, now: context.now });
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once("SIGINT", abort);
  try {
    const { accounts, isAcknowledged } = await replay({
      file,
      mapping,
      options: reading,
      survey: found,
      speed: options.speed,
      publisher,
      // Another broker's server is not ours to ask.
      books: options.broker === undefined ? localBooks(context) : null,
      progress: createProgress(context),
      stop: stop.signal,
      now: context.now,
    });
    context.out(tell.accountTable(accounts));
    if (!isAcknowledged) throw new UserError(notAcknowledged(publisher.refusal(), broker));
    context.out(`${tell.verdict(accounts)}\n`);
  } finally {
    process.off("SIGINT", abort);
    publisher.close();
  }
}

async function credentialsOf(
  context: CommandContext,
  mapping: Mapping,
  { devices }: Survey,
  options: ReplayOptions,
): Promise<ReadonlyMap<string, string>> {
  const { enlist, readCredentials } = await import("../replay/enlist.ts");
  if (options.credentials !== undefined) {
    const credentials = readCredentials(options.credentials);
    const missing = devices.filter(({ device }) => !credentials.has(device)).map(({ device }) => device);
    if (missing.length > 0)
      throw new UserError(`${options.credentials} has no secret for ${missing.join(", ")}.`);
    return credentials;
  }
  const labels = new Map(mapping.devices.map(({ id, label }) => [id, label]));
  const intervalMs = mapping.intervalS === undefined ? null : Math.round(mapping.intervalS * 1000);
  const wanted = devices.map(({ device }) => ({
    id: device,
    label: labels.get(device) ?? device,
    intervalMs,
  }));
  const book = join(openDataFolder(context.settings().data).path, secretsFile);
  return withRegistry(context, (registry) => enlist(registry, wanted, book, context.now()));
}

function surveyText({ rows, devices, readings }: Survey, nowMs: number): string {
  if (readings === 0) return `${rows} rows, and no reading in them.\n`;
  const flagged = devices.reduce((sum, device) => sum + device.flagged, 0);
  const from = new Date(Math.min(...devices.map(({ firstMs }) => firstMs))).toISOString();
  const last = Math.max(...devices.map(({ lastMs }) => lastMs));
  const future = last > nowMs ? ", which is in the future" : "";
  const doubted = flagged === 0 ? "" : `; ${flagged} of them the source has rejected`;
  return `${rows} rows, ${devices.length} devices, ${readings} readings${doubted}; ${from} to ${new Date(last).toISOString()}${future}\n`;
}

function notAcknowledged(refusal: string | null, { host, port }: { host: string; port: number }): string {
  const why =
    refusal === null ? "is there a broker, and does it keep what it gets?" : `it refused: ${refusal}`;
  return `For a minute ${host}:${port} has acknowledged nothing (${why}). Run it again: what is there already is not doubled.`;
}

function speed(text: string): number {
  if (text === "max") return Number.POSITIVE_INFINITY;
  try {
    return positiveNumber(text);
  } catch {
    throw new InvalidArgumentError('"max" or a number above 0 is needed.');
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
