import { expect, test } from "vitest";
import { between, seededRandom } from "./testing/seeded-random.ts";
import { dairyHeatStress, pigHeatStress, temperatureHumidityIndex } from "./thi.ts";

test.each([
  { t: 25, rh: 50, thi: 71.78, published: "72 (University of Florida)" },
  { t: 22, rh: 100, thi: 71.6, published: "72 (University of Florida)" },
  { t: 31, rh: 40, thi: 77.97, published: "78" },
  { t: 27, rh: 80, thi: 78.11, published: "78" },
  { t: 32, rh: 22, thi: 76.04, published: "75.9 by the other form of the index" },
  { t: 35, rh: 60, thi: 86.86, published: "computed" },
])("$t °C and $rh % are a THI of $thi; published: $published", ({ t, rh, thi }) => {
  expect(temperatureHumidityIndex(t, rh)).toBeCloseTo(thi, 2);
});

test("a class begins at its index", () => {
  expect([67.9, 68, 71.9, 72, 79.9, 80, 95].map(dairyHeatStress)).toEqual([
    "none",
    "mild",
    "mild",
    "moderate",
    "moderate",
    "severe",
    "severe",
  ]);
  expect([74.9, 75, 79, 83.9, 84].map(pigHeatStress)).toEqual([
    "none",
    "alert",
    "danger",
    "danger",
    "emergency",
  ]);
});

test.each([41, 42])("warm air is worse when warmer and when more humid (seed %i)", (seed) => {
  const random = seededRandom(seed);
  for (let round = 0; round < 500; round++) {
    const t = between(random, 15, 45);
    const rh = between(random, 0, 98);
    const thi = temperatureHumidityIndex(t, rh);
    expect(temperatureHumidityIndex(t + 0.1, rh)).toBeGreaterThan(thi);
    expect(temperatureHumidityIndex(t, rh + 1)).toBeGreaterThan(thi);
  }
});
