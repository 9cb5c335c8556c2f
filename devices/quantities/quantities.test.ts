import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { quantities, quantityOf } from "./quantities.ts";
import { commonSentinels } from "./sentinels.ts";

/** Every code was looked up in the UCUM specification; curly braces are its annotations, for units it does not know. */
const ucumCodes = new Set([
  "%",
  "1",
  "A",
  "Cel",
  "Cel.d",
  "L/min",
  "Pa",
  "V",
  "W",
  "W/m2",
  "[pH]",
  "[ppm]",
  "cm",
  "d",
  "dB",
  "dB{mW}",
  "dS/m",
  "deg",
  "h",
  "hPa",
  "kPa",
  "kg",
  "km",
  "kW.h",
  "lx",
  "m",
  "m/s",
  "m3",
  "mA",
  "mV",
  "mg/L",
  "mg/m3",
  "mm",
  "mm/h",
  "s",
  "uS/cm",
  "ug/L",
  "ug/m3",
  "umol/(m2.s)",
  "{NTU}",
  "{PSU}",
]);

/** Sentinels that lie within the plausible range on purpose; the declaration says why. */
const sentinelsInRange: Readonly<Record<string, readonly number[]>> = {
  "water.ec": [65535, 65534],
  "water.ec2": [65535, 65534],
  "water.tds": [65535, 65534],
  "probe.temperature": [85],
  "probe.temperature2": [85],
  "probe.temperature3": [85],
};

describe.each([...quantities.values()])("$name", (quantity) => {
  test("has a name that splits into two words", () => {
    expect(quantity.name).toMatch(/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/);
  });

  test("has a UCUM code", () => {
    expect(ucumCodes).toContain(quantity.unit);
    expect(quantity.unit).toMatch(/^[!-~]+$/);
  });

  test("has a finite range of one step at least", () => {
    const { min, max } = quantity.plausible;
    expect(Number.isFinite(min) && Number.isFinite(max)).toBe(true);
    expect(quantity.resolution).toBeGreaterThan(0);
    expect(max - min).toBeGreaterThanOrEqual(quantity.resolution);
  });

  test("is called something in both languages, in composed letters and without stray blanks", () => {
    for (const label of [quantity.label.vi, quantity.label.en, quantity.symbol]) {
      expect(label).toBe(label.normalize("NFC").trim());
    }
    expect(quantity.label.vi).not.toBe("");
    expect(quantity.label.en).toMatch(/^[A-Z][ -~]+$/);
  });

  test("never takes a measurement for a sentinel, except where it says why", () => {
    const { min, max } = quantity.plausible;
    const inRange = quantity.sentinels.filter((value) => value >= min && value <= max);
    expect(inRange).toEqual(sentinelsInRange[quantity.name] ?? []);
    expect(new Set(quantity.sentinels).size).toBe(quantity.sentinels.length);
  });
});

test("no name and no label stands for two quantities", () => {
  const all = [...quantities.values()];
  expect(new Set(all.map(({ name }) => name.toLowerCase())).size).toBe(all.length);
  expect(new Set(declaredNames()).size).toBe(declaredNames().length);
  expect(new Set(all.map(({ label }) => label.vi)).size).toBe(all.length);
  expect(new Set(all.map(({ label }) => label.en)).size).toBe(all.length);
});

test("every quantity declared in the folder is in the catalogue, and no others but numbered ones", () => {
  const declared = declaredNames();
  expect(declared.filter((name) => !quantities.has(name))).toEqual([]);
  const others = [...quantities.keys()].filter((name) => !declared.includes(name));
  expect(others.filter((name) => !/^(logger\.channel|soil|water).*\d$/.test(name))).toEqual([]);
});

test("what is measured again is what is measured first, under a number", () => {
  const { label, ...deeper } = quantityOf("soil.moisture5")!;
  expect(label).toEqual({ vi: "Độ ẩm đất, tầng 5", en: "Soil moisture, depth 5" });
  expect({ ...deeper, name: "soil.moisture", label: quantityOf("soil.moisture")!.label }).toEqual(
    quantityOf("soil.moisture"),
  );
});

test("every code on the UCUM list is in use", () => {
  const used = new Set([...quantities.values()].map(({ unit }) => unit));
  expect([...ucumCodes].filter((code) => !used.has(code))).toEqual([]);
});

test("the sentinels seen in real payloads are known where they occur", () => {
  const seen: [string, number][] = [
    ["air.temperature", 327.67],
    ["water.temperature", -327.68],
    ["soil.temperature", 3276.7],
    ["soil.moisture", 6553.5],
    ["soil.ec", 655.35],
    ["water.distance", 65.535],
    ["air.nh3", 65535],
    ["air.nh3", 65534],
    ["air.h2s", 655.34],
    ["water.ph", -9999],
    ["air.pressure", 9999],
    ["wind.speed", -99.9],
    ["water.temperature", -127],
    ["water.temperature", 85],
    ["power.batteryPercent", 255],
  ];
  const unknown = seen.filter(([name, value]) => !quantityOf(name)?.sentinels.includes(value));
  expect(unknown).toEqual([]);
});

test("a common sentinel that a counter can reach is not one for that counter", () => {
  expect(commonSentinels).toContain(6553.5);
  expect(quantityOf("rain.cumulative")?.sentinels).not.toContain(6553.5);
  expect(quantityOf("rain.amount")?.sentinels).toContain(6553.5);
});

test("a name nobody declared is no quantity", () => {
  expect(quantityOf("soil.Moisture")).toBeUndefined();
  expect(quantityOf("constructor")).toBeUndefined();
});

function declaredNames(): string[] {
  const files = readdirSync(import.meta.dirname).filter((file) => !file.endsWith(".test.ts"));
  const source = files.map((file) => readFileSync(`${import.meta.dirname}/${file}`, "utf8")).join("\n");
  return [...source.matchAll(/^ {4}name: "([^"]+)"/gm)].map((match) => match[1]!);
}
