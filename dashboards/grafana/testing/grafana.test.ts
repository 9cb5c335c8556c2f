import { expect, test } from "vitest";
import { reference, untilBoardEnds } from "../influxql/select.ts";
import { applyMacros, intervalOf } from "./grafana-macros.ts";
import { interpolate, optionsOf } from "./grafana-variables.ts";

const end = { toMs: 2_000 };
const asked = `"a" =~ /^${reference("a", "regex")}$/`;

test("one value stands alone, several in brackets, and none of their signs means anything", () => {
  expect(interpolate(asked, { a: ["Phong Điền/2 (cũ)"] }, end)).toBe('"a" =~ /^Phong Điền\\/2 \\(cũ\\)$/');
  expect(interpolate(asked, { a: ["x.y", "$z"] }, end)).toBe('"a" =~ /^(x\\.y|\\$z)$/');
});

test("a variable that is none, or is written in a way that escapes nothing, is refused", () => {
  expect(() => interpolate(asked, {}, end)).toThrow("the board has no variable a");
  expect(() => interpolate(reference("a", "raw"), { a: ["x"] }, end)).toThrow("only :regex is safe");
});

test("the end of the board's time is told in milliseconds", () => {
  expect(interpolate(untilBoardEnds(1), {}, end)).toBe("time >= 2000ms - 1d AND time <= 2000ms");
});

test("macros are replaced, and one that is left over is refused", () => {
  const range = { fromMs: 1_000, toMs: 2_000 };
  expect(applyMacros("$timeFilter time($__interval) $__interval_ms", range, 300_000)).toBe(
    "time >= 1000ms and time <= 2000ms time(5m) 300000",
  );
  expect(() => applyMacros("$timeFiltr", range, 1)).toThrow("leave a variable");
  expect(applyMacros('"a" =~ /^\\$z$/', range, 1)).toBe('"a" =~ /^\\$z$/');
});

test.each([
  ["a day in 800 points", 86_400_000, 800, 120_000],
  ["two hours in 800 points, of devices that report each minute", 7_200_000, 800, 60_000],
  ["a season in 400 points", 120 * 86_400_000, 400, 21_600_000],
  ["thirteen months in 400 points", 395 * 86_400_000, 400, 43_200_000],
])("%s", (_, rangeMs, points, intervalMs) => {
  expect(intervalOf(rangeMs, points, 60_000)).toBe(intervalMs);
});

test("an option has the text and the value that the pattern parts, each value once", () => {
  const pattern = { regex: "/^(?<text>.*) \\[(?<value>[^\\]]*)\\]$/" };
  expect(optionsOf(pattern, ["Ao [1] [a]", "Ao [a]", "nothing"])).toEqual([{ text: "Ao", value: "a" }]);
  expect(optionsOf({}, ["x"])).toEqual([{ text: "x", value: "x" }]);
});
