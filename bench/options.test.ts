import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const known = ["sustained", "kills"];

test("nothing said is every row at full length", () => {
  expect(readOptions([], known)).toMatchObject({
    rows: [],
    short: false,
    seconds: 60,
    readings: 100_000_000,
    kills: 100,
    cpuProfiles: null,
  });
});

test("a short run takes little of everything, but what is said counts", () => {
  expect(readOptions(["kills", "--short", "--kills", "7"], known)).toMatchObject({
    rows: ["kills"],
    short: true,
    seconds: 3,
    kills: 7,
  });
});

test("a row that there is not is told with those that there are", () => {
  expect(() => readOptions(["sustaind"], known)).toThrow(
    "no row is called sustaind; there are sustained, kills",
  );
});

test.each(["0", "1.5", "many", "-3"])("%s is no number of seconds", (given) => {
  expect(() => readOptions([`--seconds=${given}`], known)).toThrow(
    "--seconds must be a whole number above 0",
  );
});

test("an option that there is not is refused", () => {
  expect(() => readOptions(["--fast"], known)).toThrow(TypeError);
});
