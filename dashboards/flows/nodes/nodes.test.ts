import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = import.meta.dirname;
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const listed = (JSON.parse(read("package.json")) as { "node-red": { nodes: Record<string, string> } })[
  "node-red"
].nodes;
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["platform", "examples"].includes(entry.name))
  .map(({ name }) => name);

const keysOf = (value: unknown, path = ""): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
    : [path];

test("every node folder is listed in package.json", () => {
  expect(Object.values(listed).toSorted()).toEqual(folders.map((name) => `${name}/${name}.js`).toSorted());
});

describe.each(folders)("%s", (name) => {
  const html = read(name, `${name}.html`);
  const texts = (language: string) => JSON.parse(read(name, "locales", language, `${name}.json`)) as object;

  test("says everything in Vietnamese and in English", () => {
    expect(keysOf(texts("vi"))).toEqual(keysOf(texts("en-US")));
    expect(JSON.stringify(texts("vi"))).not.toEqual(JSON.stringify(texts("en-US")));
  });

  test("every text that the editor or the node asks for is there", () => {
    const asked = [
      ...`${html}${read(name, `${name}.ts`)}`.matchAll(/(?:data-i18n=|_\(|say\()"([a-z-]+(?:\.[\w-]+)+)"/g),
    ];
    const own = asked.map(([, key]) => key as string).filter((key) => key.startsWith(`${name}.`));
    expect(own.length).toBeGreaterThan(2);
    const known = new Set(keysOf(texts("vi")).map((path) => path.slice(1)));
    expect(own.filter((key) => !known.has(key))).toEqual([]);
  });

  test("has help in both languages, for the type that package.json and the editor know", () => {
    const type = Object.entries(listed).find(([, file]) => file.startsWith(`${name}/`))?.[0];
    expect(html).toContain(`RED.nodes.registerType("${type}"`);
    expect(html).toContain(`data-template-name="${type}"`);
    expect(html).toContain(`data-help-name="${type}"`);
    expect(read(name, "locales/vi", `${name}.html`)).toContain(`data-help-name="${type}"`);
    expect(read(name, `${name}.ts`)).toContain(`type: "${type}"`);
  });

  test("the editor knows every field of the configuration", () => {
    const schema = /const fields = z\.object\(\{([\s\S]*?)\n\}\);/.exec(read(name, `${name}.ts`))?.[1] ?? "";
    const fields = [...schema.matchAll(/^ {2}(\w+):/gm)].map(([, field]) => field as string);
    expect(fields.length).toBeGreaterThan(2);
    expect(fields.filter((field) => !html.includes(`id="node-input-${field}"`))).toEqual([]);
  });
});

describe.each(readdirSync(join(root, "examples")))("the flow %s", (file) => {
  const parts = JSON.parse(read("examples", file)) as {
    id: string;
    type: string;
    wires?: string[][];
    info?: string;
  }[];

  test("uses nodes that come along, and wires that lead somewhere", () => {
    const ids = new Set(parts.map(({ id }) => id));
    const types = new Set([
      ...Object.keys(listed),
      "tab",
      "switch",
      "change",
      "function",
      "delay",
      "http request",
    ]);
    expect(parts.filter(({ type }) => !types.has(type))).toEqual([]);
    expect(parts.flatMap(({ wires = [] }) => wires.flat()).filter((id) => !ids.has(id))).toEqual([]);
  });

  test("its tab names every variable that it reads", () => {
    const info = parts.find(({ type }) => type === "tab")?.info ?? "";
    const asked = [...JSON.stringify(parts).matchAll(/\$\{([A-Z_]+)\}|env\.get\(\\"([A-Z_]+)\\"\)/g)];
    const names = new Set(asked.map(([, written, got]) => (written ?? got) as string));
    // For tests: everybody else's is Telegram's own.
    names.delete("TELEGRAM_API");
    expect([...names].filter((name) => !info.includes(name))).toEqual([]);
  });
});
