import { expect, test } from "vitest";
import { ageText, durationText } from "./age.ts";
import { en } from "./en.ts";
import { vi } from "./vi.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [0, "vừa xong"],
  [59_999, "vừa xong"],
  [minute, "1 phút trước"],
  [3.9 * minute, "3 phút trước"],
  [59.99 * minute, "59 phút trước"],
  [hour, "1 giờ trước"],
  [23.99 * hour, "23 giờ trước"],
  [day, "1 ngày trước"],
  [40 * day, "40 ngày trước"],
])("%d ms ago is %s", (ageMs, text) => expect(ageText(vi, ageMs)).toBe(text));

test("a reading that is ahead of the clock is new, not from the future", () => {
  expect(ageText(vi, -5000)).toBe("vừa xong");
});

test("English counts in its own way", () => {
  expect(ageText(en, 3 * minute)).toBe("3 min ago");
  expect(ageText(en, day)).toBe("1 day ago");
  expect(durationText(en, 26 * hour)).toBe("1 day 2 h");
});

test.each([
  [45_000, "45 giây"],
  [10 * minute, "10 phút"],
  [3 * hour, "3 giờ"],
  [3 * hour + 20 * minute, "3 giờ 20 phút"],
  [59.7 * minute, "1 giờ"],
  [2 * day + 5 * hour, "2 ngày 5 giờ"],
  [-1, "0 giây"],
])("%d ms last %s", (durationMs, text) => expect(durationText(vi, durationMs)).toBe(text));
