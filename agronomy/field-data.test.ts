import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { oxygenSaturationPct, salinityFromConductivity } from "./index.ts";

/*
 * A year of an estuary's sonde, where it lies beside the project. The sonde computes salinity and oxygen itself, from a
 * conductivity that it compensates by 1.91 % per °C and in water between fresh and the sea: an instrument's own firmware
 * as a second opinion. Only rows that the reserve's quality control passed (flag <0>).
 */
const file = `${import.meta.dirname}/../../shared/data/water_nerr_swmp/apacpwq_2012.csv.gz`;

interface Row {
  readonly temperatureC: number;
  readonly ec25MsCm: number;
  readonly salinity: number;
  readonly oxygenPct: number;
  readonly oxygenMgL: number;
}

function passedRows(): Row[] {
  const columns = ["temp", "spcond", "sal", "do_pct", "do_mgl"] as const;
  const records: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
  return records
    .filter((row) => columns.every((column) => row[`f_${column}`]?.startsWith("<0>") && row[column] !== ""))
    .map((row) => ({
      temperatureC: Number(row.temp),
      ec25MsCm: Number(row.spcond),
      salinity: Number(row.sal),
      oxygenPct: Number(row.do_pct),
      oxygenMgL: Number(row.do_mgl),
    }));
}

test.skipIf(!existsSync(file))("a sonde's own salinity and oxygen agree with ours through a year", () => {
  const rows = passedRows();
  expect(rows.length).toBeGreaterThan(20_000);
  for (const { oxygenMgL, oxygenPct, ...water } of rows) {
    const asMeasured = water.ec25MsCm * (1 + 0.0191 * (water.temperatureC - 25));
    const salinity = salinityFromConductivity(asMeasured, water.temperatureC) as number;
    // The file rounds salinity to 0.1, conductivity to 0.01 mS/cm, temperature to 0.1 °C.
    expect(Math.abs(salinity - water.salinity)).toBeLessThan(0.06);
    // It rounds oxygen to 0.1 mg/L: up to 0.8 %.
    expect(Math.abs((oxygenSaturationPct(oxygenMgL, water) as number) - oxygenPct)).toBeLessThan(1);
  }
});
