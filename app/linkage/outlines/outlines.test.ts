import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readOutlines, writeOutlines } from "./outlines-file.ts";
import { readOutlinesFrom } from "./read-geojson.ts";
import { simplified } from "./simplified.ts";

const asked = { nameProperty: "ten_xa", source: "UBND tỉnh, 2026" };
const feature = (properties: object, geometry: object) => ({ type: "Feature", properties, geometry });
const collection = (...features: object[]) => JSON.stringify({ type: "FeatureCollection", features });
const square = (west: number) => ({
  type: "Polygon",
  coordinates: [
    [
      [west, 18],
      [west + 0.1, 18],
      [west + 0.1, 18.1],
      [west, 18.1],
      [west, 18],
    ],
  ],
});

/** A square whose eastern border runs in steps of some ten metres, with a shake that the grid does not see. */
function detailed(west: number): number[][] {
  const up = Array.from({ length: 500 }, (_, i) => [west + 0.1 + (i % 2) * 0.00005, 18 + i * 0.0002]);
  return [[west, 18], ...up, [west, 18.1], [west, 18]];
}

test("a border of hundreds of points becomes a few, and stays a closed ring", () => {
  const [[ring]] = simplified([[detailed(105)]]) as [[number[][]]];
  expect(ring.length).toBeLessThan(10);
  expect(ring.at(-1)).toEqual(ring[0]);
  for (const [longitude, latitude] of ring) {
    expect(longitude).toBeGreaterThanOrEqual(105);
    expect(latitude).toBeLessThanOrEqual(18.1);
  }
});

test("two communes that share a border go on sharing it", () => {
  const border = Array.from({ length: 60 }, (_, i) => [105.1 + Math.sin(i) * 0.003, 18 + i * 0.0017]);
  const west = [[105, 18], ...border, [105, 18.1], [105, 18]];
  const east = [[105.2, 18.1], ...border.toReversed(), [105.2, 18], [105.2, 18.1]];
  const pointsOf = (ring: number[][]) =>
    new Set(
      simplified([[ring]])[0]![0]!
        .map(String)
        .filter((point) => /^105\.(09|10)/.test(point) || /^105\.1,/.test(point)),
    );
  expect([...pointsOf(west)].toSorted()).toEqual([...pointsOf(east)].toSorted());
  expect(pointsOf(west).size).toBeGreaterThan(20);
});

test("an islet smaller than the grid is left out, its commune is not", () => {
  const islet = [
    [
      [106, 18],
      [106.0001, 18],
      [106.0001, 18.0001],
      [106, 18],
    ],
  ];
  expect(simplified([square(105).coordinates, islet])).toHaveLength(1);
});

test("communes of a GeoJSON file are kept with their names and where they come from", () => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-outlines-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "outlines.json");
  expect(readOutlines(file)).toBeNull();
  const read = readOutlinesFrom(collection(feature({ ten_xa: "Xã Cẩm Bình" }, square(105))), asked);
  if (!read.ok) throw new Error(read.problems.join());
  writeOutlines(file, read.outlines);
  expect(readOutlines(file)).toEqual({
    source: "UBND tỉnh, 2026",
    communes: [{ name: "Xã Cẩm Bình", polygons: [square(105).coordinates] }],
  });
});

test("every problem is told with its feature and what would be right", () => {
  const text = collection(
    feature({ name: "Xã Cẩm Bình", ma: "18685" }, square(105)),
    feature({ ten_xa: "Xã Cẩm Duệ" }, { type: "Point", coordinates: [105, 18] }),
  );
  expect(readOutlinesFrom(text, asked)).toEqual({
    ok: false,
    problems: [
      'feature 1: has no property "ten_xa"; it has name, ma',
      expect.stringMatching(/^feature 2: geometry: /),
    ],
  });
  expect(readOutlinesFrom("{", asked)).toMatchObject({ ok: false });
  expect(readOutlinesFrom(collection(), asked)).toEqual({
    ok: false,
    problems: ["features: holds no feature"],
  });
});
