import { expect, test } from "vitest";
import type { Geometry } from "../registry/zone.ts";
import { distanceToZoneM } from "./distance-to-zone.ts";

const square = (west: number, south: number, size: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const withHole: Geometry = {
  type: "Polygon",
  coordinates: [square(105, 18, 0.1), square(105.04, 18.04, 0.02)],
};

test("inside is 0, in a hole and outside it is the way to the outline", () => {
  expect(distanceToZoneM({ latitude: 18.02, longitude: 105.02 }, withHole)).toBe(0);
  expect(distanceToZoneM({ latitude: 18.05, longitude: 105.05 }, withHole)).toBeCloseTo(
    0.01 * 111_320 * Math.cos((18.05 * Math.PI) / 180),
    0,
  );
  expect(distanceToZoneM({ latitude: 18.11, longitude: 105.05 }, withHole)).toBeCloseTo(1113.2, 0);
});

test("of several pieces the nearest counts", () => {
  const two: Geometry = {
    type: "MultiPolygon",
    coordinates: [[square(105, 18, 0.01)], [square(105.1, 18, 0.01)]],
  };
  expect(distanceToZoneM({ latitude: 18.005, longitude: 105.105 }, two)).toBe(0);
  expect(distanceToZoneM({ latitude: 18.02, longitude: 105.105 }, two)).toBeCloseTo(1113.2, 0);
});
