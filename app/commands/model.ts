import { relative, resolve } from "node:path";
import { type Command, Option } from "commander";
import type { DeviceModel, Example } from "../../devices/index.ts";
import { type CommandContext, UserError } from "./context.ts";
import { type Family, families } from "./model-draft.ts";
import { table } from "./table.ts";

type Devices = typeof import("../../devices/index.ts");

const modelsFolder = resolve(import.meta.dirname, "../../devices/models");

/** `canhdong model …`: which devices' bytes are understood, and the beginning of one more. */
export function registerModel(program: Command, context: CommandContext): void {
  const model = program.command("model").description("device models that send bytes: list, show, new");

  model
    .command("list")
    .description("all of them, with what they measure")
    .action(async () => context.out(modelTable(await devices())));

  model
    .command("show <name>")
    .description("what one gives and obeys, and what its bytes look like")
    .action(async (name: string) => {
      const all = await devices();
      const found = modelNamed(all, name);
      context.out(shown(found, await all.examplesOf(found.name), all));
    });

  model
    .command("new <vendor-model>")
    .description(
      "lays the folder of a model that is not understood yet, with a test that waits for its examples",
    )
    .addOption(
      new Option("--family <family>", "how the vendor puts numbers into bytes: picks the skeleton").choices(
        families,
      ),
    )
    .option("--vendor <name>", "as the vendor writes it (default: that of a model with the same beginning)")
    .addOption(new Option("--models <folder>").default(modelsFolder).hideHelp())
    .addHelpText("after", "\nThe way from data sheet to green: docs/decoders.md")
    .action(async (name: string, options: NewOptions) => context.out(await laid(name, options)));
}

interface NewOptions {
  readonly family?: Family;
  readonly vendor?: string;
  readonly models: string;
}

const devices = (): Promise<Devices> => import("../../devices/index.ts");

/** Every model by its name, as a table. */
export function modelTable({ models }: Devices): string {
  return table([["MODEL", "WHAT"], ...models.map(({ name, label }) => [name, label])]);
}

/** @throws UserError with the names that may have been meant */
export function modelNamed(all: Devices, name: string): DeviceModel {
  const model = all.modelOf(name);
  if (model !== undefined) return model;
  const similar = all.similarModels(name);
  const meant = similar.length === 0 ? "" : ` Did you mean ${similar.join(" or ")}?`;
  throw new UserError(`No device model is called ${name}.${meant} ${namesAll}`);
}

export const namesAll = "`canhdong model list` names all of them.";

function shown(model: DeviceModel, examples: readonly Example[], { quantityOf }: Devices): string {
  const { name, vendor, label, version, downlinks = {} } = model;
  const gives = new Set(
    examples.flatMap(({ values = {}, past = {} }) => [values, ...Object.values(past)].flatMap(Object.keys)),
  );
  const quantities = [...gives].map((quantity) => {
    const { unit = "", label: words } = quantityOf(quantity) ?? {};
    return [quantity, unit === "1" ? "" : unit, words === undefined ? "" : `${words.vi} / ${words.en}`];
  });
  const commands = Object.entries(downlinks).map(([command, { says }]) => [command, says]);
  const parts = [
    `${vendor} ${label}\n${name}/${version}, or ${name.slice(name.indexOf("-") + 1)}\n`,
    table([["GIVES", "UNIT", ""], ...quantities]),
    commands.length === 0 ? "" : table([["OBEYS", ""], ...commands]),
    table([
      ["EXAMPLE", "FPORT", "BYTES"],
      ...examples.map(({ says, port, hex }) => [says, String(port), hex]),
    ]),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

async function laid(name: string, { family, vendor, models }: NewOptions): Promise<string> {
  const { layModel } = await import("./model-draft.ts");
  const draft = { name, vendor: vendor ?? (await vendorOf(name)), family: family ?? familyOf(name) };
  const { folder, files } = layModel(models, draft);
  return `${relative(process.cwd(), folder)}
${files.map((file) => `  ${file}`).join("\n")}

Next: the data sheet's example goes into examples.ts, its channels into ${name}.ts, until this is green:
  npx vitest run devices/models/${name}
`;
}

/** A vendor who has models here already is written as there. */
async function vendorOf(name: string): Promise<string> {
  const first = name.slice(0, Math.max(0, name.indexOf("-")));
  const known = (await devices()).models.find(({ vendor }) => vendor.toLowerCase() === first);
  return known?.vendor ?? first.charAt(0).toUpperCase() + first.slice(1);
}

function familyOf(name: string): Family {
  return families.find((family) => name.startsWith(`${family}-`)) ?? "fields";
}
