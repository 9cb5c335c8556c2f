import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readMapping } from "./mapping.ts";

const folder = join(import.meta.dirname, "mappings");

test.each(readdirSync(folder))("the mapping %s is right", (name) => {
  expect(readMapping(readFileSync(join(folder, name), "utf8"), name).devices.length).toBeGreaterThan(0);
});

test("a mapping in short and in full says the same", () => {
  const text = (value: string) =>
    `time: { columns: [t], format: iso }\ndevices: [{ id: a, values: { soil.moisture: ${value} } }]`;
  expect(readMapping(text("m"), "x").devices).toEqual(readMapping(text("{ column: m }"), "x").devices);
});

test("every problem is told at once, each with its line and what would be right", () => {
  const text = `
delimiter: ";;"
time:
  columns: [Date]
  format: "%H:%M"
  zone: Mars
shift: 3
devices:
  - id: Node 1
    values:
      soil.moist: a
      air.temperature: { column: b, unit: psi }
      water.ec: { column: c, unit: mS/cm, factor: 2 }
      soil.ec: { colum: d }
`;
  let message = "";
  try {
    readMapping(text, "m.yaml");
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toMatch(/^The mapping has \d+ problems:/);
  for (const part of [
    /m\.yaml:2 {2}delimiter: /,
    /m\.yaml:5 {2}time\.format: .*year, month and day/,
    /m\.yaml:6 {2}time\.zone: "Mars" is no time zone/,
    /shift/,
    /m\.yaml:9 {2}devices\.0\.id: must be 1 to 64/,
    /m\.yaml:11 {2}devices\.0\.values\.soil\.moist: is not a quantity/,
    /m\.yaml:12 .*"psi" cannot become its unit; right is one of Cel/,
    /m\.yaml:13 .*factor and offset are not needed/,
    /devices\.0\.values\.soil\.ec/,
  ]) {
    expect(message).toMatch(part);
  }
});

test("a text that is no YAML is told with its line", () => {
  expect(() => readMapping("time: [\n", "m.yaml")).toThrow(/m\.yaml:\d/);
});
