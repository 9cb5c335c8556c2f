import { describe, expect, test } from "vitest";
import { oxygenSaturationMgL, unionisedAmmoniaMgL } from "../../../agronomy/index.ts";
import type { SkyEvent } from "../sky/events.ts";
import { createWeather } from "../sky/weather.ts";
import { day, hour, live } from "../testing/live.ts";
import {
  aerationPerH,
  oxygenAfter,
  photosynthesisMgLH,
  reaerationPerH,
  respirationMgLH,
} from "./oxygen-rates.ts";
import { type PondTraits, pondModel } from "./pond.ts";
import type { PondState } from "./pond-life.ts";

/** Midnight in Viet Nam. */
const startMs = Date.UTC(2026, 4, 31, 17);
const hue = { latitude: 16.5, longitude: 107.5 };

function pond(seed: number, traits: Partial<PondTraits> = {}, events: readonly SkyEvent[] = []) {
  const weather = createWeather({ seed, ...hue, events, climateEvents: false });
  const place = { id: "ao-1", ...hue, pond: traits };
  const model = pondModel({ seed, place, weather, startMs });
  const settled = live(model, model.start, { weather, fromMs: startMs - 8 * day, days: 8 });
  return { weather, model, settled };
}

describe("oxygen", () => {
  const water = { temperatureC: 28, depthM: 1.3, chlorophyllUgL: 100 };

  test("exchange by wind is Banks and Herrera's: 0.45 m a day at 1 m/s, 1.1 m at 5, both at 10 m", () => {
    expect(reaerationPerH(1 / 1.337, 1) * 24).toBeCloseTo(0.728 - 0.317 + 0.0372, 4);
    expect(reaerationPerH(5 / 1.337, 1) * 24).toBeCloseTo(0.9729, 3);
    expect(reaerationPerH(3, 2)).toBeCloseTo(reaerationPerH(3, 1) / 2, 9);
  });

  test("algae make 5 to 25 g/m² on a sunny day, and none in the dark", () => {
    let gramsM2 = 0;
    for (let h = 6; h < 18; h++) {
      gramsM2 += photosynthesisMgLH(water, 900 * Math.sin((Math.PI * (h - 5.5)) / 12)) * water.depthM;
    }
    expect(gramsM2).toBeGreaterThan(5);
    expect(gramsM2).toBeLessThan(25);
    expect(photosynthesisMgLH(water, 0)).toBe(0);
  });

  test("twice the fish breathe twice as much", () => {
    const breathed = (stockKgM2: number) => respirationMgLH(water, { stock: "fish", stockKgM2, wasteG: 0 });
    const alone = breathed(0);
    expect(breathed(2) - alone).toBeCloseTo(2 * (breathed(1) - alone), 9);
    // 300 mg to the kilogram in an hour, in 1,300 litres.
    expect(breathed(1) - alone).toBeCloseTo(300 / 1300, 6);
  });

  test("10 kW/ha of paddle wheels bring about 1 mg/L an hour into water without oxygen", () => {
    expect(aerationPerH(10, 20, 1.3) * 9.09).toBeCloseTo(0.9, 1);
  });

  test("however long the step, it ends between nothing and what the sources can hold", () => {
    const rates = { made: 0, used: 3, exchangePerH: 0.02, saturation: 7.5 };
    for (const hours of [0.1, 1, 24, 1000]) {
      const oxygen = oxygenAfter(6, rates, hours);
      expect(oxygen).toBeGreaterThan(0);
      expect(oxygen).toBeLessThan(6);
    }
    const undisturbed = { made: 0, used: 0, exchangePerH: 0.1, saturation: 7.5 };
    expect(oxygenAfter(2, undisturbed, 10)).toBeCloseTo(7.5 - 5.5 * Math.exp(-1), 9);
  });
});

describe.each([1, 2, 3, 4])("in a month of June (seed %i)", (seed) => {
  test.each(["shrimp", "fish"] as const)("a %s pond's days are sane", (stock) => {
    const { weather, model, settled } = pond(seed, { stock });
    const oxygenByHour = new Array<number>(24).fill(0);
    const phByHour = new Array<number>(24).fill(0);
    const days = 20;
    live(model, settled, {
      weather,
      fromMs: startMs,
      days,
      after({ oxygenMgL, ph }, { middleMs }) {
        const hourOfDay = Math.floor((middleMs - startMs) / hour) % 24;
        oxygenByHour[hourOfDay]! += oxygenMgL / (6 * days);
        phByHour[hourOfDay]! += ph / (6 * days);
      },
    });
    const leastAt = oxygenByHour.indexOf(Math.min(...oxygenByHour));
    const mostAt = oxygenByHour.indexOf(Math.max(...oxygenByHour));
    expect(leastAt).toBeGreaterThanOrEqual(3);
    expect(leastAt).toBeLessThanOrEqual(7);
    expect(mostAt).toBeGreaterThanOrEqual(14);
    expect(mostAt).toBeLessThanOrEqual(18);
    expect(Math.min(...oxygenByHour)).toBeGreaterThan(1.5);
    expect(Math.max(...oxygenByHour)).toBeLessThan(18);
    // Algae take the acid out of the water by day.
    expect(phByHour[16]! - phByHour[5]!).toBeGreaterThan(0.15);
    expect(Math.min(...phByHour)).toBeGreaterThan(6.5);
    expect(Math.max(...phByHour)).toBeLessThan(9.8);
  });

  test("water and salt are where they went", () => {
    const { weather, model, settled } = pond(seed, { stock: "shrimp" });
    const end = live(model, settled, { weather, fromMs: startMs, days: 60 });
    const mm =
      end.inMm - settled.inMm - (end.outMm - settled.outMm) - (end.evaporatedMm - settled.evaporatedMm);
    expect(end.waterMm - settled.waterMm).toBeCloseTo(mm, 6);
    const saltG = end.inSaltG - settled.inSaltG - (end.outSaltG - settled.outSaltG);
    expect(end.waterMm * end.saltGL - settled.waterMm * settled.saltGL).toBeCloseTo(saltG, 6);
  });
});

