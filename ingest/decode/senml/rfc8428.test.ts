import { describe, expect, test } from "vitest";
import { cborBody } from "./cbor-records.ts";
import { resolvePack } from "./resolve.ts";

/*
 * Every example of RFC 8428 in JSON and in CBOR, by its section, resolved to records that stand alone (4.6).
 */
const nowMs = Date.UTC(2026, 6, 1, 6);
const nowS = nowMs / 1000;
const device = "urn:dev:ow:10e2073a01080063";

type Alone = readonly [name: string, unit: string | null, value: unknown, seconds: number];

function resolved(pack: readonly unknown[]): Alone[] {
  const { records, problems } = resolvePack(pack, nowMs);
  expect(problems).toEqual([]);
  return records.map(({ name, unit, value, measuredAtMs }) => [name, unit, value, measuredAtMs / 1000]);
}

test("5.1.1, a single data point", () => {
  expect(resolved([{ n: device, u: "Cel", v: 23.1 }])).toEqual([[device, "Cel", 23.1, nowS]]);
});

test("5.1.2, several data points of now", () => {
  const pack = [
    { bn: `${device}:`, n: "voltage", u: "V", v: 120.1 },
    { n: "current", u: "A", v: 1.2 },
  ];
  expect(resolved(pack)).toEqual([
    [`${device}:voltage`, "V", 120.1, nowS],
    [`${device}:current`, "A", 1.2, nowS],
  ]);
});

describe("5.1.2 with a base time, a base unit and a version", () => {
  const bn = "urn:dev:ow:10e2073a0108006:";
  const alone: Alone[] = [
    [`${bn}voltage`, "V", 120.1, 1276020076.001],
    [`${bn}current`, "A", 1.2, 1276020071.001],
    [`${bn}current`, "A", 1.3, 1276020072.001],
    [`${bn}current`, "A", 1.4, 1276020073.001],
    [`${bn}current`, "A", 1.5, 1276020074.001],
    [`${bn}current`, "A", 1.6, 1276020075.001],
    [`${bn}current`, "A", 1.7, 1276020076.001],
  ];

  test("in JSON", () => {
    const pack = [
      { bn, bt: 1.276020076001e9, bu: "A", bver: 5, n: "voltage", u: "V", v: 120.1 },
      { n: "current", t: -5, v: 1.2 },
      { n: "current", t: -4, v: 1.3 },
      { n: "current", t: -3, v: 1.4 },
      { n: "current", t: -2, v: 1.5 },
      { n: "current", t: -1, v: 1.6 },
      { n: "current", v: 1.7 },
    ];
    expect(resolved(pack)).toEqual(alone);
  });

  test("in CBOR, byte for byte as section 6 dumps it", () => {
    const dump = `
      87 a7 21 78 1b 75 72 6e 3a 64 65 76 3a 6f 77 3a
      31 30 65 32 30 37 33 61 30 31 30 38 30 30 36 3a
      22 fb 41 d3 03 a1 5b 00 10 62 23 61 41 20 05 00
      67 76 6f 6c 74 61 67 65 01 61 56 02 fb 40 5e 06
      66 66 66 66 66 a3 00 67 63 75 72 72 65 6e 74 06
      24 02 fb 3f f3 33 33 33 33 33 33 a3 00 67 63 75
      72 72 65 6e 74 06 23 02 fb 3f f4 cc cc cc cc cc
      cd a3 00 67 63 75 72 72 65 6e 74 06 22 02 fb 3f
      f6 66 66 66 66 66 66 a3 00 67 63 75 72 72 65 6e
      74 06 21 02 f9 3e 00 a3 00 67 63 75 72 72 65 6e
      74 06 20 02 fb 3f f9 99 99 99 99 99 9a a3 00 67
      63 75 72 72 65 6e 74 06 00 02 fb 3f fb 33 33 33
      33 33 33`;
    const bytes = Buffer.from(dump.replaceAll(/\s/g, ""), "hex");
    expect(bytes).toHaveLength(0xc3);
    expect(resolved(cborBody(bytes, 8) as readonly unknown[])).toEqual(alone);
  });
});

test("5.1.2, a stream without names of its own", () => {
  const values = [21.2, 21.3, 21.4, 21.4, 21.5, 21.5, 21.5, 21.6, 21.7];
  const [first, ...later] = values;
  const pack = [
    { bn: device, bt: 1.320067464e9, bu: "%RH", v: first },
    ...later.map((v, i) => ({ t: 10 * (i + 1), v })),
  ];
  expect(resolved(pack)).toEqual(values.map((v, i) => [device, "%RH", v, 1320067464 + 10 * i]));
});

