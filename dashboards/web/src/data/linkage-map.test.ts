import { expect, test } from "vitest";
import { boxAround, panned, projection, roundLength, zoomed } from "./linkage-map.ts";

const square = [
  [105.9, 18.3],
  [106.0, 18.3],
  [106.0, 18.4],
  [105.9, 18.4],
  [105.9, 18.3],
];

test("a box has a rim, also around a single point, and there is none around nothing", () => {
  const box = boxAround(square)!;
  expect(box.west).toBeCloseTo(105.89);
  expect(box.north).toBeCloseTo(18.41);
  const point = boxAround([[105.9, 18.3]])!;
  expect(point.east - point.west).toBeCloseTo(0.008);
  expect(boxAround([])).toBeNull();
});

test("north is up, and a field is as wide as it is high in metres", () => {
  const box = { west: 105.9, south: 18.3, east: 106, north: 18.4 };
  const { point, height, metresPerUnit } = projection(box, 1000);
  expect(point([105.9, 18.4])).toEqual([0, 0]);
  expect(point([106, 18.3])).toEqual([1000, height]);
  // A tenth of a degree is 11.1 km to the north and, at 18.35°, 10.6 km to the east.
  expect(height * metresPerUnit).toBeCloseTo(11_132, -1);
  expect(1000 * metresPerUnit).toBeCloseTo(10_566, -1);
});

test("a polygon with a hole is one path of two rings", () => {
  const box = boxAround(square)!;
  const hole = square.map(([x, y]) => [x! * 0.5 + 52.975, y! * 0.5 + 9.175]);
  expect(projection(box, 100).path([[square, hole]])).toMatch(/^M[\d. L]+ZM[\d. L]+Z$/);
});

test("going nearer keeps the middle, going aside keeps the size, and back is where it began", () => {
  const box = { west: 105, south: 18, east: 106, north: 19 };
  expect(zoomed(box, 0.5)).toEqual({ west: 105.25, south: 18.25, east: 105.75, north: 18.75 });
  expect(zoomed(zoomed(box, 0.5), 2)).toEqual(box);
  const aside = panned(box, 1, -1);
  expect(aside.east - aside.west).toBeCloseTo(1);
  expect(aside.west).toBeGreaterThan(box.west);
  expect(aside.north).toBeLessThan(box.north);
});

test("a scale has a length that people can picture", () => {
  expect([4200, 999, 51, 20_000].map(roundLength)).toEqual([2000, 500, 50, 20_000]);
});
