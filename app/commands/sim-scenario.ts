import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Language } from "../../devices/index.ts";
import type { ScenarioRun } from "../rehearsal/run-scenario.ts";
import { type CommandContext, UserError } from "./context.ts";
import { languageOption } from "./options.ts";
import { table } from "./table.ts";

interface ScenarioOptions {
  readonly seed?: number;
  readonly svg?: string;
  readonly language: Language;
}

/** `canhdong sim scenario` and `canhdong sim gallery`: farms in virtual time, against the real ingest core. */
export function registerScenario(sim: Command, context: CommandContext): void {
  sim
    .command("scenario")
    .description("lives a scenario through in virtual time, and says what became of it")
    .argument(
      "[name-or-file]",
      "one that comes with the program, or a YAML file; without it the names are listed",
    )
    .option(
      "--seed <k>",
      "the same seed is the same weather, noise and chance (default: the file's)",
      seedNumber,
    )
    .option("--svg <file>", "draws truth, readings and alerts")
    .addOption(languageOption())
    .action((nameOrFile: string | undefined, options: ScenarioOptions) =>
      nameOrFile === undefined ? list(context, options.language) : run(context, nameOrFile, options),
    );
  sim
    .command("gallery")
    .description("runs every scenario that comes with the program, and draws its picture")
    .argument("<folder>", "where the pictures and their page go, such as docs/gallery")
    .action((folder: string) => drawGallery(context, folder));
}

async function list(context: CommandContext, language: Language): Promise<void> {
  const { scenarioCalled, scenarioNames } = await import("../rehearsal/scenario-files.ts");
  context.out(table(scenarioNames().map((name) => [name, scenarioCalled(name).scenario.title[language]])));
}

async function run(
  context: CommandContext,
  nameOrFile: string,
  { seed, svg, language }: ScenarioOptions,
): Promise<void> {
  const { scenarioCalled } = await import("../rehearsal/scenario-files.ts");
  const { runScenario } = await import("../rehearsal/run-scenario.ts");
  const { plotSvg } = await import("../../firmware-sim/index.ts");
  const { scenario, rules } = scenarioCalled(nameOrFile);
  const chosen = seed ?? scenario.seed;
  context.out(`${scenario.title[language]}\n${scenario.story[language]}\n\n`);
  const lived = await runScenario(scenario, rules, chosen, language).catch((error: Error) => {
    throw new UserError(`${nameOrFile}: ${error.message}`);
  });
  context.out(accountText(lived, chosen, language));
  if (svg !== undefined) writeFileSync(svg, plotSvg(lived.plot));
  // The story is told for the file's own seed; with another one anything may happen.
  if (chosen === scenario.seed && lived.unexpected.length > 0) {
    throw new UserError(`The story did not come true:\n  ${lived.unexpected.join("\n  ")}`);
  }
}

async function drawGallery(context: CommandContext, folder: string): Promise<void> {
  const { galleryFiles } = await import("../rehearsal/gallery.ts");
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of await galleryFiles()) {
    writeFileSync(join(folder, name), text);
    context.out(`${join(folder, name)}\n`);
  }
}

const words = {
  vi: { lasting: "chưa hết", over: "hết lúc", none: "không có cảnh báo" },
  en: { lasting: "not over", over: "over at", none: "no alerts" },
};

function accountText(
  { account, alerts, told, stored, quarantined }: ScenarioRun,
  seed: number,
  language: Language,
): string {
  const { lasting, over, none } = words[language];
  const rows: [string, string][] = [
    ["seed", String(seed)],
    ["nodes", String(account.nodes)],
    ["uplinks", `${account.arrived} arrived, ${account.resent} of them sent again`],
    ["readings", `${stored} stored, ${quarantined} refused with a reason`],
    ["frames", `${account.frames} sent, ${account.framesHeard} heard by a gateway`],
    ["overwritten", `${account.dropped} in full flashes`],
    ["told", `${told} messages`],
  ];
  const fired = alerts.map(({ title, device, sinceMs, resolvedAtMs }): [string, string] => [
    localTime(sinceMs),
    `${title[language]} (${device}), ${resolvedAtMs === null ? lasting : `${over} ${localTime(resolvedAtMs)}`}`,
  ]);
  return `${table(rows)}\n${table(fired.length === 0 ? [["", none]] : fired)}`;
}

function localTime(ms: number): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Ho_Chi_Minh",
    dateStyle: "short",
    timeStyle: "short",
  }).format(ms);
}

function seedNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("A whole number is needed.");
  return value;
}
