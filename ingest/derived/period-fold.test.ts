import { describe, expect, test } from "vitest";
import type { Reading } from "../../devices/index.ts";
import { PeriodFold, type SavedPeriods } from "./period-fold.ts";
import type { Surroundings } from "./surroundings.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Midnight of 6 July 2026 in Vietnam. */
const midnight = Date.UTC(2026, 6, 5, 17);

const parcel: Surroundings = {
  place: "thua-1",
  placeKind: "parcel",
  latitudeDeg: 18.35,
  longitudeDeg: 105.9,
  altitudeM: 5,
  soilTexture: null,
  crop: "rice",
  rootDepthM: null,
};

type Weather = (hours: number) => Readonly<Record<string, number>>;
/** Readings each ten minutes over some days, by the local hour. */
function readingsOf(days: number, weather: Weather): Reading[] {
  return Array.from({ length: days * 144 + 1 }, (_, n) => n).flatMap((n) => {
    const measuredAtMs = midnight + n * 10 * minute;
    return Object.entries(weather((n / 6) % 24)).map(([quantity, value]): Reading => {
      return { device: "n1", quantity, value, measuredAtMs, receivedAtMs: measuredAtMs, live: true };
    });
  });
}
function ended(readings: readonly Reading[], surroundings: Surroundings = parcel) {
  const fold = new PeriodFold(null);
  return readings.flatMap((reading) => fold.take(reading, surroundings));
}
const of = (quantity: string, from: ReturnType<typeof ended>) =>
  from.filter((each) => each.quantity === quantity);

/** 22 °C at six in the morning, 34 at two in the afternoon, the sun from six to six. */
const summer: Weather = (hours) => ({
  "air.temperature": 28 + 6 * Math.sin(((hours - 8) / 12) * Math.PI),
  "air.relativeHumidity": 75 - 20 * Math.sin(((hours - 8) / 12) * Math.PI),
  "light.solarIrradiance": hours > 6 && hours < 18 ? 850 * Math.sin(((hours - 6) / 12) * Math.PI) : 0,
  "wind.speed": 2,
});

describe("evapotranspiration", () => {
  test("of a sunny July day in Hà Tĩnh is near 6 mm, and stands at its end", () => {
    const [et0] = of("air.et0Daily", ended(readingsOf(1, summer)));
    expect(et0!.endMs).toBe(midnight + day);
    expect(et0!.value).toBeGreaterThan(5);
    expect(et0!.value).toBeLessThan(7);
  });

  test("of the hours adds up to about that of the day, and is least by night", () => {
    const all = ended(readingsOf(1, summer));
    const hours = of("air.et0Hourly", all);
    expect(hours.map(({ endMs }) => endMs)).toEqual(
      Array.from({ length: 24 }, (_, n) => midnight + (n + 1) * hour),
    );
    const sum = hours.reduce((total, { value }) => total + value, 0);
    const [daily] = of("air.et0Daily", all);
    // FAO-56 expects a few percent between the two.
    expect(Math.abs(sum / daily!.value - 1)).toBeLessThan(0.1);
    expect(hours[2]!.value).toBeLessThan(0.1);
    expect(hours[12]!.value).toBeGreaterThan(0.5);
  });

  test("of a day with temperatures only is that of Hargreaves", () => {
    const bare: Weather = (hours) => ({ "air.temperature": summer(hours)["air.temperature"]! });
    const all = ended(readingsOf(1, bare));
    expect(of("air.et0Hourly", all)).toEqual([]);
    expect(of("air.et0Daily", all)[0]!.value).toBeGreaterThan(4);
  });

  test("is not told where nobody knows the place, nor in a shed", () => {
    const readings = readingsOf(1, summer);
    const lost = { ...parcel, latitudeDeg: null, longitudeDeg: null };
    for (const surroundings of [lost, { ...parcel, placeKind: "shed" } as const])
      expect(ended(readings, surroundings).filter(({ quantity }) => quantity.startsWith("air.et0"))).toEqual(
        [],
      );
  });
});

