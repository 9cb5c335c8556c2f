import { describe, expect, test } from "vitest";
import {
  oxygenSaturationPct,
  temperatureHumidityIndex,
  unionisedAmmoniaMgL,
  vapourPressureDeficitKpa,
} from "../../agronomy/index.ts";
import { quantityOf, type Reading } from "../../devices/index.ts";
import { derivations } from "./derivations.ts";
import { createDeriver, type Deriver } from "./deriver.ts";
import type { Surroundings } from "./surroundings.ts";

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 2, 1, 5);

const nowhere: Surroundings = {
  place: null,
  placeKind: null,
  latitudeDeg: null,
  longitudeDeg: null,
  altitudeM: null,
  soilTexture: null,
  crop: null,
  rootDepthM: null,
};
const shed = { ...nowhere, place: "chuong-1", placeKind: "shed" } as const;
const deriverAt = (surroundings: Partial<Surroundings> = {}) =>
  createDeriver({ surroundingsOf: () => ({ ...nowhere, ...surroundings }) });

function said(device: string, atMs: number, values: Readonly<Record<string, number>>): Reading[] {
  return Object.entries(values).map(([quantity, value]) => {
    return { device, quantity, value, measuredAtMs: atMs, receivedAtMs: atMs + 1000, live: true };
  });
}
function takes(deriver: Deriver, atMs: number, values: Readonly<Record<string, number>>, device = "n1") {
  return deriver.take(device, said(device, atMs, values));
}
const valueIn = (derived: readonly (readonly [string, number, number])[], quantity: string) =>
  derived.find(([name]) => name === quantity)?.[2];

test.each(derivations)("$quantity is in the catalogue, and so is what it is reckoned of", (derivation) => {
  for (const name of [derivation.quantity, derivation.of, ...derivation.with.map(({ quantity }) => quantity)])
    expect([name, quantityOf(name) !== undefined]).toEqual([name, true]);
});

describe("one uplink with all that is needed", () => {
  test("gives the state of the air, at the time of its temperature", () => {
    const derived = takes(deriverAt(shed), noon, { "air.temperature": 31, "air.relativeHumidity": 60 });
    expect(derived.map(([name, atMs]) => [name, atMs])).toEqual([
      ["air.vapourPressureDeficit", noon],
      ["air.dewPoint", noon],
      ["air.thi", noon],
    ]);
    expect(valueIn(derived, "air.vapourPressureDeficit")).toBeCloseTo(vapourPressureDeficitKpa(31, 60), 4);
    expect(valueIn(derived, "air.thi")).toBeCloseTo(temperatureHumidityIndex(31, 60), 3);
  });

  test("gives no stress of animals in the open", () => {
    const derived = takes(deriverAt(), noon, { "air.temperature": 31, "air.relativeHumidity": 60 });
    expect(valueIn(derived, "air.thi")).toBeUndefined();
  });

  test("gives the poison in the pond, and how full of oxygen it is", () => {
    const water = {
      "water.temperature": 29,
      "water.ph": 8.4,
      "water.ammonium": 0.8,
      "water.dissolvedOxygen": 6,
    };
    const derived = takes(deriverAt(), noon, water);
    const ammonia = unionisedAmmoniaMgL({ totalAmmoniaMgL: 0.8, ph: 8.4, temperatureC: 29 })!;
    expect(valueIn(derived, "water.ammonia")).toBeCloseTo(ammonia, 5);
    const saturation = oxygenSaturationPct(6, { temperatureC: 29 })!;
    expect(valueIn(derived, "water.dissolvedOxygenSaturation")).toBeCloseTo(saturation, 2);
  });

  test("takes the salt into account where it is measured", () => {
    const fresh = { "water.temperature": 29, "water.dissolvedOxygen": 6 };
    const inFresh = takes(deriverAt(), noon, fresh);
    const inSalt = takes(deriverAt(), noon, { ...fresh, "water.ec": 32_087 });
    expect(valueIn(inSalt, "water.salinity")).toBeCloseTo(20, 1);
    expect(valueIn(inSalt, "water.dissolvedOxygenSaturation")!).toBeGreaterThan(
      1.1 * valueIn(inFresh, "water.dissolvedOxygenSaturation")!,
    );
  });

  test("gives what the soil lacks, by the texture and the crop of its parcel", () => {
    const parcel = { soilTexture: "clay", crop: "coffee-bare-ground", rootDepthM: null } as const;
    const derived = takes(deriverAt(parcel), noon, { "soil.moisture": 46.5 });
    // Clay holds 54 % and wilts at 39: half of it is used up; 0.9 m of roots want 67.5 mm.
    expect(derived).toEqual([
      ["soil.depletion", noon, 50],
      ["soil.waterDeficit", noon, 67.5],
    ]);
    expect(takes(deriverAt(parcel), noon, { "soil.moisture": 60 })[0]![2]).toBe(0);
    expect(takes(deriverAt(), noon, { "soil.moisture": 46.5 })).toEqual([]);
  });
});

