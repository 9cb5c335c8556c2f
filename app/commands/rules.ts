import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Command, Option } from "commander";
import type { Language } from "../../devices/index.ts";
import type { ArmingHistoryAnswer, RuleListAnswer, RulesTestAnswer } from "../http/rules-shapes.ts";
import { type CommandContext, UserError } from "./context.ts";
import { askLocalServer } from "./local-server.ts";
import { languageOption, several, timeBefore } from "./options.ts";
import { table } from "./table.ts";

type Rules = typeof import("../../ingest/rules/index.ts");

interface TestOptions {
  readonly from: number;
  readonly to: number;
  readonly device?: readonly string[];
  readonly rule?: readonly string[];
  readonly svg?: string;
  readonly language: Language;
}

/** `canhdong rules …`: the packs that come along, what a file of rules says, and what it would have done. */
export function registerRules(program: Command, context: CommandContext): void {
  const rules = program.command("rules").description("rules: list, show, check, test, arm");
  const nowMs = context.now();
  const time = timeBefore(nowMs);

  rules
    .command("list")
    .description("the packs that come along")
    .addOption(languageOption())
    .action(async ({ language }: { language: Language }) =>
      context.out(packTable(await lazyRules(), language)),
    );

  rules
    .command("show <pack-or-file>")
    .description("the rules of a pack or a file, armed or not")
    .addOption(languageOption())
    .action(async (name: string, { language }: { language: Language }) =>
      context.out(ruleTable(await lazyRules(), name, language)),
    );

  rules
    .command("check <pack-or-file...>")
    .description("checks files of rules, to hold beside each other, and tells every problem with its line")
    .action(async (names: string[]) => {
      const all = await lazyRules();
      const { rules: armed, unarmed } = read(all, names);
      context.out(`${armed.length} rules, and ${unarmed.length} that are not armed. All is well.\n`);
    });

  rules
    .command("test <pack-or-file>")
    .description("how often the rules would have fired with what was measured; asks the running server")
    .addOption(
      new Option("--from <time>", "2026-11-01, 36h, 7d …")
        .argParser(time)
        .default(nowMs - 30 * 86_400_000, "30 days ago"),
    )
    .addOption(new Option("--to <time>").argParser(time).default(nowMs, "now"))
    .option("--device <id>", "may be given more than once (default: all)", several)
    .option("--rule <name>", "may be given more than once (default: all)", several)
    .option("--svg <file>", "writes a plot of the device of which most is to be seen")
    .addOption(languageOption())
    .action((name: string, options: TestOptions) => test(context, name, options));

  registerArming(rules, context);
}

/** What holds from now on is the running server's to know: it takes effect without a restart. */
function registerArming(rules: Command, context: CommandContext): void {
  rules
    .command("arm <rule>")
    .description("switches a rule of this installation on; test it first")
    .option("--reason <text>", "needed where the limit is not confirmed: why it holds here")
    .action((rule: string, { reason }: { reason?: string }) => arm(context, rule, { armed: true, reason }));

  rules
    .command("disarm <rule>")
    .description("switches a rule off; what fires by it is over")
    .option("--reason <text>", "for those who ask later")
    .action((rule: string, { reason }: { reason?: string }) => arm(context, rule, { armed: false, reason }));

  rules
    .command("as-configured <rule>")
    .description("takes back what was said of a rule: the configuration's word holds again")
    .action((rule: string) => arm(context, rule, { armed: null, reason: undefined }));

  rules
    .command("history <rule>")
    .description("who switched a rule on and off, when, and why")
    .action((rule: string) => history(context, rule));
}

/** Checking limits takes the whole catalogue: only for those who ask. */
const lazyRules = (): Promise<Rules> => import("../../ingest/rules/index.ts");

/** @throws UserError with every problem */
function read(
  { readRuleFiles, RulesError, rulesTextOf, isPackName, packNames }: Rules,
  names: readonly string[],
) {
  for (const name of names) {
    if (isPackName(name) ? packNames.includes(name) : existsSync(name)) continue;
    throw new UserError(
      `There is no pack and no file ${name}. Packs: ${packNames.join(", ")}; a file is written with its ending.`,
    );
  }
  try {
    return readRuleFiles(names.map(rulesTextOf), null);
  } catch (error) {
    throw error instanceof RulesError ? new UserError(error.message) : error;
  }
}