test("degree days are those of the crop, and of none other", () => {
  // 22 to 34 °C, held within 10 to 30: (22 + 30) / 2 - 10.
  expect(of("crop.degreeDays", ended(readingsOf(1, summer)))[0]!.value).toBeCloseTo(16, 5);
  expect(of("crop.degreeDays", ended(readingsOf(1, summer), { ...parcel, crop: "tea" }))).toEqual([]);
});

describe("disease weather", () => {
  const humid: Weather = (hours) => ({
    "air.temperature": 24,
    "air.relativeHumidity": hours < 8 || hours >= 18 ? 95 : 70,
  });

  test("counts days and nights running", () => {
    const all = ended(readingsOf(3, humid));
    expect(of("leaf.huttonDays", all).map(({ value }) => value)).toEqual([1, 2, 3]);
    // The first night is seen from midnight on only: it is not known.
    expect(of("leaf.blastNights", all).map(({ endMs, value }) => [endMs, value])).toEqual([
      [midnight + day + 6 * hour, 1],
      [midnight + 2 * day + 6 * hour, 2],
    ]);
  });

  test("a dry day begins the count anew", () => {
    const readings = readingsOf(3, humid).map((reading) => {
      const isSecondDay = reading.measuredAtMs >= midnight + day && reading.measuredAtMs < midnight + 2 * day;
      return isSecondDay && reading.quantity === "air.relativeHumidity" ? { ...reading, value: 60 } : reading;
    });
    expect(of("leaf.huttonDays", ended(readings)).map(({ value }) => value)).toEqual([1, 0, 1]);
  });

  test("a day that is not known ends the run, and nothing is said of it", () => {
    const isSeen = ({ measuredAtMs }: Reading) =>
      measuredAtMs < midnight + day || measuredAtMs >= midnight + day + 10 * hour;
    const all = of("leaf.huttonDays", ended(readingsOf(4, humid).filter(isSeen)));
    expect(all.map(({ endMs, value }) => [(endMs - midnight) / day, value])).toEqual([
      [1, 1],
      [3, 1],
      [4, 2],
    ]);
  });

  test("hours of leaf wetness are guessed from the air, or counted where a leaf sensor stands", () => {
    expect(of("leaf.wetHours", ended(readingsOf(1, humid)))[0]!.value).toBe(14);
    const measured: Weather = (hours) => ({ ...humid(hours), "leaf.wetness": hours < 5 ? 80 : 10 });
    expect(of("leaf.wetHours", ended(readingsOf(1, measured)))[0]!.value).toBe(5);
  });
});

test("days without standing water are counted on parcels, and end with the flood", () => {
  const level = (days: number): Weather => {
    let n = 0;
    return () => ({ "water.level": n++ < days * 144 ? -0.05 : 0.04 });
  };
  const readings = readingsOf(4, level(3));
  expect(of("water.dryDays", ended(readings)).map(({ value }) => value)).toEqual([1, 2, 3, 0]);
  expect(ended(readings, { ...parcel, placeKind: "pond" })).toEqual([]);
});

describe("the same readings", () => {
  test("repeated, or late, change nothing", () => {
    const readings = readingsOf(2, summer);
    const expected = ended(readings);
    expect(ended(readings.flatMap((reading) => [reading, reading]))).toEqual(expected);
    const stale = readings.flatMap((reading, n) => (n > 2000 ? [reading, readings[n - 2000]!] : [reading]));
    expect(ended(stale)).toEqual(expected);
  });

  test("a clock far ahead does not close the days", () => {
    const readings = readingsOf(1, summer);
    const ahead = { ...readings[500]!, measuredAtMs: readings[500]!.measuredAtMs + 20 * hour };
    expect(ended(readings.toSpliced(500, 0, ahead))).toEqual(ended(readings));
  });

  test("give the same with a restart after each", () => {
    const readings = readingsOf(2, summer).filter((_, n) => n % 7 !== 0);
    let fold = new PeriodFold(null);
    const told = readings.flatMap((reading) => {
      const each = fold.take(reading, parcel);
      fold = new PeriodFold(JSON.parse(JSON.stringify(fold.save())) as SavedPeriods);
      return each;
    });
    expect(told).toEqual(ended(readings));
    expect(told.length).toBeGreaterThan(45);
  });
});
