import { describe, expect, test } from "vitest";
import type { Stretch } from "../site.ts";
import type { SkyEvent } from "../sky/events.ts";
import { createWeather } from "../sky/weather.ts";
import { day, hour, live } from "../testing/live.ts";
import { activityAt, ammoniaOf, heatAt20W, heatOf, husbandries, soiledAfter } from "./animals.ts";
import { inletOf } from "./house-air.ts";
import { type ShedState, type ShedTraits, shedModel } from "./shed.ts";

/** Midnight in Viet Nam. */
const june = Date.UTC(2026, 5, 10, 17);
const january = Date.UTC(2026, 0, 10, 17);
const haTinh = { latitude: 18.35, longitude: 105.9 };

function shed(startMs: number, traits: Partial<ShedTraits>, events: readonly SkyEvent[] = []) {
  const weather = createWeather({ seed: 1, ...haTinh, events, climateEvents: false });
  const place = { id: "ga-1", ...haTinh, shed: traits };
  const model = shedModel({ seed: 1, place, weather, startMs });
  const settled = live(model, model.start, { weather, fromMs: startMs - 4 * day, days: 4 });
  return { weather, model, settled };
}

describe("animals", () => {
  test("give off what CIGR's equations say: a 2 kg broiler 17.9 W, a 60 kg pig 188 W, a cow some 960 W", () => {
    expect(heatAt20W("broiler", 2)).toBeCloseTo(17.86, 2);
    // 5.09 × 60^0.75 = 109.7 W, and 0.35 of twice as much for growth.
    expect(heatAt20W("pig", 60)).toBeCloseTo(109.72 * 1.7, 0);
    expect(heatAt20W("dairy", 480)).toBeCloseTo(5.6 * 480 ** 0.75 + 352 + 27.6, 0);
  });

  test.each(["broiler", "pig", "dairy"] as const)(
    "%s: the warmer, the less heat, and the more of it as moisture",
    (animal) => {
      const shares = [10, 15, 20, 25, 30, 35, 40].map((c) => heatOf(animal, 1, c, 1));
      for (const [n, { sensibleW, latentW }] of shares.entries()) {
        expect(sensibleW).toBeGreaterThanOrEqual(0);
        expect(latentW).toBeGreaterThan(0);
        if (n === 0) continue;
        const before = shares[n - 1]!;
        expect(sensibleW + latentW).toBeLessThan(before.sensibleW + before.latentW);
        expect(sensibleW / latentW).toBeLessThan(before.sensibleW / before.latentW);
      }
    },
  );

  test("broilers weigh about 40 g when they come, 1 kg after three weeks, 2.8 kg after six", () => {
    const { weightKg } = husbandries.broiler;
    expect(weightKg(0)).toBeGreaterThan(0.035);
    expect(weightKg(0)).toBeLessThan(0.06);
    expect(Math.abs(weightKg(21) - 0.95)).toBeLessThan(0.12);
    expect(Math.abs(weightKg(42) - 2.8)).toBeLessThan(0.2);
  });

  test.each([30, 35, 42])(
    "a broiler of %i days gives off ammonia between the lines of new and of old litter",
    (age) => {
      const { broiler } = husbandries;
      const state = { weightKg: broiler.weightKg(age), airC: 25, soiled: soiledAfter(age) };
      const gramsADay = (24 * ammoniaOf(broiler, state)) / 1000;
      // Wheeler et al. 2006: 0.024 g for each day after the sixth; 0.038 g for each day.
      expect(gramsADay).toBeGreaterThan(0.024 * (age - 6));
      expect(gramsADay).toBeLessThan(0.038 * age);
    },
  );

  test("their activity is 1 over the day and least at its calmest hour", () => {
    for (const husbandry of Object.values(husbandries)) {
      const hours = Array.from({ length: 240 }, (_, n) => activityAt(husbandry, n / 10));
      expect(hours.reduce((sum, value) => sum + value, 0) / 240).toBeCloseTo(1, 6);
      expect(activityAt(husbandry, husbandry.calmestHour)).toBeCloseTo(1 - husbandry.restlessness, 9);
    }
  });
});

