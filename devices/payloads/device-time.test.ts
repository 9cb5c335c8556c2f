import { expect, test } from "vitest";
import { deviceTimeMs } from "./device-time.ts";

const noon = Date.UTC(2025, 10, 21, 12, 0, 0);

test.each<[unknown, number]>([
  [noon, noon],
  [noon + 0.9, noon],
  [noon / 1000, noon],
  [noon / 1000 + 0.123, noon + 123],
  [noon * 1000 + 999, noon],
  [noon * 1_000_000, noon],
  [String(noon), noon],
  [` ${noon / 1000} `, noon],
  ["1763726400.5", noon + 500],
  ["1763726400000000000", noon],
  ["2025-11-21T12:00:00Z", noon],
  ["2025-11-21t12:00:00z", noon],
  ["2025-11-21 12:00:00+00:00", noon],
  ["2025-11-21T19:00:00+07:00", noon],
  ["2025-11-21T08:30:00-03:30", noon],
  ["2025-11-22T01:00:00.5+13:00", noon + 500],
  ["2025-11-21T12:00:00.123456789Z", noon + 123],
  ["2025-11-21T12:00:00.1Z", noon + 100],
  ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
  ["2016-12-31T23:59:60Z", Date.UTC(2017, 0, 1)],
  ["0099-01-01T00:00:00Z", -59042995200000],
])("%j is a time", (ts, ms) => {
  expect(deviceTimeMs(ts)).toBe(ms);
});

test("a clock that began at zero stays in 1970, a wrapped one before it: times, though not to be believed", () => {
  expect(deviceTimeMs(0)).toBe(0);
  expect(deviceTimeMs(31)).toBe(31_000);
  expect(deviceTimeMs(-2_147_483_648)).toBe(-2_147_483_648_000);
  expect(deviceTimeMs(2_085_978_496)).toBe(Date.UTC(2036, 1, 7, 6, 28, 16));
});

test("the same second in any unit is the same reading, from 1974 to 2100", () => {
  for (let s = Date.UTC(1974) / 1000; s < Date.UTC(2100) / 1000; s += 9_999_991) {
    const forms = [s, s * 1000, s * 1e6, s * 1e9, String(s), new Date(s * 1000).toISOString()];
    expect(forms.map(deviceTimeMs)).toEqual(forms.map(() => s * 1000));
  }
});

test.each([
  null,
  undefined,
  true,
  {},
  [],
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e21,
  "",
  "now",
  "0x10",
  "1e12",
  "2025-11-21",
  "2025-11-21T12:00:00",
  "2025-11-21T12:00Z",
  "2025-02-29T00:00:00Z",
  "2025-13-01T00:00:00Z",
  "2025-00-01T00:00:00Z",
  "2025-11-31T00:00:00Z",
  "2025-11-21T24:00:00Z",
  "2025-11-21T12:60:00Z",
  "2025-11-21T12:00:61Z",
  "2025-11-21T12:00:00+24:00",
  "2025-11-21T12:00:00.1234567890Z",
  "21/11/2025 12:00:00",
  "2025-11-21T12:00:00Z; DROP",
  "1".repeat(100_000),
])("%j is no time", (ts) => {
  expect(deviceTimeMs(ts)).toBeNull();
});
