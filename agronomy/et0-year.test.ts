import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { et0DailyMm, vapourPressureFromExtremesKpa } from "./index.ts";

/*
 * A year of an estuary's weather station, where it lies beside the project, reckoned by us and by an independent program: refet 0.5.0, the
 * ASCE standardized equation for short grass, which is FAO-56's by the day. Its results for the same days are in testing/.
 * Days with less than 94 of their 96 quarters are left out. Both are given the same: the extremes of the day, vapour pressure from the
 * extremes of humidity, and the sun from photosynthetic light at 2.04 mol/MJ.
 */
const file = `${import.meta.dirname}/../../shared/data/water_nerr_swmp/apaebmet_2012.csv.gz`;
const station = { latitudeDeg: 29.79, altitudeM: 2 };
const quarters = 96;
const fewestQuarters = 94;
const parMolPerMj = 2.04;

type Row = Readonly<Record<string, string>>;
const columns = ["atemp", "rh", "wspd", "totpar"] as const;

function byRefet(): readonly (number | null)[] {
  const text = readFileSync(`${import.meta.dirname}/testing/et0-by-refet.json`, "utf8");
  return (JSON.parse(text) as { mmByDayOf2012: (number | null)[] }).mmByDayOf2012;
}

/** Good and suspect values. At night the quality control refuses light of zero. */
function valuesOf(rows: readonly Row[], column: (typeof columns)[number]): number[] {
  return rows
    .filter((row) => row[column] !== "" && (column === "totpar" || /^<[01]>/.test(row[`f_${column}`] ?? "")))
    .map((row) => Number(row[column]));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function et0Of(rows: readonly Row[], dayOfYear: number): number | null {
  const [temperatures = [], humidities = [], winds = [], light = []] = columns.map((each) =>
    valuesOf(rows, each),
  );
  const known = [temperatures, humidities, winds, light].every(({ length }) => length >= fewestQuarters);
  if (!known) return null;
  const extremes = { minTemperatureC: Math.min(...temperatures), maxTemperatureC: Math.max(...temperatures) };
  const lightMol = (sum(light.map((each) => Math.max(0, each))) / light.length) * (quarters / 1000);
  return et0DailyMm({
    ...station,
    ...extremes,
    dayOfYear,
    actualVapourPressureKpa: vapourPressureFromExtremesKpa({
      ...extremes,
      minHumidityPct: Math.min(...humidities),
      maxHumidityPct: Math.min(100, Math.max(...humidities)),
    }),
    windSpeed2mMs: sum(winds) / winds.length,
    solarMjM2: lightMol / parMolPerMj,
  });
}

test.skipIf(!existsSync(file))(
  "ET0 of a year of real weather agrees with an independent program, day by day",
  () => {
    const rows: Row[] = parse(gunzipSync(readFileSync(file)), { columns: true });
    const days = [...Map.groupBy(rows, (row) => row.datetimestamp!.slice(0, 10)).values()];
    const theirs = byRefet();
    const pairs = days
      .map((day, at) => [et0Of(day, at + 1), theirs[at] ?? null] as const)
      .filter((pair): pair is readonly [number, number] => pair[0] !== null && pair[1] !== null);
    expect(days).toHaveLength(366);
    expect(pairs.length).toBe(364);
    const differences = pairs.map(([ours, other]) => Math.abs(ours - other));
    console.info(
      `ET0 of ${pairs.length} days: ${sum(pairs.map(([ours]) => ours)).toFixed(1)} mm, refet ${sum(pairs.map(([, other]) => other)).toFixed(1)} mm, ` +
        `furthest apart ${Math.max(...differences).toFixed(4)} mm a day`,
    );
    expect(Math.max(...differences)).toBeLessThan(0.005);
  },
);
