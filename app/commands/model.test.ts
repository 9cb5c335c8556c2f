import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { commandLine } from "../testing/command-line.ts";
import { families } from "./model-draft.ts";

const root = resolve(import.meta.dirname, "../..");

const model = (...words: readonly string[]) => commandLine("model")(...words);

/** The project's models once more, in a folder that may be written to. */
function copyOfModels() {
  const copy = mkdtempSync(join(tmpdir(), "canhdong-models-"));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  mkdirSync(join(copy, "devices"));
  for (const folder of ["models", "quantities", "units"])
    cpSync(join(root, "devices", folder), join(copy, "devices", folder), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  return {
    models: join(copy, "devices/models"),
    /** What Node, without any test around it, makes of an expression on the list of models. */
    ask(expression: string) {
      const script = `import { modelOf, models } from "./devices/models/models.ts"; console.log(JSON.stringify(${expression}));`;
      const node = ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "-e", script];
      const { stdout, stderr } = spawnSync(process.execPath, node, { cwd: copy, encoding: "utf8" });
      if (stdout === "") throw new Error(stderr);
      return JSON.parse(stdout) as unknown;
    },
    /** Its tests, as a newcomer runs them. */
    vitest(folder: string) {
      const words = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", copy, folder];
      const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" };
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", env });
      return { status, printed: stdout + stderr };
    },
  };
}

test("every model is listed, and one is shown with what it gives, obeys and looks like", async () => {
  expect((await model("list")).out).toMatch(/^dragino-lse01 +LSE01 soil moisture/m);
  const { out } = await model("show", "UC511");
  expect(out).toContain("milesight-uc511/");
  expect(out).toMatch(/^valve\.open +Trạng thái van \/ Valve open$/m);
  expect(out).toMatch(/^irrigate +opens a valve/m);
  expect(out).toMatch(/ +85 +01755C 030100 04C805000000$/m);
  expect(await model("show", "lse10")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/Did you mean .*dragino-lse01/),
  });
});

test("a new model of each family is in the list, and its skeleton reads something", async () => {
  const { models, ask } = copyOfModels();
  const before = ask("models.length") as number;
  for (const family of families) {
    const name = family === "fields" ? "zz-last1" : `${family}-aa1`;
    expect(await model("new", name, "--models", models)).toMatchObject({ code: 0, err: "" });
  }
  expect(ask("models.length")).toBe(before + families.length);
  expect(ask("models.map(({ name }) => name)")).toEqual(
    (ask("models.map(({ name }) => name)") as string[]).toSorted(),
  );
  const decoded = (name: string, port: number, hex: string) =>
    ask(
      `modelOf("${name}").decode({ port: ${port}, bytes: Uint8Array.from(Buffer.from("${hex}", "hex")), receivedAtMs: 0 }, { mountingHeightCm: null }).values.map(({ quantity, value }) => [quantity, value])`,
    );
  expect(decoded("zz-last1", 2, "0ce4")).toEqual([["power.battery", 3.3]]);
  expect(decoded("dragino-aa1", 2, "0ce40105")).toEqual([
    ["power.battery", 3.3],
    ["air.temperature", 26.1],
  ]);
  expect(decoded("milesight-aa1", 85, "03670501")).toEqual([["air.temperature", 26.1]]);
  expect(decoded("decentlab-aa1", 1, "02000000018a32")).toEqual([["air.temperature", 26.1]]);
  expect(decoded("sensecap-aa1", 1, "010110f46500000000")).toEqual([["air.temperature", 26.1]]);
  expect(ask('modelOf("milesight-aa1").vendor')).toBe("Milesight");
}, 120_000);

test("a new model is red until the data sheet's example passes", async () => {
  const { models, vitest } = copyOfModels();
  await model("new", "acme-ws1", "--models", models);
  const empty = vitest("devices/models/acme-ws1");
  expect(empty.status).toBe(1);
  expect(empty.printed).toContain("devices/models/acme-ws1/examples.ts needs two examples or more");

  const example = (says: string, hex: string, outcome: string) =>
    `{ says: "${says}", port: 2, hex: "${hex}", ${outcome} }`;
  const wrong = example("a warm day", "0CE4", 'values: { "power.battery": 3.4 }');
  const half = example("half a frame", "0C", 'refused: ["wrong-shape"]');
  const examples = join(models, "acme-ws1/examples.ts");
  const head = 'import type { Example } from "../example.ts";\nexport const examples: readonly Example[] = ';
  writeFileSync(examples, `${head}[${wrong}, ${half}];\n`);
  const red = vitest("devices/models/acme-ws1");
  expect([red.status, red.printed]).toEqual([
    1,
    expect.stringContaining("mend the channels, or the example"),
  ]);

  writeFileSync(examples, readFileSync(examples, "utf8").replace("3.4", "3.3"));
  expect(vitest("devices/models/acme-ws1").status).toBe(0);
}, 240_000);

test("the device of docs/decoders.md is green when it is done as the page says", async () => {
  const { models, vitest } = copyOfModels();
  const page = readFileSync(join(root, "docs/decoders.md"), "utf8");
  const [examples, channels] = [...page.matchAll(/```ts\n([^`]*)```/g)].map(([, code]) => code!);
  await model("new", "milesight-em410-rdl", "--models", models);
  const folder = join(models, "milesight-em410-rdl");
  writeFileSync(join(folder, "examples.ts"), `import type { Example } from "../example.ts";\n\n${examples}`);
  writeFileSync(join(folder, "milesight-em410-rdl.ts"), channels!);
  expect(vitest("devices/models/milesight-em410-rdl")).toMatchObject({ status: 0 });
}, 120_000);

test("a name that is taken, or is none, is refused, and nothing is laid", async () => {
  const { models } = copyOfModels();
  const list = readFileSync(join(models, "models.ts"), "utf8");
  expect(await model("new", "dragino-lse01", "--models", models)).toMatchObject({
    code: 1,
    err: expect.stringContaining("There is a model dragino-lse01 already"),
  });
  for (const name of ["lse01", "Acme-WS1", "../acme-ws1"])
    expect((await model("new", name, "--models", models)).err).toContain("vendor-model in a-z");
  expect(readFileSync(join(models, "models.ts"), "utf8")).toBe(list);
});
