import { type Command, InvalidArgumentError } from "commander";
import { openInfluxBook, targetOf } from "../../ingest/stores/influxdb/book.ts";
import { InfluxError } from "../../ingest/stores/influxdb/influx-error.ts";
import { checkInflux, initInflux } from "../../ingest/stores/influxdb/server-setup.ts";
import type { InfluxSettings } from "../../ingest/stores/influxdb/settings.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { influxBookFile } from "../open-store.ts";
import { type CommandContext, UserError } from "./context.ts";
import { table } from "./table.ts";

/** `canhdong influx`: the database in which readings are kept, set up and tried out. */
export function registerInflux(program: Command, context: CommandContext): void {
  const influx = program.command("influx").description("the InfluxDB in which readings are kept");

  influx
    .command("init")
    .description("makes the database (or bucket) of the configuration, and sets how long it keeps readings")
    .option("--keep-days <days>", "whole days (default: for ever)", wholeDays)
    .action(async ({ keepDays = null }: { keepDays?: number | null }) => {
      const settings = influxIn(context);
      const done = await telling(() => initInflux(settings, keepDays, context.now));
      const kept = keepDays === null ? "for ever" : `for ${keepDays} days`;
      context.out(
        `${settings.database} at ${settings.url} ${done === "made" ? "is made" : "was there"}; it keeps readings ${kept}.\n`,
      );
    });

  influx
    .command("check")
    .description("writes, reads and deletes a point, and tells what is there")
    .action(async () => {
      const settings = influxIn(context);
      const { version, readings } = await telling(() => checkInflux(settings, context.now));
      context.out(`InfluxDB ${version} at ${settings.url} can be written and read.\n`);
      context.out(`${settings.database}: ${readings} readings\n`);
      tellRefused(context, settings);
    });
}

function tellRefused(context: CommandContext, settings: InfluxSettings): void {
  const book = openInfluxBook(influxBookFile(openDataFolder(context.settings().data)), targetOf(settings));
  try {
    const reasons = Object.entries(book.refused.byReason());
    const counts = reasons.map(([reason, readings]) => `${readings} ${reason}`).join(", ");
    context.out(
      `written up to journal position ${book.cursor()}; readings refused for good: ${counts || "none"}\n`,
    );
    const rows = book.refused
      .list({ limit: 20 })
      .map(({ device, quantity, measuredAtMs, value, words }) => [
        new Date(measuredAtMs).toISOString(),
        device,
        quantity,
        String(value),
        words,
      ]);
    if (rows.length > 0) context.out(table([["MEASURED", "DEVICE", "QUANTITY", "VALUE", "WHY"], ...rows]));
  } finally {
    book.close();
  }
}

/** @throws UserError when the configuration names none */
export function influxIn(context: CommandContext): InfluxSettings {
  const { influxdb } = context.settings().readings;
  if (influxdb === undefined)
    throw new UserError(
      "The configuration names no InfluxDB: readings.influxdb is missing (docs/influxdb.md).",
    );
  return influxdb;
}

/** What InfluxDB refuses is told as something the user can mend. */
export async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InfluxError) throw new UserError(error.message);
    throw error;
  }
}

function wholeDays(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError("Whole days from 1 to 99999 are needed.");
  return Number(text);
}
