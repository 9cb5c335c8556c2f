import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { examplesOf } from "./examples-of.ts";
import { modelContract } from "./model-contract.ts";
import { modelOf, models } from "./models.ts";

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "frames")
  .map(({ name }) => name);

test("every folder is a model, and every model a folder", () => {
  expect(models.map(({ name }) => name).sort()).toEqual([...folders].sort());
});

test("no name stands for two models, with or without the vendor", () => {
  for (const model of models) {
    expect(modelOf(model.name)).toBe(model);
    expect(modelOf(model.name.slice(model.name.indexOf("-") + 1).toUpperCase())).toBe(model);
  }
});

test("a name that nobody gave is no model", () => {
  expect(modelOf("lse02")).toBeUndefined();
  expect(modelOf("constructor")).toBeUndefined();
});

for (const model of models) modelContract(model, await examplesOf(model.name));
