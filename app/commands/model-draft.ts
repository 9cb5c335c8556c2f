import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "./context.ts";

/** How a vendor puts numbers into bytes: each has its own skeleton. */
export const families = ["fields", "dragino", "milesight", "decentlab", "sensecap"] as const;
export type Family = (typeof families)[number];

export interface ModelDraft {
  /** `vendor-model`. */
  readonly name: string;
  /** As the vendor writes it. */
  readonly vendor: string;
  readonly family: Family;
}

/** What was laid, for whoever goes on from there. */
export interface LaidModel {
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * Lays the folder of a new model (its declaration, examples, a test and a README) and its line in the list.
 *
 * @param models folder of all models
 * @throws UserError when the name is none, or is taken
 */
export function layModel(models: string, draft: ModelDraft): LaidModel {
  const { name } = draft;
  if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name))
    throw new UserError(`${name} is no name of a model: vendor-model in a-z, 0-9 and -, such as acme-ws1.`);
  const folder = join(models, name);
  if (existsSync(folder)) throw new UserError(`There is a model ${name} already: ${folder}`);
  const list = join(models, "models.ts");
  const listed = withLine(readFileSync(list, "utf8"), name);
  const files = filesOf(draft);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  writeFileSync(list, listed);
  return { folder, files: Object.keys(files) };
}

/** `acme-ws1` is declared as `acmeWs1`. */
function variableOf(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The list of models with one more: its import and its line, each where the alphabet wants it. */
function withLine(list: string, name: string): string {
  const variable = variableOf(name);
  const lines = list.split("\n");
  insertSorted(
    lines,
    `import { ${variable} } from "./${name}/${name}.ts";`,
    /^import \{ \w+ \} from "(\.\/[^"]+)";$/,
  );
  insertSorted(lines, `  ${variable},`, /^ {2}(\w+),$/);
  return lines.join("\n");
}

/** Before the first line of its kind that sorts behind it, or behind the last one. */
function insertSorted(lines: string[], line: string, kind: RegExp): void {
  const key = kind.exec(line)![1]!;
  const behind = lines.findIndex((other) => (kind.exec(other)?.[1] ?? "") > key);
  const last = lines.findLastIndex((other) => kind.test(other));
  lines.splice(behind === -1 ? last + 1 : behind, 0, line);
}

function filesOf(draft: ModelDraft): Readonly<Record<string, string>> {
  const { name, vendor } = draft;
  const variable = variableOf(name);
  return {
    [`${name}.ts`]: skeletons[draft.family](draft),
    "examples.ts": examples,
    [`${name}.test.ts`]: `import { modelContract } from "../model-contract.ts";
import { examples } from "./examples.ts";
import { ${variable} } from "./${name}.ts";

modelContract(${variable}, examples);
`,
    "README.md": `# ${name}

${vendor}'s … : what it measures, and the FPort. Layout: where you read it (manual, chapter).
`,
  };
}

const examples = `import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  // The example of the data sheet: its bytes, and what it says that they mean, in the units of the catalogue.
  // { says: "a warm day", port: 2, hex: "0CE4 0105", values: { "power.battery": 3.3, "air.temperature": 26.1 } },
  // Then one in which something is wrong: no probe, half a frame.
  // { says: "half a frame", port: 2, hex: "0CE4", refused: ["wrong-shape"] },
];
`;

const skeletons: Readonly<Record<Family, (draft: ModelDraft) => string>> = {
  fields: ({ name, vendor }) => `import { channel } from "../frames/channel.ts";
import { createModel, hasBytes } from "../frames/create-model.ts";
import { type Field, readFields, sizeOf, uint16 } from "../frames/fields.ts";

/** In the order of the wire; \`skip(n)\` steps over what nobody needs. */
const fields: readonly Field[] = [uint16(channel("power.battery", { unit: "mV" }))];

export const ${variableOf(name)} = createModel({
  name: "${name}",
  vendor: "${vendor}",
  label: "${labelOf(name)}",
  version: 1,
  // By FPort.
  read: {
    2: (view, out) => {
      if (hasBytes(view, sizeOf(fields), out)) readFields(fields, view, 0, out);
    },
  },
});
`,
  dragino: ({ name }) => `import { battery, dragino, fixed, optionalProbe } from "../frames/dragino.ts";

export const ${variableOf(name)} = dragino({
  name: "${name}",
  label: "${labelOf(name)}",
  // FPort 2, in the order of the wire.
  data: fixed([battery, optionalProbe]),
});
`,
  milesight: ({ name }) => `import { channel } from "../frames/channel.ts";
import { int16LE } from "../frames/fields.ts";
import { milesight, tlv } from "../frames/milesight.ts";

export const ${variableOf(name)} = milesight({
  name: "${name}",
  label: "${labelOf(name)}",
  version: 1,
  // By channel and type; the battery and what a device says of itself are known already.
  channels: [tlv(0x0367, int16LE(channel("air.temperature", { unit: "Cel", over: 10 })))],
});
`,
  decentlab: ({ name }) => `import { channel } from "../frames/channel.ts";
import { decentlab, noProbe, shifted } from "../frames/decentlab.ts";

export const ${variableOf(name)} = decentlab({
  name: "${name}",
  label: "${labelOf(name)}",
  // The words of the first group; the battery follows by itself.
  fields: [shifted(channel("air.temperature", { unit: "Cel", over: 100, codes: noProbe }))],
});
`,
  sensecap: ({ name }) => `import { measurementIds, sensecap } from "../frames/sensecap-measurements.ts";

export const ${variableOf(name)} = sensecap({
  name: "${name}",
  label: "${labelOf(name)}",
  // The measurement ids that this model has, and no others.
  ids: { 4097: measurementIds[4097] },
});
`,
};

/** Until somebody says what it measures. */
function labelOf(name: string): string {
  return name.slice(name.indexOf("-") + 1).toUpperCase();
}
