import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { openReading } from "../../ingest/stores/influxdb/reader-account.ts";
import { type CommandContext, UserError } from "./context.ts";
import { influxIn, telling } from "./influx.ts";

interface Asked {
  readonly organisation: string;
  readonly grafanaUrl: string;
  readonly grafanaUser: string;
  readonly grafanaPasswordFile: string;
  readonly influxUrl?: string;
  readonly reader: string;
  readonly pageUrl?: string;
}

/** `canhdong grafana provision`: a province's organisation in Grafana, and the one account that reads its database. */
export function registerGrafanaProvision(grafana: Command, context: CommandContext): void {
  grafana
    .command("provision")
    .description(
      "makes this province's organisation in Grafana: a reader of the database, a data source, the boards",
    )
    .requiredOption("--organisation <name>", "what it is called, as `Thành phố Cần Thơ`")
    .requiredOption("--grafana-password-file <file>", "the password of Grafana's administrator")
    .option("--grafana-url <url>", "where Grafana is", httpUrl, "http://127.0.0.1:3000")
    .option("--grafana-user <name>", "Grafana's administrator", "admin")
    .option("--influx-url <url>", "how Grafana reaches InfluxDB (default: as we do)", httpUrl)
    .option("--reader <name>", "who reads the database for Grafana; gets a new password", "grafana")
    .option("--page-url <url>", "how people reach Canhdong's own page, for the links to it", httpUrl)
    .action((asked: Asked) => provision(context, asked));
}

async function provision(context: CommandContext, asked: Asked): Promise<void> {
  const { buildBoards, createGrafanaApi, GrafanaError, provisionOrganisation, uids } = await import(
    "../../dashboards/grafana/index.ts"
  );
  const settings = influxIn(context);
  const password = passwordIn(asked.grafanaPasswordFile);
  const api = createGrafanaApi({ url: asked.grafanaUrl, username: asked.grafanaUser, password });
  try {
    // Whoever may not come in is told before the reader has another password than Grafana knows.
    await api.ask("GET", "/api/org");
    const reader = { name: asked.reader, password: randomBytes(24).toString("base64url") };
    const { account, isOpenToAll, retireOlder } = await telling(() =>
      openReading(settings, reader, context.now),
    );
    const { organisation, isNew } = await provisionOrganisation(api, asked.organisation, {
      reading: { url: asked.influxUrl ?? settings.url, database: settings.database, account },
      boards: buildBoards(asked.pageUrl),
      homeUid: uids.province,
    });
    await telling(retireOlder);
    context.out(
      `${asked.organisation} (organisation ${organisation}) ${isNew ? "is made" : "is up to date"}: its boards read ${settings.database} as ${asked.reader}.\n`,
    );
    if (isOpenToAll)
      context.err(
        `InfluxDB at ${settings.url} asks nobody for a password (auth-enabled = false): everybody who reaches it reads and writes everything.\n`,
      );
  } catch (error) {
    if (error instanceof GrafanaError) throw new UserError(error.message);
    throw error;
  }
}

export function httpUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError("An address such as https://canhdong.example.vn is needed.");
  return text;
}

function passwordIn(file: string): string {
  try {
    const password = readFileSync(file, "utf8").trim();
    if (password !== "") return password;
  } catch (error) {
    throw new UserError(`The password file cannot be read: ${(error as Error).message}`);
  }
  throw new UserError(`The password file ${file} is empty.`);
}
