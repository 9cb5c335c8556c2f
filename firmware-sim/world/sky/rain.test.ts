import { expect, test } from "vitest";
import { keyAt, keyOf } from "../../chance.ts";
import { fallenMm, intensityMmH, isWetDay, showersOfDay, wetDayMm } from "./rain.ts";

const key = keyOf(1, "rain");
const count = 20_000;
const days = Array.from({ length: count }, (_, day) => day);

test.each([0.05, 0.3, 0.7])(
  "of all days %d are wet, and a wet day is followed by another more often",
  (share) => {
    const wet = days.map((day) => isWetDay(key, day, () => share));
    const after = (state: boolean) => {
      const next = wet.filter((_, n) => n > 0 && wet[n - 1] === state);
      return next.filter((isWet) => isWet).length / next.length;
    };
    expect(wet.filter((isWet) => isWet).length / count).toBeCloseTo(share, 1);
    expect(after(true) - after(false)).toBeGreaterThan(0.2);
    expect(after(true) - after(false)).toBeLessThan(0.3);
  },
);

test.each([3, 12, 25])(
  "wet days bring %d mm on average, most of them less, some of them much more",
  (meanMm) => {
    const amounts = days.map((day) => wetDayMm(keyAt(key, day), meanMm));
    const mean = amounts.reduce((sum, mm) => sum + mm, 0) / count;
    expect(Math.abs(mean / meanMm - 1)).toBeLessThan(0.06);
    expect(amounts.filter((mm) => mm < meanMm).length / count).toBeGreaterThan(0.6);
    expect(Math.max(...amounts)).toBeGreaterThan(5 * meanMm);
  },
);

test("the spread of amounts is the gamma's: its variance is mean times scale", () => {
  const meanMm = 12;
  const scale = -2.16 + 1.83 * meanMm;
  const amounts = days.map((day) => wetDayMm(keyAt(key, day), meanMm));
  const variance = amounts.reduce((sum, mm) => sum + (mm - meanMm) ** 2, 0) / count;
  expect(Math.abs(variance / (meanMm * scale) - 1)).toBeLessThan(0.1);
});

test("a day's showers bring all of its rain, and their intensity is how fast it falls", () => {
  for (const day of days.slice(0, 300)) {
    const showers = showersOfDay(keyAt(key, day), day, 20);
    const whole = showers.reduce((sum, shower) => sum + fallenMm(shower, day + 3), 0);
    expect(whole).toBeCloseTo(20, 9);
    for (const shower of showers) {
      const middle = shower.beginDays + 0.3 * (shower.endDays - shower.beginDays);
      const minute = 1 / 1440;
      const perHour = (fallenMm(shower, middle + minute / 2) - fallenMm(shower, middle - minute / 2)) * 60;
      expect(intensityMmH(shower, middle)).toBeCloseTo(perHour, 3);
      expect(intensityMmH(shower, middle)).toBeLessThan(150);
    }
  }
});
