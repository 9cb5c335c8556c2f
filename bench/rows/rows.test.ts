import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readOptions } from "../options.ts";
import { verdict } from "../row.ts";
import { rows } from "./rows.ts";

test("every file that defines a row is in the list", async () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !/^rows|\.test\.ts$/.test(file));
  const defined: string[] = [];
  for (const file of files) {
    const exported = Object.values(await import(join(import.meta.dirname, file)));
    if (exported.some((one) => typeof one === "object" && one !== null && "figures" in one))
      defined.push(file.replace(".ts", ""));
  }
  expect(rows.map(({ name }) => name).toSorted()).toEqual(defined.toSorted());
});

describe.each(rows)("$name", (row) => {
  test("lives in the file of its name", () => {
    expect(existsSync(join(import.meta.dirname, `${row.name}.ts`))).toBe(true);
  });

  test("aims at no less than it has to hold", () => {
    for (const figure of row.figures) expect(verdict(figure, figure.aim)).toBe("aim");
  });

  test("names each figure once", () => {
    const keys = row.figures.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("is given more time than its loads last", () => {
    const options = readOptions(["--seconds=600"], []);
    if (typeof options === "string") throw new Error("options were asked for");
    const longestLoad = row.name === "memory" ? 3000 : 600;
    const loads = ["sustained", "acknowledgement", "alert", "memory"].includes(row.name) ? longestLoad : 0;
    expect(row.limitSeconds(options)).toBeGreaterThan(loads);
  });
});
