import { type Command, InvalidArgumentError } from "commander";
import type { DecodedFrame, DeviceModel, FrameValue } from "../../devices/index.ts";
import { type CommandContext, UserError } from "./context.ts";
import { modelNamed, modelTable, namesAll } from "./model.ts";
import { positiveNumber } from "./options.ts";
import { table } from "./table.ts";

interface DecodeOptions {
  readonly model?: string;
  readonly port?: number;
  readonly height?: number;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** `canhdong decode`: what we make of a LoRaWAN node's bytes. */
export function registerDecode(program: Command, context: CommandContext): void {
  program
    .command("decode [hex...]")
    .description("prints what a LoRaWAN node's bytes mean")
    .option("-m, --model <name>", "the node's model, with or without its vendor")
    .option("-p, --port <number>", "FPort under which the bytes came", fPort)
    .option("--height <cm>", "mounting height, where a distance is to become a level", positiveNumber)
    .option("--json", "for programs")
    .option("--list", "names the models")
    .addHelpText(
      "after",
      `
Bytes are hexadecimal, with or without blanks, colons and 0x.

Examples:
  $ canhdong model list
  $ canhdong decode --model lse01 --port 2 CE2900F107A5099B6E2890
  $ canhdong decode --model em500-udl --port 85 --height 250 01 75 64 03 82 34 05
`,
    )
    .action((words: readonly string[], options: DecodeOptions) => run(context, words, options));
}

async function run(context: CommandContext, words: readonly string[], options: DecodeOptions): Promise<void> {
  const devices = await import("../../devices/index.ts");
  if (options.list) {
    context.out(modelTable(devices));
    return;
  }
  const model = modelOf(devices, options.model);
  if (options.port === undefined)
    throw new UserError("Under which FPort did the bytes come? Tell with --port.");
  const bytes = bytesOf(words);
  const frame = { port: options.port, bytes, receivedAtMs: context.now() };
  const decoded = model.decode(frame, { mountingHeightCm: options.height ?? null });
  if (options.json) {
    context.out(`${JSON.stringify({ model: model.name, version: model.version, ...decoded }, null, 2)}\n`);
    return;
  }
  context.out(`${model.vendor} ${model.label} (${model.name}/${model.version}), ${bytes.length} bytes\n\n`);
  context.out(textOf(decoded, (name) => devices.quantityOf(name)?.symbol ?? ""));
}

function modelOf(devices: typeof import("../../devices/index.ts"), name: string | undefined): DeviceModel {
  if (name === undefined) throw new UserError(`Which model sent the bytes? Tell with --model; ${namesAll}`);
  return modelNamed(devices, name);
}

function bytesOf(words: readonly string[]): Uint8Array {
  const hex = words.join("").replaceAll(/0x|[\s:,-]/gi, "");
  if (hex === "")
    throw new UserError("There are no bytes. Give them in hexadecimal: CE2900F107A5099B6E2890.");
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) {
    throw new UserError(`${hex.slice(0, 80)} is not hexadecimal: two of 0-9 and A-F for each byte.`);
  }
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

function textOf(
  { values, extras, flags, rejections }: DecodedFrame,
  symbolOf: (name: string) => string,
): string {
  const time = ({ measuredAtMs }: Pick<FrameValue, "measuredAtMs">) =>
    measuredAtMs === null ? "" : new Date(measuredAtMs).toISOString();
  const shown = (value: number) => String(Number(value.toPrecision(9)));
  const parts = [
    section(["QUANTITY", "VALUE", "UNIT", "MEASURED"], values, (value) => [
      value.quantity,
      shown(value.value),
      symbolOf(value.quantity),
      time(value),
    ]),
    section(["ALSO CARRIED, NOT STORED", "VALUE", "UNIT", "MEASURED"], extras, (extra) => [
      extra.name,
      shown(extra.value),
      extra.unit === "1" ? "" : extra.unit,
      time(extra),
    ]),
    section(["REFUSED", "QUANTITY", "WHY"], rejections, ({ reason, quantity, detail }) => [
      reason,
      quantity ?? "",
      detail,
    ]),
    flags.length === 0 ? "" : `FLAGS  ${flags.join(", ")}\n`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "Nothing is measured in this frame.\n" : parts.join("\n");
}

function section<T>(
  heading: readonly string[],
  rows: readonly T[],
  row: (of: T) => readonly string[],
): string {
  return rows.length === 0 ? "" : table([heading, ...rows.map(row)]);
}

function fPort(text: string): number {
  const port = Number(text);
  // 0 is for the network itself, 224 and up are reserved (LoRaWAN 1.0.4, 4.3.2).
  if (Number.isInteger(port) && port >= 1 && port <= 223) return port;
  throw new InvalidArgumentError("A whole number from 1 to 223 is needed.");
}