describe("a house of grown broilers", () => {
  const grown = { animal: "broiler", heads: 5000, startAgeDays: 30 } as const;

  test("has more ammonia and carbon dioxide in winter nights than on summer noons", () => {
    const meanOf = (startMs: number, fromHour: number, toHour: number) => {
      const { weather, model, settled } = shed(startMs, grown);
      const seen: ShedState["air"][] = [];
      live(model, settled, {
        weather,
        fromMs: startMs,
        days: 4,
        after({ air }, { middleMs }) {
          const at = ((middleMs - startMs) / hour) % 24;
          if (at >= fromHour && at < toHour) seen.push(air);
        },
      });
      const mean = (pick: (air: ShedState["air"]) => number) =>
        seen.reduce((sum, air) => sum + pick(air), 0) / seen.length;
      return { ammonia: mean((air) => air.ammoniaPpm), carbon: mean((air) => air.carbonDioxidePpm) };
    };
    const winter = meanOf(january, 2, 6);
    const summer = meanOf(june, 11, 15);
    expect(winter.ammonia).toBeGreaterThan(1.3 * summer.ammonia);
    expect(winter.carbon).toBeGreaterThan(summer.carbon + 150);
    expect(winter.carbon).toBeLessThan(3500);
    expect(summer.carbon).toBeGreaterThan(430);
    expect(winter.ammonia).toBeLessThan(60);
  });

  test("shut in a cold spell on its least air, holds CIGR's balance of carbon dioxide: 0.185 m³ in 90 m³", () => {
    const cold: SkyEvent = {
      kind: "cold-spell",
      fromMs: january - 10 * day,
      toMs: january + 10 * day,
      meanC: 4,
    };
    const { weather, model, settled } = shed(january, { ...grown, startAgeDays: 20 }, [cold]);
    let most = 0;
    live(model, settled, {
      weather,
      fromMs: january,
      days: 2,
      after: ({ air }) => {
        most = Math.max(most, air.carbonDioxidePpm);
      },
    });
    // Total heat per hpu is 1,000 W at 20 °C; the house is kept near 24 °C, where it is 8 % less.
    const expected = 420 + (1e6 * 0.185 * 0.92) / 90;
    expect(most / expected).toBeGreaterThan(0.85);
    expect(most / expected).toBeLessThan(1.15);
  });

  test("is some degrees hotter than the air outside; wet pads and full fans help", () => {
    const heat: SkyEvent = { kind: "foehn", fromMs: june - 5 * day, toMs: june + 5 * day, highC: 39 };
    const hottest = (on: readonly string[]) => {
      const { weather, model, settled } = shed(june, grown, [heat]);
      let most = 0;
      live(model, settled, {
        weather,
        fromMs: june,
        days: 2,
        on,
        after: ({ air }) => {
          most = Math.max(most, air.temperatureC);
        },
      });
      return most;
    };
    // With its pads the controller keeps it below the 39 °C outside.
    expect(hottest([])).toBeLessThan(38);
    expect(hottest([])).toBeGreaterThan(30);
    expect(hottest(["ventilate", "cool"])).toBeLessThanOrEqual(hottest([]) + 0.1);
  });

  test("heats up by 3 °C and fills with carbon dioxide within half an hour of a power cut on a hot day", () => {
    const { weather, model, settled } = shed(june, { ...grown, isTended: false });
    const noon = live(model, settled, { weather, fromMs: june, days: 0.5 });
    const fromMs = june + day / 2;
    const cut = live(model, noon, { weather, fromMs, days: 1 / 48, isPowered: false });
    const kept = live(model, noon, { weather, fromMs, days: 1 / 48 });
    expect(cut.air.temperatureC).toBeGreaterThan(kept.air.temperatureC + 3);
    expect(cut.air.carbonDioxidePpm).toBeGreaterThan(3 * kept.air.carbonDioxidePpm);
    const opened = shed(june, grown);
    const behindCurtains = live(opened.model, noon, { weather, fromMs, days: 1 / 48, isPowered: false });
    expect(behindCurtains.air.carbonDioxidePpm).toBeLessThan(0.7 * cut.air.carbonDioxidePpm);
  });

  test("smells less after fresh litter and with fewer birds", () => {
    const { weather, model, settled } = shed(january, grown);
    const ammoniaAfter = (state: ShedState) =>
      live(model, state, { weather, fromMs: january, days: 0.5 }).air.ammoniaPpm;
    expect(ammoniaAfter(model.put(settled, "litterM2", 400))).toBeLessThan(0.5 * ammoniaAfter(settled));
    expect(ammoniaAfter(model.put(settled, "heads", -4000))).toBeLessThan(ammoniaAfter(settled));
    expect(() => model.put(settled, "heads", -6000)).toThrow(/heads must be within -5000/);
  });
});

