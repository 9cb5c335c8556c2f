import { describe, expect, test } from "vitest";
import { resolvePack } from "./resolve.ts";

const nowMs = Date.UTC(2026, 6, 1, 6);

/** Records as `name unit value seconds`, the times as RFC 8428 writes them. */
function resolved(pack: readonly unknown[]) {
  const { records, problems } = resolvePack(pack, nowMs);
  expect(problems).toEqual([]);
  return records.map(({ name, unit, value, measuredAtMs }) => [name, unit, value, measuredAtMs / 1000]);
}

const problemsOf = (pack: readonly unknown[]) => resolvePack(pack, nowMs).problems;
const nowS = nowMs / 1000;

describe("base values", () => {
  test("base value and base sum are added; what is missing counts as zero", () => {
    const pack = [
      { bn: "a", bv: 20, bs: 100, n: "1", v: 1.5, s: 3 },
      { n: "2", v: 2 },
      { n: "3", s: 7 },
      { bv: 0, bs: 0, n: "4", v: 4 },
    ];
    const { records } = resolvePack(pack, nowMs);
    expect(records.map(({ name, value, sum }) => [name, value, sum])).toEqual([
      ["a1", 21.5, 103],
      ["a2", 22, 100],
      ["a3", 20, 107],
      ["a4", 4, 0],
    ]);
  });

  test("a record that only sets bases is none", () => {
    expect(
      resolved([
        { bn: "a:", bu: "Cel" },
        { n: "t", v: 1 },
      ]),
    ).toEqual([["a:t", "Cel", 1, nowS]]);
  });

  test("a sum needs no value", () => {
    expect(resolvePack([{ n: "e", u: "J", s: 5 }], nowMs).records).toMatchObject([
      { value: undefined, sum: 5 },
    ]);
  });
});

describe("times", () => {
  test.each([
    ["absent: now", {}, nowS],
    ["0: now", { t: 0 }, nowS],
    ["negative: in the past", { t: -3600 }, nowS - 3600],
    ["below 2^28: in the future", { t: 2 ** 28 - 1 }, nowS + 2 ** 28 - 1],
    ["2^28: the year 1978", { t: 2 ** 28 }, 2 ** 28],
    ["a negative base time", { bt: -10, t: -5 }, nowS - 15],
    ["a base time with a fraction", { bt: 1.320067464e9, t: 0.25 }, 1320067464.25],
  ])("%s", (_, fields, expected) => {
    expect(resolved([{ n: "x", v: 1, ...fields }])[0]?.[3]).toBe(expected);
  });
});

describe("what must not be read", () => {
  test.each([
    ["a version that is not known", [{ bver: 11, n: "x", v: 1 }], /version 11; up to 10/],
    [
      "two versions",
      [
        { bver: 10, n: "x", v: 1 },
        { bver: 9, n: "y", v: 1 },
      ],
      /several versions/,
    ],
    ["a version that is none", [{ bver: "10", n: "x", v: 1 }], /whole number above 0/],
    [
      "a field that must be understood",
      [
        { n: "x", v: 1 },
        { n: "y", v: 1, alt_: 3 },
      ],
      /"alt_" must be understood/,
    ],
  ])("%s costs the whole pack", (_, pack, detail) => {
    expect(resolvePack(pack, nowMs).records).toEqual([]);
    expect(problemsOf(pack)).toEqual([{ index: null, detail: expect.stringMatching(detail) }]);
  });

  test.each([
    ["two values", { n: "x", v: 1, vs: "a" }, /v and vs in one record/],
    ["no value", { n: "x" }, /no value and no sum/],
    ["no name", { v: 1 }, /the name ""/],
    ["a name with blanks", { n: "soil moisture", v: 1 }, /right are letters/],
    ["a name that begins with a dash", { n: "-x", v: 1 }, /right are letters/],
    ["a value in a string", { n: "x", v: "23.1" }, /v is "23.1"; right is a number/],
    ["a time in a string", { n: "x", v: 1, t: "now" }, /t is "now"; right is a number/],
    ["a unit that is no text", { n: "x", v: 1, u: 3 }, /u is 3; right is text/],
    ["no object", 7, /7 is no record/],
  ])("%s costs that record only", (_, record, detail) => {
    const pack = [{ n: "before", v: 1 }, record, { n: "after", v: 2 }];
    expect(resolvePack(pack, nowMs).records.map(({ name }) => name)).toEqual(["before", "after"]);
    expect(problemsOf(pack)).toEqual([{ index: 1, detail: expect.stringMatching(detail) }]);
  });

  test("a field that nobody knows is passed over", () => {
    expect(resolved([{ n: "x", v: 1, ut: 60, alt: 3 }])).toEqual([["x", null, 1, nowS]]);
  });
});
