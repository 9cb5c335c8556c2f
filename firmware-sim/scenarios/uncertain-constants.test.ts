/**
 * How much hangs on the constants that could not be looked up. Heat of animals is proportional to CIGR's factors and to the number of
 * animals alike, so a house with a fifth more of them shows what a factor does that is a fifth too small.
 */
import { describe, expect, test } from "vitest";
import { createWorld } from "../world/world.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const startMs = Date.UTC(2026, 5, 4, 17);
/** Eleven o'clock on a day of foehn. */
const cutMs = startMs + 3 * day + 11 * hour;

const animals = [
  ["broiler", 8_000, 32],
  ["pig", 600, 80],
  ["dairy", 60, 0],
] as const;
type Row = (typeof animals)[number];

/** A tended house under four days of foehn, with so many times the usual heat from the second day on. */
function house([animal, heads, startAgeDays]: Row, factor: number) {
  const foehn = { kind: "foehn", fromMs: startMs + day, toMs: startMs + 5 * day, highC: 39.5 } as const;
  const { site } = createWorld(5, startMs, { events: [foehn] }).spot(
    { id: "chuong", latitude: 18.17, longitude: 105.7, shed: { animal, heads, startAgeDays } },
    "shed",
  );
  site.advanceTo(startMs + 2 * day);
  site.put("heads", Math.round(heads * (factor - 1)));
  return site;
}

function warmthBetween(row: Row, factor: number, fromMs: number, toMs: number, cutPower: boolean): number[] {
  const site = house(row, factor);
  const shown: number[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += minute) {
    site.advanceTo(atMs);
    if (cutPower && atMs === cutMs) site.cutPower(atMs + 3 * hour);
    shown.push(site.truthAt(atMs)["air.temperature"]!);
  }
  return shown;
}

describe.each(animals.map((row) => [row[0], row] as const))("%s", (_, row) => {
  test("a fifth more or less heat moves a ventilated house by less than a quarter of a degree", () => {
    const means = [0.8, 1, 1.2].map((factor) => {
      const shown = warmthBetween(row, factor, startMs + 2.5 * day, startMs + 4.5 * day, false);
      return shown.reduce((sum, value) => sum + value, 0) / shown.length;
    }) as [number, number, number];
    expect(Math.abs(means[0] - means[1])).toBeLessThan(0.25);
    expect(Math.abs(means[2] - means[1])).toBeLessThan(0.25);
  });

  test("when the fans stand still it brings the heat some minutes sooner or later, and the same peak", () => {
    const runs = [0.8, 1, 1.2].map((factor) => warmthBetween(row, factor, cutMs, cutMs + 3 * hour, true));
    const minutesTo35 = runs.map((shown) => shown.findIndex((value) => value > 35)) as [
      number,
      number,
      number,
    ];
    expect(minutesTo35[2]).toBeLessThanOrEqual(minutesTo35[1]);
    expect(minutesTo35[1]).toBeLessThanOrEqual(minutesTo35[0]);
    expect(minutesTo35[2]).toBeGreaterThan(0);
    expect(minutesTo35[0] - minutesTo35[2]).toBeLessThanOrEqual(5);
    const peaks = runs.map((shown) => Math.max(...shown));
    expect(Math.max(...peaks) - Math.min(...peaks)).toBeLessThan(1);
  });
});
