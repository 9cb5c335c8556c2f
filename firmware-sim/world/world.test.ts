import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { quantityOf } from "../../devices/index.ts";
import { siteKinds } from "./kinds.ts";
import type { SkyEvent } from "./sky/events.ts";
import { day, hour } from "./testing/live.ts";
import { createWorld, type SimulatedPlace } from "./world.ts";

/** Midnight in Viet Nam. */
const startMs = Date.UTC(2026, 4, 31, 17);
const hue = { id: "noi-1", latitude: 16.5, longitude: 107.5 };
const places: readonly SimulatedPlace[] = [
  { id: "dong-bang", latitude: 20.9, longitude: 106.4, paddy: { sluiceKm: 12 } },
  { id: "mien-trung", latitude: 18.35, longitude: 105.9, shed: { animal: "broiler" } },
  { id: "cao-nguyen", latitude: 13.9, longitude: 108.0, shed: { animal: "dairy" } },
  { id: "dong-bang-nam", latitude: 9.6, longitude: 106.0, paddy: { sluiceKm: 20 }, shed: { animal: "pig" } },
];

/** Everything that a sky can do, one after the other. */
function allEvents(fromMs: number): SkyEvent[] {
  const at = (days: number) => fromMs + days * day;
  return [
    { kind: "foehn", fromMs: at(2), toMs: at(6), highC: 41 },
    { kind: "drought", fromMs: at(0), toMs: at(12) },
    { kind: "overcast", fromMs: at(13), toMs: at(16) },
    { kind: "typhoon", landfallMs: at(20), latitude: 18.2, windMs: 55 },
    { kind: "heavy-rain", fromMs: at(24), toMs: at(26), mm: 600 },
    { kind: "cold-spell", fromMs: at(28), toMs: at(33), meanC: 4 },
  ];
}

describe.each(siteKinds)("a %s", (kind) => {
  test.each([1, 2, 3])(
    "tells nothing that the catalogue does not know or believe, whatever the sky does (seed %i)",
    (seed) => {
      for (const [n, place] of places.entries()) {
        const fromMs = startMs + n * 95 * day;
        const isTended = (seed + n) % 2 === 0;
        const traits = { isTended };
        const told: SimulatedPlace = {
          ...place,
          parcel: traits,
          pond: traits,
          paddy: { ...place.paddy, ...traits },
          shed: { ...place.shed, ...traits },
          river: traits,
        };
        const { site } = createWorld(seed, fromMs, { events: allEvents(fromMs) }).spot(told, kind);
        const impossible: string[] = [];
        for (let atMs = fromMs; atMs < fromMs + 36 * day; atMs += 100 * 60_000) {
          for (const [name, value] of Object.entries(site.truthAt(atMs))) {
            const plausible = quantityOf(name)?.plausible;
            const most = name === "air.relativeHumidity" ? 100 : plausible?.max;
            const isPossible = plausible !== undefined && value >= plausible.min && value <= most!;
            if (!isPossible)
              impossible.push(`${name} ${value} after ${(atMs - fromMs) / hour} h at ${place.id}`);
          }
        }
        expect(impossible).toEqual([]);
      }
    },
    60_000,
  );

  test("is the same again with the same seed, and another with another", () => {
    const told = (seed: number) => {
      const { site } = createWorld(seed, startMs).spot(hue, kind);
      return Array.from({ length: 40 }, (_, n) => site.truthAt(startMs + n * 3 * hour));
    };
    expect(told(7)).toEqual(told(7));
    expect(told(8)).not.toEqual(told(7));
  });

  test("does not change by being looked at", () => {
    const atMs = startMs + 2 * day + 7 * 60_000;
    const once = createWorld(3, startMs).spot(hue, kind).site;
    const often = createWorld(3, startMs).spot(hue, kind).site;
    for (let seenMs = startMs; seenMs <= atMs; seenMs += 137_000) often.truthAt(seenMs);
    expect(often.truthAt(atMs)).toEqual(once.truthAt(atMs));
  });

  test("goes from one value to the next without jumps between its steps", () => {
    const { site } = createWorld(3, startMs, { climateEvents: false }).spot(hue, kind);
    const smooth = ["water.temperature", "water.dissolvedOxygen", "soil.temperature", "air.temperature"];
    let before = site.truthAt(startMs);
    for (let minute = 1; minute <= 24 * 60; minute++) {
      const now = site.truthAt(startMs + minute * 60_000);
      for (const name of smooth) {
        if (name in now) expect(Math.abs(now[name]! - before[name]!)).toBeLessThan(1);
      }
      before = now;
    }
  });

  test("names what it can be told to do, and refuses the rest with what would be right", () => {
    const { site } = createWorld(1, startMs).spot(hue, kind);
    expect(() => site.switchOn("dance", startMs + hour)).toThrow(
      /"dance" is not known; what can be switched on/,
    );
    expect(() => site.put("sugarKg", 1)).toThrow(/"sugarKg" is not known; what can be put in here/);
    for (const input of site.inputs) {
      expect(() => site.put(input, Number.NaN)).toThrow(/must be a number/);
      expect(() => site.put(input, 1e12)).toThrow(/must be within/);
    }
  });
});

