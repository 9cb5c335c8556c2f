import { expect, test } from "vitest";
import type { Registry } from "./registry.ts";
import { temporaryRegistry } from "./temporary-registry.ts";

function farm(): Registry {
  const { registry } = temporaryRegistry();
  for (const id of ["a", "b", "c"]) registry.addPlace({ id, kind: "parcel", name: id }, 0);
  registry.addDevice({ id: "soil-1" }, 0);
  return registry;
}

/** As `a 0-100, b 100-`. */
function history(registry: Registry): string {
  const spans = registry.placementsOf("soil-1");
  return spans.map(({ place, fromMs, toMs }) => `${place} ${fromMs}-${toMs ?? ""}`).join(", ");
}

test("a new device stands nowhere", () => {
  const registry = farm();
  expect(registry.placementsOf("soil-1")).toEqual([]);
  expect(registry.placementAt("soil-1", 50)).toBeUndefined();
});

test("a move ends the placement before it", () => {
  const registry = farm();
  registry.moveDevice("soil-1", "a", 0);
  registry.moveDevice("soil-1", "b", 100);
  expect(history(registry)).toBe("a 0-100, b 100-");
});

test("a device is found where it stood, the first millisecond included and the last excluded", () => {
  const registry = farm();
  registry.moveDevice("soil-1", "a", 10);
  registry.moveDevice("soil-1", null, 100);
  registry.moveDevice("soil-1", "b", 200);
  const at = (atMs: number) => registry.placementAt("soil-1", atMs)?.place;
  expect([9, 10, 99, 100, 199, 200, 1e15].map(at)).toEqual([
    undefined,
    "a",
    "a",
    undefined,
    undefined,
    "b",
    "b",
  ]);
});

test("a move told late changes the past up to the next move that is known", () => {
  const registry = farm();
  registry.moveDevice("soil-1", "a", 0);
  registry.moveDevice("soil-1", "c", 200);
  registry.moveDevice("soil-1", "b", 100, 300);
  expect(history(registry)).toBe("a 0-100, b 100-200, c 200-");
});

test("a move before everything known fills the time until then", () => {
  const registry = farm();
  registry.moveDevice("soil-1", "b", 100);
  registry.moveDevice("soil-1", "a", 40);
  expect(history(registry)).toBe("a 40-100, b 100-");
});

test("the same moment told again is a correction", () => {
  const registry = farm();
  registry.moveDevice("soil-1", "a", 0);
  registry.moveDevice("soil-1", "b", 100);
  registry.moveDevice("soil-1", "c", 100);
  expect(history(registry)).toBe("a 0-100, c 100-");
  registry.moveDevice("soil-1", "a", 100);
  expect(history(registry)).toBe("a 0-");
});

test("a removed device stood somewhere until then, and plans for later are off", () => {
  const registry = farm();
  registry.moveDevice("soil-1", "a", 0);
  registry.moveDevice("soil-1", "b", 500, 50);
  registry.removeDevice("soil-1", 100);
  expect(history(registry)).toBe("a 0-100");
});

test("whatever is moved when, placements never overlap and say the last thing told", () => {
  const registry = farm();
  const told = new Map<number, string | null>();
  let state = 7;
  const below = (n: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * n);
  };
  for (let i = 0; i < 60; i++) {
    const fromMs = below(100);
    const place = ["a", "b", "c", null][below(4)] ?? null;
    told.set(fromMs, place);
    registry.moveDevice("soil-1", place, fromMs);
    const spans = registry.placementsOf("soil-1");
    for (const [n, span] of spans.entries()) {
      expect(span.toMs === null || span.fromMs < span.toMs).toBe(true);
      expect(span.fromMs).toBeGreaterThanOrEqual(spans[n - 1]?.toMs ?? 0);
    }
  }
  for (let atMs = 0; atMs < 110; atMs++) {
    const latest = [...told.keys()].filter((fromMs) => fromMs <= atMs).sort((a, b) => b - a)[0];
    expect(registry.placementAt("soil-1", atMs)?.place ?? null).toBe(told.get(latest ?? -1) ?? null);
  }
});

test("a device moves only to a place that is there", () => {
  const registry = farm();
  const missing = expect.objectContaining({ code: "not-found" });
  expect(() => registry.moveDevice("soil-1", "z", 1)).toThrow(missing);
  expect(() => registry.moveDevice("soil-9", "a", 1)).toThrow(missing);
  registry.removePlace("c", 5);
  expect(() => registry.moveDevice("soil-1", "c", 6)).toThrow(missing);
  expect(() => registry.moveDevice("soil-1", "a", Number.NaN)).toThrow(
    expect.objectContaining({ code: "invalid" }),
  );
  expect(history(registry)).toBe("");
});

test("a place where devices stand, or will, cannot be removed; one where they stood can", () => {
  const registry = farm();
  registry.moveDevice("soil-1", "a", 0);
  registry.moveDevice("soil-1", "b", 500, 50);
  const inUse = expect.objectContaining({ code: "in-use", message: expect.stringContaining("soil-1") });
  expect(() => registry.removePlace("a", 100)).toThrow(inUse);
  expect(() => registry.removePlace("b", 100)).toThrow(inUse);
  registry.removePlace("a", 500);
  expect(registry.place("a")?.removedAtMs).toBe(500);
  expect(registry.places().map(({ id }) => id)).toEqual(["b", "c"]);
  expect(registry.placementAt("soil-1", 100)?.place).toBe("a");
});
