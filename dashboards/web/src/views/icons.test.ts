import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

test("every name has its drawing, and every drawing its name", () => {
  const drawings = [...read("icons.svg").matchAll(/symbol id="(\w+)"/g)].map((match) => match[1]);
  const names = [...read("icons.tsx").matchAll(/^ {2}\| "(\w+)"/gm)].map((match) => match[1]);
  expect(names.length).toBeGreaterThan(20);
  expect(names.sort()).toEqual(drawings.sort());
});
