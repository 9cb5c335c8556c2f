import { describe, expect, test } from "vitest";
import {
  daylightHours,
  dayOfYear,
  inverseRelativeDistance,
  middleDayOfMonth,
  seasonalCorrectionHours,
  solarDeclinationRad,
  solarElevationRad,
  solarHourAngleRad,
  sunsetHourAngleRad,
} from "./sun.ts";

describe("FAO-56 examples", () => {
  test("8 and 9: 20° south on 3 September", () => {
    expect(inverseRelativeDistance(246)).toBeCloseTo(0.985, 3);
    expect(solarDeclinationRad(246)).toBeCloseTo(0.12, 3);
    expect(sunsetHourAngleRad(-20, 246)).toBeCloseTo(1.527, 3);
    expect(daylightHours(-20, 246)).toBeCloseTo(11.7, 1);
  });

  test("10, 17 and 18: length of the day", () => {
    expect(daylightHours(-22.9, 135)).toBeCloseTo(10.9, 1);
    expect(Math.abs(daylightHours(13.7333, 105) - 12.31)).toBeLessThan(0.02);
    expect(daylightHours(50.8, 187)).toBeCloseTo(16.1, 1);
  });

  test("19: the sun over N'Diaye at half past two, told in UTC", () => {
    const moment = { latitudeDeg: 16.2167, longitudeDeg: -16.25, dayOfYear: 274, utcHours: 15.5 };
    expect(solarDeclinationRad(274)).toBeCloseTo(-0.0753, 4);
    expect(seasonalCorrectionHours(274)).toBeCloseTo(0.1889, 4);
    expect(solarHourAngleRad(moment)).toBeCloseTo(0.682, 3);
  });
});

describe("hours", () => {
  const hanoi = { latitudeDeg: 21, longitudeDeg: 105.8, dayOfYear: 172 };

  test("noon in Hanoi is soon after 5 UTC, and the sun then stands nearly overhead in June", () => {
    const elevations = Array.from({ length: 240 }, (_, tenth) => ({
      utcHours: tenth / 10,
      height: solarElevationRad({ ...hanoi, utcHours: tenth / 10 }),
    }));
    const highest = elevations.reduce((best, next) => (next.height > best.height ? next : best));
    expect(highest.utcHours).toBe(5);
    expect((highest.height * 180) / Math.PI).toBeGreaterThan(86);
  });

  test("the hour angle does not jump out of -π..π at midnight UTC, morning in Vietnam", () => {
    const before = solarHourAngleRad({ ...hanoi, utcHours: 23.99 });
    const after = solarHourAngleRad({ ...hanoi, dayOfYear: 173, utcHours: 0.01 });
    // The sundial itself drifts by some seconds a day.
    expect(Math.abs(after - before - (0.02 * Math.PI) / 12)).toBeLessThan(0.002);
  });
});

describe("days", () => {
  test("the day of the year turns at local midnight", () => {
    expect(dayOfYear(Date.UTC(2025, 0, 31, 16, 59), 7)).toBe(31);
    expect(dayOfYear(Date.UTC(2025, 0, 31, 17, 0), 7)).toBe(32);
    expect(dayOfYear(Date.UTC(2024, 11, 31, 12), 0)).toBe(366);
    expect(dayOfYear(Date.UTC(2024, 11, 31, 20), 7)).toBe(1);
  });

  test("a month is stood for by its middle day (FAO-56 examples 17 and 20: 105 and 196 or so)", () => {
    expect([1, 4, 5, 7, 12].map(middleDayOfMonth)).toEqual([15, 106, 137, 197, 349]);
  });

  test("the polar sun neither rises in winter nor sets in summer", () => {
    expect(daylightHours(80, 355)).toBe(0);
    expect(daylightHours(80, 172)).toBe(24);
  });
});
