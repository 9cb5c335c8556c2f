import { describe, expect, test } from "vitest";
import { resolvePack } from "./resolve.ts";

const nowMs = Date.UTC(2026, 6, 1, 6);
const device = "urn:dev:ow:10e2073a01080063";

/** Records as `name unit value seconds`, the times as RFC 8428 writes them. */
function resolved(pack: readonly unknown[]) {
  const { records, problems } = resolvePack(pack, nowMs);
  expect(problems).toEqual([]);
  return records.map(({ name, unit, value, measuredAtMs }) => [name, unit, value, measuredAtMs / 1000]);
}

const problemsOf = (pack: readonly unknown[]) => resolvePack(pack, nowMs).problems;
const nowS = nowMs / 1000;

describe("the examples of RFC 8428", () => {
  test("5.1.1, a single datapoint", () => {
    expect(resolved([{ n: device, u: "Cel", v: 23.1 }])).toEqual([[device, "Cel", 23.1, nowS]]);
  });

  test("5.1.2, several datapoints of now", () => {
    const pack = [
      { bn: `${device}:`, n: "voltage", u: "V", v: 120.1 },
      { n: "current", u: "A", v: 1.2 },
    ];
    expect(resolved(pack)).toEqual([
      [`${device}:voltage`, "V", 120.1, nowS],
      [`${device}:current`, "A", 1.2, nowS],
    ]);
  });

  test("5.1.2, with a base time, a base unit and a version", () => {
    const bn = "urn:dev:ow:10e2073a0108006:";
    const pack = [
      { bn, bt: 1.276020076001e9, bu: "A", bver: 5, n: "voltage", u: "V", v: 120.1 },
      { n: "current", t: -5, v: 1.2 },
      { n: "current", t: -4, v: 1.3 },
      { n: "current", t: -3, v: 1.4 },
      { n: "current", t: -2, v: 1.5 },
      { n: "current", t: -1, v: 1.6 },
      { n: "current", v: 1.7 },
    ];
    expect(resolved(pack)).toEqual([
      [`${bn}voltage`, "V", 120.1, 1276020076.001],
      [`${bn}current`, "A", 1.2, 1276020071.001],
      [`${bn}current`, "A", 1.3, 1276020072.001],
      [`${bn}current`, "A", 1.4, 1276020073.001],
      [`${bn}current`, "A", 1.5, 1276020074.001],
      [`${bn}current`, "A", 1.6, 1276020075.001],
      [`${bn}current`, "A", 1.7, 1276020076.001],
    ]);
  });

  test("5.1.2, a series without names of its own", () => {
    const pack = [
      { bn: device, bt: 1.320067464e9, bu: "%RH", v: 21.2 },
      { t: 10, v: 21.3 },
      { t: 20, v: 21.4 },
      { t: 80, v: 21.7 },
    ];
    expect(resolved(pack)).toEqual([
      [device, "%RH", 21.2, 1320067464],
      [device, "%RH", 21.3, 1320067474],
      [device, "%RH", 21.4, 1320067484],
      [device, "%RH", 21.7, 1320067544],
    ]);
  });

  test("5.1.3 and 5.1.4, several measurements, and the same resolved", () => {
    const pack = [
      { bn: device, bt: 1.320067464e9, bu: "%RH", v: 20 },
      { u: "lon", v: 24.30621 },
      { u: "lat", v: 60.07965 },
      { t: 60, v: 20.3 },
      { u: "lon", t: 60, v: 24.30622 },
      { u: "%EL", t: 150, v: 98 },
      { t: 180, v: 21.2 },
    ];
    const alone = [
      { n: device, u: "%RH", t: 1.320067464e9, v: 20 },
      { n: device, u: "lon", t: 1.320067464e9, v: 24.30621 },
      { n: device, u: "lat", t: 1.320067464e9, v: 60.07965 },
      { n: device, u: "%RH", t: 1.320067524e9, v: 20.3 },
      { n: device, u: "lon", t: 1.320067524e9, v: 24.30622 },
      { n: device, u: "%EL", t: 1.320067614e9, v: 98 },
      { n: device, u: "%RH", t: 1.320067644e9, v: 21.2 },
    ];
    expect(resolved(pack)).toEqual(resolved(alone));
    expect(resolved(alone)[5]).toEqual([device, "%EL", 98, 1320067614]);
  });

  test("5.1.5, several types of data", () => {
    const pack = [
      { bn: `${device}:`, n: "temp", u: "Cel", v: 23.1 },
      { n: "label", vs: "Machine Room" },
      { n: "open", vb: false },
      { n: "nfc-reader", vd: "aGkgCg" },
    ];
    expect(resolved(pack).map(([name, , value]) => [name, value])).toEqual([
      [`${device}:temp`, 23.1],
      [`${device}:label`, "Machine Room"],
      [`${device}:open`, false],
      [`${device}:nfc-reader`, "aGkgCg"],
    ]);
  });

  test("5.1.6, a collection of resources: a new base name keeps the base time", () => {
    const pack = [
      { bn: "2001:db8::2/", bt: 1.320078429e9, n: "temperature", u: "Cel", v: 25.2 },
      { n: "humidity", u: "%RH", v: 30 },
      { bn: "2001:db8::1/", n: "temperature", u: "Cel", v: 12.3 },
      { n: "humidity", u: "%RH", v: 67 },
    ];
    expect(resolved(pack)).toEqual([
      ["2001:db8::2/temperature", "Cel", 25.2, 1320078429],
      ["2001:db8::2/humidity", "%RH", 30, 1320078429],
      ["2001:db8::1/temperature", "Cel", 12.3, 1320078429],
      ["2001:db8::1/humidity", "%RH", 67, 1320078429],
    ]);
  });
});

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
