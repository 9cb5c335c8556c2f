import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { galleryFiles } from "./gallery.ts";

const folder = resolve(import.meta.dirname, "../../docs/gallery");

test("the gallery shows what the scenarios do today", { timeout: 600_000 }, async () => {
  const files = await galleryFiles();
  expect(readdirSync(folder).sort()).toEqual(files.map(({ name }) => name).sort());
  const stale = files.filter(({ name, text }) => readFileSync(join(folder, name), "utf8") !== text);
  expect(
    stale.map(({ name }) => name),
    "draw them anew: npx canhdong sim gallery docs/gallery",
  ).toEqual([]);
});