describe("two dark days over a dense stock", () => {
  const dark: SkyEvent = { kind: "overcast", fromMs: startMs + day + 5 * hour, toMs: startMs + 4 * day };
  const traits = { stock: "shrimp", stockKgHa: 12_000, isTended: false } as const;

  /** The lowest oxygen of each night, and the hour of it. */
  function nights(events: readonly SkyEvent[], on: readonly string[] = [], isPowered = true) {
    const { weather, model, settled } = pond(2, traits, events);
    const least = [1, 2, 3, 4].map(() => ({ mgL: 99, hour: -1 }));
    live(model, settled, {
      weather,
      fromMs: startMs,
      days: 4,
      on,
      isPowered,
      after({ oxygenMgL }, { middleMs }) {
        const night = least[Math.floor((middleMs - startMs) / day)]!;
        if (oxygenMgL < night.mgL) {
          night.mgL = oxygenMgL;
          night.hour = ((middleMs - startMs) / hour) % 24;
        }
      },
    });
    return least;
  }

  test("end in a crash before dawn, which the days of sun before did not see", () => {
    const [, , third] = nights([dark]);
    expect(third!.mgL).toBeLessThan(1);
    expect(nights([])[2]!.mgL).toBeGreaterThan(third!.mgL + 0.5);
  });

  test("do not, with the paddle wheels on", () => {
    expect(nights([dark], ["aerate"])[2]!.mgL).toBeGreaterThan(2);
  });

  test("do, when the power is cut, whatever is switched on", () => {
    expect(nights([dark], ["aerate"], false)[2]!.mgL).toBeLessThan(1);
  });
});

test("starving shrimp die, and fewer shrimp breathe less", () => {
  const dark: SkyEvent = { kind: "overcast", fromMs: startMs, toMs: startMs + 5 * day };
  const { weather, model, settled } = pond(2, { stock: "shrimp", stockKgHa: 20_000, isTended: false }, [
    dark,
  ]);
  const end = live(model, settled, { weather, fromMs: startMs, days: 5 });
  expect(end.stockKgM2).toBeLessThan(0.8 * settled.stockKgM2);
  expect(end.stockKgM2).toBeGreaterThan(0);
});

test("a great rain thins the salt and the alkalinity by as much as it adds water", () => {
  const [fromMs, toMs] = [startMs, startMs + 12 * hour];
  const { weather, model, settled } = pond(
    1,
    { stock: "shrimp", salinity: 15, depthM: 1.2, isTended: false },
    [{ kind: "heavy-rain", fromMs, toMs, mm: 250 }],
  );
  const end = live(model, settled, { weather, fromMs, days: 0.6 });
  expect(end.saltGL / settled.saltGL).toBeLessThan(0.88);
  expect(end.saltGL / settled.saltGL).toBeGreaterThan(0.78);
  expect(end.alkalinityMeqL).toBeLessThan(0.9 * settled.alkalinityMeqL);
});

test("exchange brings the water's salt towards that of the source", () => {
  const { weather, model, settled } = pond(1, { stock: "shrimp", salinity: 20, isTended: false });
  const thinned: PondState = { ...settled, saltGL: 5 };
  const end = live(model, thinned, { weather, fromMs: startMs, days: 3, on: ["exchange"] });
  expect(end.saltGL).toBeGreaterThan(12);
});

describe("what is put in", () => {
  const { weather, model, settled } = pond(3, {
    stock: "fish",
    areaM2: 2000,
    stockKgHa: 8000,
    isTended: false,
  });
  const later = (state: PondState) => live(model, state, { weather, fromMs: startMs, days: 1 });

  test("feed becomes ammonia within a day", () => {
    const fed = later(model.put(settled, "feedKg", 60));
    expect(fed.tanMgL).toBeGreaterThan(later(settled).tanMgL + 0.1);
  });

  test("lime raises alkalinity by 20 meq for each gram, and pH with it", () => {
    const limed = model.put(settled, "limeKg", 100);
    const meqM2 = (limed.alkalinityMeqL - settled.alkalinityMeqL) * settled.waterMm;
    expect(meqM2).toBeCloseTo((100_000 / 2000) * 20, 6);
    expect(later(limed).ph).toBeGreaterThan(later(settled).ph);
  });

  test("fish can be stocked and harvested, but not more than there are", () => {
    const more = model.put(settled, "stockKg", 500);
    expect(more.stockKgM2 - settled.stockKgM2).toBeCloseTo(0.25, 9);
    expect(() => model.put(settled, "stockKg", -1e6)).toThrow(/stockKg must be within/);
  });
});

test("what is told of ammonia and oxygen saturation is what agronomy makes of the same water", () => {
  const { weather, model, settled } = pond(3, { stock: "shrimp" });
  const sky = weather.at(startMs);
  const truth = model.truth(settled, startMs, sky, undefined);
  const { tanMgL, ph, temperatureC, saltGL, oxygenMgL } = settled;
  expect(truth["water.ammonia"]).toBe(unionisedAmmoniaMgL({ totalAmmoniaMgL: tanMgL, ph, temperatureC }));
  const saturation = oxygenSaturationMgL({ temperatureC, salinity: saltGL, pressureKpa: sky.pressure / 10 })!;
  expect(truth["water.dissolvedOxygenSaturation"]).toBeCloseTo((100 * oxygenMgL) / saturation, 6);
});
