import { expect, test } from "vitest";
import { badSeason, randomTroubles } from "./random-troubles.ts";
import { trouble } from "./trouble.ts";

const day = 86_400_000;
const struck = {
  devices: Array.from({ length: 40 }, (_, i) => ({
    id: `n-${i}`,
    quantities: ["air.temperature", "air.nh3"],
  })),
  communes: ["Quảng Điền", "Phú Vang"],
  gateways: ["UBND xã"],
  places: ["Ao kẻ trộm", "Chợ huyện"],
};
const span = { fromMs: 100 * day, toMs: 220 * day };

test("every trouble of a bad season is one that is known, and lies within the season", () => {
  const troubles = randomTroubles(1, struck, span, badSeason);
  for (const each of troubles) {
    trouble.parse(each);
    const [fromMs, toMs] = "atMs" in each ? [each.atMs, each.atMs] : [each.fromMs, each.toMs];
    expect(fromMs).toBeGreaterThanOrEqual(span.fromMs);
    expect(toMs).toBeLessThanOrEqual(span.toMs);
  }
  expect(new Set(troubles.map(({ kind }) => kind))).toEqual(new Set(Object.keys(badSeason)));
});

test("a rate is how often it happens to each in thirty days", () => {
  const restarts = randomTroubles(2, struck, span, { restart: 3 });
  // 40 nodes, four months: 480 expected, standard deviation 21.
  expect(restarts.length).toBeGreaterThan(380);
  expect(restarts.length).toBeLessThan(580);
  expect(randomTroubles(2, struck, span, { restart: 0 })).toEqual([]);
});

test("without a place to carry it to, nothing is stolen", () => {
  const { places: _, ...nowhere } = struck;
  const kinds = new Set(randomTroubles(1, nowhere, span, badSeason).map(({ kind }) => kind));
  expect([kinds.has("theft"), kinds.has("restart")]).toEqual([false, true]);
});

test("the same seed brings the same misfortune, another seed another", () => {
  const first = randomTroubles(3, struck, span, badSeason);
  expect(randomTroubles(3, struck, span, badSeason)).toEqual(first);
  expect(randomTroubles(4, struck, span, badSeason)).not.toEqual(first);
});