function packTable(all: Rules, language: Language): string {
  const rows = all.packNames.map((name) => {
    const { about, rules, unarmed } = read(all, [name]);
    return [name, String(rules.length), String(unarmed.length), about?.[language] ?? ""];
  });
  return table([["PACK", "ARMED", "UNARMED", "FOR"], ...rows]);
}

function ruleTable(all: Rules, name: string, language: Language): string {
  const { rules, unarmed } = read(all, [name]);
  const row = (armed: string) => (rule: (typeof rules)[number]) => [
    rule.name,
    rule.kind,
    rule.severity,
    rule.watches === "readings" ? rule.quantity : "",
    armed,
    rule.told(rule.severity).title[language],
  ];
  const rows = [...rules.map(row("yes")), ...unarmed.map(row("no"))];
  return table([["RULE", "KIND", "WORST", "QUANTITY", "ARMED", "SAYS"], ...rows]);
}

async function test(context: CommandContext, name: string, options: TestOptions): Promise<void> {
  const { isPackName } = await lazyRules();
  if (!isPackName(name) && !existsSync(name)) throw new UserError(`There is no file of rules ${name}.`);
  const { from, to, device, rule, svg, language } = options;
  const answer = await askLocalServer<RulesTestAnswer>(context, "/rules/test", {
    method: "POST",
    body: JSON.stringify({
      ...(isPackName(name) ? { pack: name } : { text: readFileSync(name, "utf8") }),
      ...(device && { device }),
      ...(rule && { rule }),
      fromMs: from,
      toMs: to,
    }),
  });
  context.out(reportOf(answer, language));
  if (svg === undefined) return;
  if (answer.plot === null) throw new UserError("Nothing fired, so there is nothing to draw.");
  writeFileSync(svg, answer.plot.svg);
  context.out(`${svg}  ${answer.plot.device}, ${answer.plot.quantity}\n`);
}

async function arm(
  context: CommandContext,
  name: string,
  { armed, reason }: { readonly armed: boolean | null; readonly reason: string | undefined },
): Promise<void> {
  const { rules } = await askLocalServer<RuleListAnswer>(context, armingPath(name), {
    method: "POST",
    body: JSON.stringify({ armed, ...(reason !== undefined && { reason }) }),
  });
  const rule = rules.find((each) => each.name === name)!;
  const { configured } = rule.arming!;
  const word = armed === null ? "as the configuration says" : "against the configuration";
  const differs = armed === null || rule.armed !== configured ? `, ${word}` : "";
  context.out(`${name} is ${rule.armed ? "armed" : "not armed"}${differs}.\n`);
}

async function history(context: CommandContext, name: string): Promise<void> {
  const { words } = await askLocalServer<ArmingHistoryAnswer>(context, armingPath(name));
  const rows = words.map(({ atMs, armed, who, reason }) => [
    new Date(atMs).toISOString(),
    armed === null ? "as configured" : armed ? "armed" : "disarmed",
    who,
    reason ?? "",
  ]);
  context.out(table([["AT", "SAID", "BY", "REASON"], ...rows]));
}

const armingPath = (rule: string) => `/rules/${encodeURIComponent(rule)}/arming`;

function reportOf({ readings, devices, words, rules, leftOut }: RulesTestAnswer, language: Language): string {
  const rows = rules.map((rule) => [
    rule.name,
    rule.armed ? "yes" : "no",
    String(rule.fired),
    String(rule.atNight),
    String(rule.withinProbeFault),
  ]);
  const lines = [
    table([["RULE", "ARMED", "FIRED", "AT NIGHT", "IN PROBE FAULT"], ...rows]),
    `${readings} readings of ${devices} devices: ${words[language]}.\n`,
    leftOut.length === 0 ? "" : `Not tested, for they are about silence: ${leftOut.join(", ")}.\n`,
  ];
  return lines.join("");
}
