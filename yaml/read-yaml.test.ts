import { expect, test } from "vitest";
import { z } from "zod";
import { listed, readYaml } from "./index.ts";

const farm = z.strictObject({
  name: z.string(),
  ponds: z.array(z.strictObject({ depthM: z.number().positive() })).default([]),
});
const read = (
  text: string,
  check?: (value: z.output<typeof farm>) => { path: string[]; message: string }[],
) => readYaml(text, { schema: farm, keysAre: "a word of ours", ...(check && { check }) });
const problems = (text: string) => listed("farm.yaml", read(text).problems ?? []);

test("what is right is read, with its defaults", () => {
  expect(read("name: Hòa").value).toEqual({ name: "Hòa", ponds: [] });
});

test("every problem is told in the order of the lines, with path and line", () => {
  const text = "ponds:\n  - depthM: -1\n  - depthM: 2\n    colour: blue\n  - {}\n";
  expect(problems(text)).toEqual([
    expect.stringMatching(/^ {2}farm\.yaml:1 {2}name: is missing; expected string/),
    expect.stringMatching(/^ {2}farm\.yaml:2 {2}ponds\.0\.depthM: .*>0/),
    expect.stringMatching(/^ {2}farm\.yaml:4 {2}ponds\.1\.colour: is not a word of ours/),
    expect.stringMatching(/^ {2}farm\.yaml:5 {2}ponds\.2\.depthM: is missing; expected number/),
  ]);
});

test("a key that is not allowed is told by what would be", () => {
  const days = z.record(
    z.string().refine((name) => name.startsWith("soil."), "is not a quantity of the soil"),
    z.number(),
  );
  const { problems } = readYaml("soil.ph: 3\nsoul.ph: 4", { schema: days, keysAre: "a quantity" });
  expect(problems).toEqual([{ path: "soul.ph", line: 2, message: "is not a quantity of the soil" }]);
});

test("an empty text lacks everything that it should have", () => {
  expect(problems("")).toEqual([expect.stringMatching(/farm\.yaml:1 {2}name: is missing/)]);
});

test("what is no YAML is told with its line", () => {
  expect(problems("name: Hòa\nponds: [")[0]).toMatch(/^ {2}farm\.yaml:\d+ {2}\S/);
});

test("what a schema cannot know is told like the rest", () => {
  const answer = read("ponds: []\nname: Hòa", () => [{ path: ["name"], message: "is taken" }]);
  expect(answer.problems).toEqual([{ path: "name", line: 2, message: "is taken" }]);
});