test("chicks are kept near 33 °C by the brooders, also in January", () => {
  const { weather, model, settled } = shed(january, { animal: "broiler", heads: 5000, startAgeDays: 1 });
  const temperatures: number[] = [];
  live(model, settled, {
    weather,
    fromMs: january,
    days: 1,
    after: ({ air }) => void temperatures.push(air.temperatureC),
  });
  expect(Math.min(...temperatures.slice(24))).toBeGreaterThan(28);
  expect(Math.max(...temperatures)).toBeLessThan(37);
});

test("an empty house between two flocks is like the air outside", () => {
  const { weather, model, settled } = shed(january, { animal: "broiler", heads: 5000, startAgeDays: 45 });
  const { air } = live(model, settled, { weather, fromMs: january, days: 1 });
  expect(air.carbonDioxidePpm).toBeLessThan(430);
  expect(air.ammoniaPpm).toBeLessThan(1);
});

test("slurry of pigs gives off hydrogen sulphide, litter hardly any", () => {
  const sulphide = (animal: ShedTraits["animal"]) => {
    const { weather, model, settled } = shed(january, { animal, startAgeDays: 35 });
    return live(model, settled, { weather, fromMs: january, days: 1 }).air.sulphidePpm;
  };
  expect(sulphide("pig")).toBeGreaterThan(5 * sulphide("broiler"));
  expect(sulphide("pig")).toBeLessThan(5);
});

test("a look into a step sees the pads run, or stand, as in all of it", () => {
  const startAgeDays = 45;
  const { weather, model, settled } = shed(june, { animal: "pig", heads: 300, startAgeDays });
  const noon = june + 12 * hour;
  const stretchOf = (minutes: number): Stretch => {
    const middleMs = noon + (minutes / 2) * 60_000;
    const about = { isPowered: true, isOn: () => false, weather, rainMm: 0 };
    return { ...about, middleMs, hours: minutes / 60, sky: weather.at(noon) };
  };
  const limitC = (minutes: number) =>
    husbandries.pig.wantedC(startAgeDays + (noon - june + minutes * 60_000) / day) + 5;
  // Pigs want it cooler as they grow: within the step the limit passes what the air has at its beginning.
  const begun = { ...settled, air: { ...settled.air, temperatureC: (limitC(3) + limitC(4)) / 2 } };
  const warmedIn = (minutes: number) =>
    model.step(begun, stretchOf(minutes)).air.temperatureC - begun.air.temperatureC;
  // Under the same sky it goes on towards the same end.
  expect(warmedIn(10) / warmedIn(5)).toBeGreaterThan(1);
});

test("pads cool towards the wet bulb and no further, and keep the heat of the air", () => {
  const { weather } = shed(june, {});
  for (let h = 0; h < 48; h++) {
    const sky = weather.at(june + h * hour);
    const dry = inletOf(sky, false);
    const wet = inletOf(sky, true);
    expect(wet.temperatureC).toBeLessThanOrEqual(dry.temperatureC);
    const enthalpy = ({ temperatureC, vapourKpa }: typeof dry) => temperatureC + vapourKpa / 0.0674;
    expect(enthalpy(wet)).toBeCloseTo(enthalpy(dry), 6);
  }
});
