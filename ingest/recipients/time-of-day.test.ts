import { expect, test } from "vitest";
import { nextTimeMs, quietEndMs } from "./time-of-day.ts";

/** A time of 20 November 2026 in Viet Nam. */
const at = (time: string, day = 20) => Date.parse(`2026-11-${day}T${time}:00+07:00`);
const night = { from: "22:00", to: "05:00" };

test("quiet hours go over midnight, begin with their minute and end with it", () => {
  expect(quietEndMs(night, at("21:59"))).toBe(at("21:59"));
  expect(quietEndMs(night, at("22:00"))).toBe(at("05:00", 21));
  expect(quietEndMs(night, at("04:59"))).toBe(at("05:00"));
  expect(quietEndMs(night, at("05:00"))).toBe(at("05:00"));
});

test("quiet hours within a day, of no length, or none at all", () => {
  const noon = { from: "11:30", to: "13:00" };
  expect(quietEndMs(noon, at("12:00"))).toBe(at("13:00"));
  expect(quietEndMs(noon, at("23:00"))).toBe(at("23:00"));
  expect(quietEndMs({ from: "06:00", to: "06:00" }, at("06:00"))).toBe(at("06:00"));
  expect(quietEndMs(null, at("23:00"))).toBe(at("23:00"));
});

test("the next time of day is today's, or tomorrow's", () => {
  expect(nextTimeMs("06:30", at("06:30"))).toBe(at("06:30"));
  expect(nextTimeMs("06:30", at("06:31"))).toBe(at("06:30", 21));
  expect(nextTimeMs("00:00", at("23:59"))).toBe(at("00:00", 21));
});
