import { expect, test } from "vitest";
import type { ProbeTrouble } from "../faults/trouble.ts";
import { absenceCode, Instruments } from "./instruments.ts";
import { probesOf } from "./probes.ts";

const minute = 60_000;
const day = 86_400_000;
const oxygen = "water.dissolvedOxygen";
const quantities = ["water.temperature", oxygen, "water.ph", "water.salinity", "water.ec"];

function pond(...troubles: ProbeTrouble[]): Instruments {
  return new Instruments({ probes: probesOf.pond, key: 7, calibratedMs: 0, troubles });
}

function seen(instruments: Instruments, atMs: number, truth = 5): number | undefined {
  const all = Object.fromEntries(quantities.map((name) => [name, truth]));
  return instruments.look(all, atMs, -day).values[oxygen];
}

test("a probe shows the truth within its noise and offset, in its steps, the same each time", () => {
  const shown = Array.from({ length: 200 }, (_, i) => seen(pond(), i * minute)!);
  for (const value of shown) {
    expect(Math.abs(value - 5)).toBeLessThan(0.7);
    expect(Math.round(value * 100) / 100).toBe(value);
  }
  expect(new Set(shown).size).toBeGreaterThan(5);
  expect(Array.from({ length: 200 }, (_, i) => seen(pond(), i * minute)!)).toEqual(shown);
});

test("a stuck probe says the same whatever becomes of the water, and recovers", () => {
  const instruments = pond({
    kind: "stuck-probe",
    device: "n",
    quantity: oxygen,
    fromMs: day,
    toMs: 2 * day,
  });
  const stuck = [5, 4, 3, 2].map((truth, i) => seen(instruments, day + i * minute, truth));
  expect(new Set(stuck).size).toBe(1);
  expect(seen(instruments, 2 * day, 2)).toBeLessThan(3);
});

test.each([
  [{ kind: "lying-probe", by: 3 }, 3],
  [{ kind: "drifting-probe", perDay: 2 }, 1],
] as const)("%j is off by what it says half a day later", (ill, off) => {
  const instruments = pond({ ...ill, device: "n", quantity: oxygen, fromMs: 0, toMs: day });
  expect(seen(instruments, day / 2)! - seen(pond(), day / 2)!).toBeCloseTo(off, 1);
});

test("a noisy probe scatters so many times as far", () => {
  const scatter = (instruments: Instruments) => {
    const shown = Array.from({ length: 300 }, (_, i) => seen(instruments, i * minute)!);
    const mean = shown.reduce((a, b) => a + b) / shown.length;
    return Math.sqrt(shown.reduce((sum, value) => sum + (value - mean) ** 2, 0) / shown.length);
  };
  const noisy = pond({ kind: "noisy-probe", device: "n", times: 8, fromMs: 0, toMs: day });
  expect(scatter(noisy)).toBeGreaterThan(5 * scatter(pond()));
});

test("a probe that is not connected gives no value, and a code that the platform does not believe", () => {
  const off = pond({ kind: "disconnected-probe", device: "n", quantity: oxygen, fromMs: 0, toMs: day });
  const { values, absent } = off.look(Object.fromEntries(quantities.map((name) => [name, 5])), minute, -day);
  expect([values[oxygen], absent]).toEqual([undefined, [oxygen]]);
  expect(absenceCode("soil.temperature")).toBe(-127);
  expect(absenceCode(oxygen)).not.toBeNull();
});

test("a probe that must warm up says nothing for its first minutes", () => {
  const instruments = pond();
  const truth = Object.fromEntries(quantities.map((name) => [name, 5]));
  const shownAfter = (ms: number) => instruments.look(truth, day + ms, day).values[oxygen];
  expect(shownAfter(minute)).toBeUndefined();
  expect(shownAfter(2 * minute)).toBeDefined();
});

test("an ageing probe drifts away from what it said when it was calibrated", () => {
  const young = seen(pond(), 0)!;
  const old = seen(pond(), 300 * day)!;
  expect(Math.abs(old - young)).toBeGreaterThan(0.01);
});
