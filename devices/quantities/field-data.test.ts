import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { quantityOf } from "./quantities.ts";

/*
 * Measured data of public reserves, where it lies beside the project: what their own quality control passed
 * (flag <0>) must be plausible to us.
 */
const folder = `${import.meta.dirname}/../../../shared/data/water_nerr_swmp`;

interface Column {
  readonly column: string;
  readonly quantity: string;
  /** From the file's unit to the canonical one. */
  readonly factor?: number;
}

const stations: Readonly<Record<string, readonly Column[]>> = {
  "apacpwq_2012.csv.gz": [
    { column: "temp", quantity: "water.temperature" },
    { column: "spcond", quantity: "water.ec", factor: 1000 },
    { column: "sal", quantity: "water.salinity" },
    { column: "do_pct", quantity: "water.dissolvedOxygenSaturation" },
    { column: "do_mgl", quantity: "water.dissolvedOxygen" },
    { column: "depth", quantity: "water.depth" },
    { column: "ph", quantity: "water.ph" },
    { column: "turb", quantity: "water.turbidity" },
  ],
  "apaebmet_2012.csv.gz": [
    { column: "atemp", quantity: "air.temperature" },
    { column: "rh", quantity: "air.relativeHumidity" },
    { column: "bp", quantity: "air.pressure" },
    { column: "wspd", quantity: "wind.speed" },
    { column: "maxwspd", quantity: "wind.gust" },
    { column: "wdir", quantity: "wind.direction" },
    // The sum over 15 minutes in mmol/m².
    { column: "totpar", quantity: "light.par", factor: 1000 / 900 },
    { column: "totprcp", quantity: "rain.amount" },
  ],
};

for (const [file, columns] of Object.entries(stations)) {
  test.skipIf(!existsSync(folder))(`what passed quality control in ${file} is plausible`, () => {
    const text = gunzipSync(readFileSync(`${folder}/${file}`)).toString("utf8");
    const rows: Record<string, string>[] = parse(text, { columns: true });
    for (const { column, quantity, factor = 1 } of columns) {
      const { plausible, sentinels } = quantityOf(quantity)!;
      const good = rows.filter((row) => row[column] !== "" && row[`f_${column}`]?.startsWith("<0>"));
      const values = good.map((row) => Number(row[column]) * factor);
      const refused = values.filter(
        (value) => !(value >= plausible.min && value <= plausible.max) || sentinels.includes(value),
      );
      expect({ column, refused }).toEqual({ column, refused: [] });
      expect(values.length, column).toBeGreaterThan(10_000);
    }
  });
}
