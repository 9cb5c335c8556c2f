import { expect, test } from "vitest";
import type { QuantityInfo } from "../../../../app/http/shapes.ts";
import { createWords, decimalsOf, exactResolution } from "./words.ts";

const vi = createWords("vi");
const en = createWords("en");
const moisture: QuantityInfo = {
  name: "soil.moisture",
  unit: "%",
  symbol: "%",
  resolution: 0.1,
  label: { vi: "Độ ẩm đất", en: "Soil moisture" },
};

test("Vietnamese numbers have a comma, and points between the thousands", () => {
  expect(vi.number(31.249, 0.1)).toBe("31,2");
  expect(vi.number(1284, 1)).toBe("1.284");
  expect(en.number(1284.5, 0.1)).toBe("1,284.5");
});

test("a value shows what its resolution is worth, and its unit stays with it", () => {
  expect(vi.value(31, moisture)).toBe("31,0\u00a0%");
  expect(vi.value(7.128, { ...moisture, symbol: "", resolution: 0.01 })).toBe("7,13");
});

test("nearly nothing below zero is not frost", () => {
  expect(vi.number(-0.04, 0.1)).toBe("0,0");
  expect(vi.number(-0.06, 0.1)).toBe("-0,1");
});

test.each([
  [1, 0],
  [10, 0],
  [0.5, 1],
  [0.1, 1],
  [0.01, 2],
  [0.001, 3],
  [0, 2],
  [Number.NaN, 2],
])("resolution %d is worth %i decimals", (resolution, decimals) => {
  expect(decimalsOf(resolution)).toBe(decimals);
});

// 17:30 UTC is half past midnight of the next day in the field.
const lateEvening = Date.UTC(2026, 10, 20, 17, 30);

test("times are told in the field's zone, wherever the phone is", () => {
  expect(vi.clock(lateEvening)).toBe("00:30");
  expect(vi.day(lateEvening)).toBe("21/11");
  expect(vi.dateTime(lateEvening)).toBe("00:30 21/11/2026");
  expect(en.dateTime(lateEvening)).toBe("00:30 21/11/2026");
});

test("a moment of today needs no date", () => {
  expect(vi.moment(lateEvening, lateEvening + 3_600_000)).toBe("00:30");
  expect(vi.moment(lateEvening - 3_600_000, lateEvening)).toBe("20/11 23:30");
});

test.each([
  [2.5, "27,5"],
  [0.25, "27,50"],
  [5, "28"],
])("an axis in steps of %d shows its marks as they are", (step, text) => {
  expect(vi.number(27.5, exactResolution(step))).toBe(text);
});