test("5.1.3, several measurements of a device that moves, are those of 5.1.4, resolved", () => {
  const pack = [
    { bn: device, bt: 1.320067464e9, bu: "%RH", v: 20 },
    { u: "lon", v: 24.30621 },
    { u: "lat", v: 60.07965 },
    { t: 60, v: 20.3 },
    { u: "lon", t: 60, v: 24.30622 },
    { u: "lat", t: 60, v: 60.07965 },
    { t: 120, v: 20.7 },
    { u: "lon", t: 120, v: 24.30623 },
    { u: "lat", t: 120, v: 60.07966 },
    { u: "%EL", t: 150, v: 98 },
    { t: 180, v: 21.2 },
    { u: "lon", t: 180, v: 24.30628 },
    { u: "lat", t: 180, v: 60.07967 },
  ];
  const alone: Alone[] = [
    [device, "%RH", 20, 1.320067464e9],
    [device, "lon", 24.30621, 1.320067464e9],
    [device, "lat", 60.07965, 1.320067464e9],
    [device, "%RH", 20.3, 1.320067524e9],
    [device, "lon", 24.30622, 1.320067524e9],
    [device, "lat", 60.07965, 1.320067524e9],
    [device, "%RH", 20.7, 1.320067584e9],
    [device, "lon", 24.30623, 1.320067584e9],
    [device, "lat", 60.07966, 1.320067584e9],
    [device, "%EL", 98, 1.320067614e9],
    [device, "%RH", 21.2, 1.320067644e9],
    [device, "lon", 24.30628, 1.320067644e9],
    [device, "lat", 60.07967, 1.320067644e9],
  ];
  expect(resolved(pack)).toEqual(alone);
  expect(resolved(alone.map(([n, u, v, t]) => ({ n, u, t, v })))).toEqual(alone);
});

test("5.1.5, several types of data", () => {
  const pack = [
    { bn: `${device}:`, n: "temp", u: "Cel", v: 23.1 },
    { n: "label", vs: "Machine Room" },
    { n: "open", vb: false },
    { n: "nfv-reader", vd: "aGkgCg" },
  ];
  expect(resolved(pack)).toEqual([
    [`${device}:temp`, "Cel", 23.1, nowS],
    [`${device}:label`, null, "Machine Room", nowS],
    [`${device}:open`, null, false, nowS],
    [`${device}:nfv-reader`, null, "aGkgCg", nowS],
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

describe("5.1.7, what sets an actuator, resolves like anything else", () => {
  test("a thermostat, whose first record is a base name alone", () => {
    const pack = [
      { bn: `${device}:` },
      { n: "temp", u: "Cel", v: 23.1 },
      { n: "heat", u: "/", v: 1 },
      { n: "fan", u: "/", v: 0 },
    ];
    expect(resolved(pack)).toEqual([
      [`${device}:temp`, "Cel", 23.1, nowS],
      [`${device}:heat`, "/", 1, nowS],
      [`${device}:fan`, "/", 0, nowS],
    ]);
  });

  test("two lights at a time", () => {
    const pack = [
      { bt: 1.320078429e9, bu: "/", n: "2001:db8::3", v: 1 },
      { n: "2001:db8::4", v: 1 },
    ];
    expect(resolved(pack)).toEqual([
      ["2001:db8::3", "/", 1, 1320078429],
      ["2001:db8::4", "/", 1, 1320078429],
    ]);
  });

  test("two lights dimmed, and off a tenth of a second later", () => {
    const pack = [
      { bt: 1.320078429e9, bu: "/", n: "2001:db8::3", v: 0.5 },
      { n: "2001:db8::4", v: 0.5 },
      { n: "2001:db8::3", t: 0.1, v: 0 },
      { n: "2001:db8::4", t: 0.1, v: 0 },
    ];
    expect(resolved(pack)).toEqual([
      ["2001:db8::3", "/", 0.5, 1320078429],
      ["2001:db8::4", "/", 0.5, 1320078429],
      ["2001:db8::3", "/", 0, 1320078429.1],
      ["2001:db8::4", "/", 0, 1320078429.1],
    ]);
  });
});
