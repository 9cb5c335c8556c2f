import { expect, test } from "vitest";
import { conducted, dampingDepthM, nodesCm, temperatureAtCm } from "./soil-heat.ts";

const dayS = 86_400;
const meanC = 26;
const amplitudeC = 8;

/** A surface that swings as a sine for some days; the last day's temperatures at a depth, by ten minutes. */
function lastDayAt(depthCm: number, days = 12): number[] {
  let temperatures: readonly number[] = nodesCm.map(() => meanC);
  const seen: number[] = [];
  for (let step = 0; step < days * 144; step++) {
    const surfaceC = meanC + amplitudeC * Math.sin((2 * Math.PI * (step + 1)) / 144);
    temperatures = conducted(temperatures, surfaceC, meanC, 1 / 6);
    if (step >= (days - 1) * 144) seen.push(temperatureAtCm(temperatures, depthCm));
  }
  return seen;
}

/** The wave that the equation of heat conduction gives: e^(-z/d) of the amplitude, z/d radians late. */
test.each([5, 10, 20, 30])(
  "a day's wave at %d cm is damped and late as the analytic solution is",
  (depthCm) => {
    const depth = depthCm / 100 / dampingDepthM(dayS);
    const seen = lastDayAt(depthCm);
    const swing = (Math.max(...seen) - Math.min(...seen)) / 2;
    expect(Math.abs(swing / (amplitudeC * Math.exp(-depth)) - 1)).toBeLessThan(0.12);
    const warmestStep = seen.indexOf(Math.max(...seen)) + 1;
    const expectedStep = ((Math.PI / 2 + depth) / (2 * Math.PI)) * 144;
    expect(Math.abs(warmestStep - expectedStep)).toBeLessThan(5);
  },
);

test("the damping depth is 12 cm for a day and 2.2 m for a year (Campbell 1985, for moist soil)", () => {
  expect(dampingDepthM(dayS)).toBeCloseTo(0.117, 3);
  expect(dampingDepthM(365.25 * dayS)).toBeCloseTo(2.24, 2);
});

test("a surface that stays warm warms everything below, in the end", () => {
  let temperatures: readonly number[] = nodesCm.map(() => 20);
  for (let step = 0; step < 400 * 24; step++) temperatures = conducted(temperatures, 30, 30, 1);
  for (const celsius of temperatures) expect(celsius).toBeCloseTo(30, 1);
});
