import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { kindNames } from "./rule-kinds.ts";

const here = import.meta.dirname;
const folders = readdirSync(here, { withFileTypes: true }).filter(
  (each) => each.isDirectory() && !["packs", "testing"].includes(each.name),
);

test("every folder is a kind in the list, and every kind in the list has its folder", () => {
  expect(folders.map(({ name }) => name).sort()).toEqual([...kindNames].sort());
});

test("every kind has its code, its test and its README", () => {
  for (const { name } of folders)
    expect(readdirSync(`${here}/${name}`)).toEqual(
      expect.arrayContaining(["README.md", `${name}.test.ts`, `${name}.ts`]),
    );
});
