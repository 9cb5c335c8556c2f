import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { commandLine } from "../testing/command-line.ts";

const ring = [
  [105.9, 18.3],
  [105.92, 18.3],
  [105.92, 18.32],
  [105.9, 18.3],
];
const commune = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { ten_xa: "Xã Cẩm Bình" },
      geometry: { type: "Polygon", coordinates: [ring] },
    },
  ],
};

test("outlines of communes are imported, and what is wrong with the file is told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-geojson-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "xa.geojson");
  writeFileSync(file, JSON.stringify(commune));
  const outlines = (...words: string[]) =>
    commandLine("linkage")("outlines", "import", file, "--source", "UBND tỉnh", "--name-property", ...words);
  expect(await outlines("ten_xa")).toEqual({ code: 0, out: "1 communes, 4 points\n", err: "" });
  const wrong = await outlines("name");
  expect([wrong.code, wrong.err]).toEqual([
    1,
    expect.stringContaining(`${file}: feature 1: has no property "name"; it has ten_xa`),
  ]);
});