describe("companions", () => {
  test("may have come before, but not too long", () => {
    const deriver = deriverAt();
    takes(deriver, noon, { "air.relativeHumidity": 60 });
    expect(
      valueIn(takes(deriver, noon + 30 * minute, { "air.temperature": 30 }), "air.dewPoint"),
    ).toBeDefined();
    expect(takes(deriver, noon + 31 * minute, { "air.temperature": 30 })).toEqual([]);
  });

  test("that come later mend the newest value", () => {
    const deriver = deriverAt();
    takes(deriver, noon, { "air.relativeHumidity": 60 });
    const first = takes(deriver, noon + 10 * minute, { "air.temperature": 30 });
    const mended = takes(deriver, noon + 11 * minute, { "air.relativeHumidity": 70 });
    expect(mended.map(([name, atMs]) => [name, atMs])).toEqual(first.map(([name, atMs]) => [name, atMs]));
    expect(valueIn(mended, "air.vapourPressureDeficit")).toBeCloseTo(vapourPressureDeficitKpa(30, 70), 4);
  });

  test("may stand at another device of the place, not at one elsewhere", () => {
    const places: Record<string, string> = { n1: "ao-1", n2: "ao-1", n3: "ao-2" };
    const deriver = createDeriver({
      surroundingsOf: (device) => ({ ...nowhere, place: places[device]!, placeKind: "pond" }),
    });
    takes(deriver, noon, { "water.temperature": 29, "water.ph": 8 }, "n2");
    expect(takes(deriver, noon + minute, { "water.ammonium": 1 }, "n1")).toHaveLength(1);
    expect(takes(deriver, noon + minute, { "water.ammonium": 1 }, "n3")).toEqual([]);
  });

  test("of a backlog are those of the same time, not the newest", () => {
    const backlog = [40, 50, 60].flatMap((humidity, n) =>
      said("n1", noon + n * 10 * minute, { "air.temperature": 30, "air.relativeHumidity": humidity }),
    );
    const derived = deriverAt().take("n1", backlog);
    const deficits = derived.filter(([name]) => name === "air.vapourPressureDeficit");
    expect(deficits.map(([, atMs]) => atMs)).toEqual([noon, noon + 10 * minute, noon + 20 * minute]);
    deficits.forEach(([, , kpa], n) => {
      expect(kpa).toBeCloseTo(vapourPressureDeficitKpa(30, 40 + 10 * n), 4);
    });
  });

  test("that are older than what is known still serve the reading of their time", () => {
    const deriver = deriverAt();
    takes(deriver, noon + 5 * hour, { "air.temperature": 34, "air.relativeHumidity": 30 });
    const late = takes(deriver, noon, { "air.temperature": 30, "air.relativeHumidity": 60 });
    expect(valueIn(late, "air.vapourPressureDeficit")).toBeCloseTo(vapourPressureDeficitKpa(30, 60), 4);
    const now = takes(deriver, noon + 5 * hour + minute, { "air.relativeHumidity": 31 });
    expect(now.every(([, atMs]) => atMs === noon + 5 * hour)).toBe(true);
  });
});

test("the same uplink again gives nothing new", () => {
  const deriver = deriverAt();
  const values = { "air.temperature": 30, "air.relativeHumidity": 60, "water.ec": 500 };
  expect(takes(deriver, noon, values).length).toBeGreaterThan(2);
  expect(takes(deriver, noon, values)).toEqual([]);
});

test("what a device measures itself nobody reckons, until it has not done so for a day", () => {
  const deriver = deriverAt();
  takes(deriver, noon, { "water.salinity": 0.3 });
  expect(takes(deriver, noon + hour, { "water.ec": 500 })).toEqual([]);
  expect(takes(deriver, noon + 25 * hour, { "water.ec": 500 })).toHaveLength(1);
});

test("a value that no instrument could report is not told on", () => {
  // Dew forms at no temperature in air without water.
  const derived = takes(deriverAt(), noon, { "air.temperature": 30, "air.relativeHumidity": 0 });
  expect(derived.map(([name]) => name)).toEqual(["air.vapourPressureDeficit"]);
});

test("a device that nobody registered is passed over", () => {
  const deriver = createDeriver({ surroundingsOf: () => undefined });
  expect(takes(deriver, noon, { "water.ec": 500 })).toEqual([]);
});

test("goes on from what it saved as if nothing had happened", () => {
  const whole = deriverAt(shed);
  let broken = deriverAt(shed);
  for (let n = 0; n < 400; n++) {
    const atMs = noon + n * 17 * minute;
    const values =
      n % 3 === 0 ? { "air.relativeHumidity": 50 + (n % 40) } : { "air.temperature": 20 + (n % 15) };
    expect([n, takes(broken, atMs, values)]).toEqual([n, takes(whole, atMs, values)]);
    const saved = JSON.parse(JSON.stringify(broken.changed())) as ReturnType<Deriver["changed"]>;
    broken = deriverAt(shed);
    for (const [device, memory] of saved) broken.recall(device, memory);
  }
});