test.each([
  ["soil", "irrigate", "soil.moisture", 1],
  ["paddy", "irrigate", "water.level", 0.005],
  ["pond", "aerate", "water.dissolvedOxygen", 0.1],
  ["shed", "ventilate", "air.nh3", -0.1],
  ["sluice", "open-sluice", "water.salinity", 0.05],
] as const)("a %s feels that it was told to %s", (kind, action, quantity, atLeast) => {
  const january = Date.UTC(2026, 0, 1, 17);
  const place = {
    ...hue,
    latitude: 18.35,
    parcel: { texture: "loam", isTended: false },
    paddy: { isTended: false },
    pond: { stock: "fish", isTended: false },
    shed: { animal: "broiler", startAgeDays: 20 },
    river: { seaKm: 6 },
  } as const;
  const changeOver = (actions: readonly string[]) => {
    const { site } = createWorld(1, january).spot(place, kind);
    const before = site.truthAt(january + 2 * hour, 5)[quantity]!;
    for (const name of actions) site.switchOn(name, january + 8 * hour);
    return site.truthAt(january + 8 * hour, 5)[quantity]! - before;
  };
  const felt = changeOver([action]) - changeOver([]);
  if (atLeast > 0) expect(felt).toBeGreaterThan(atLeast);
  else expect(felt).toBeLessThan(atLeast);
});

test("an order for 25 minutes lasts 25 minutes, whenever it comes", () => {
  const level = (orderedAtMs: number, minutes: number) => {
    const place = {
      ...hue,
      paddy: { isTended: false, sownMs: startMs - 25 * day, practice: "flooded" } as const,
    };
    const script = {
      events: [{ kind: "drought", fromMs: startMs - 60 * day, toMs: startMs + day } as const],
    };
    const { site } = createWorld(1, startMs, script).spot(place, "paddy");
    site.advanceTo(orderedAtMs);
    if (minutes > 0) site.switchOn("irrigate", orderedAtMs + minutes * 60_000);
    return site.truthAt(startMs + 3 * hour)["water.level"]! * 1000;
  };
  // The pump brings 8 mm an hour, less what percolates the faster for it.
  for (const orderedAtMs of [startMs + hour, startMs + hour + 123_456]) {
    const brought = level(orderedAtMs, 25) - level(orderedAtMs, 0);
    expect(brought).toBeGreaterThan((8 * 25) / 60 - 0.05);
    expect(brought).toBeLessThan((8 * 25) / 60 + 0.001);
  }
});

test("a cut of power stops what was switched on, and it goes on when the power is back", () => {
  const place = {
    ...hue,
    paddy: { isTended: false, sownMs: startMs - 25 * day, practice: "flooded" } as const,
  };
  const level = (cut: boolean) => {
    const { site } = createWorld(1, startMs, { climateEvents: false }).spot(place, "paddy");
    site.advanceTo(startMs);
    site.switchOn("irrigate", startMs + 4 * hour);
    if (cut) site.cutPower(startMs + 3 * hour);
    return site.truthAt(startMs + 4 * hour)["water.level"]! * 1000;
  };
  expect(level(false) - level(true)).toBeGreaterThan(23);
  expect(level(false) - level(true)).toBeLessThan(24.5);
});

test("nodes at one place share it, and neighbours share the sky", () => {
  const world = createWorld(1, startMs);
  expect(world.spot(hue, "pond").site).toBe(world.spot(hue, "pond").site);
  const neighbour = { id: "noi-2", latitude: 16.52, longitude: 107.48 };
  expect(world.spot(neighbour, "pond").site).not.toBe(world.spot(hue, "pond").site);
  expect(world.spot(neighbour, "soil").weather).toBe(world.spot(hue, "pond").weather);
});

test("the counter of rain counts what the sky lets fall, from the start on", () => {
  const { site, weather } = createWorld(2, startMs + 120 * day).spot(hue, "weather");
  let mm = 0;
  for (let h = 0; h < 20 * 24; h++) {
    const fromMs = startMs + 120 * day + h * hour;
    mm += weather.rainMm(fromMs, fromMs + hour);
  }
  const counted = site.truthAt(startMs + 140 * day)["rain.cumulative"]!;
  expect(mm).toBeGreaterThan(50);
  // Of a typhoon's rain the gauge takes the middle of ten minutes, and this sum that of the hour.
  expect(Math.abs(counted / mm - 1)).toBeLessThan(0.01);
});

test("the README names every kind, and all that can be done there", () => {
  const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
  const world = createWorld(1, startMs);
  for (const kind of siteKinds) {
    const row = readme.split("\n").find((line) => line.startsWith(`| \`${kind}\``)) ?? "";
    const { actions, inputs } = world.spot(hue, kind).site;
    const missing = [...actions, ...inputs].filter((name) => !row.includes(name));
    expect([kind, row !== "", missing]).toEqual([kind, true, []]);
  }
});
