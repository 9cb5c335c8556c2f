import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestInstallation } from "../testing/server-process.ts";

/**
 * Data sets measured in the field, with their gaps, sentinels and frozen probes, go through the front door: what was sent is
 * stored or in quarantine, and sent again nothing changes. They lie beside the project, where there are any.
 */

const data = resolve(import.meta.dirname, "../../../shared/data");
const mappings = resolve(import.meta.dirname, "../replay/mappings");
const sets: readonly (readonly [mapping: string, file: string])[] = [
  ["simpact-sydney", "soil_simpact_sydney/vwc_hourly_13sensors.csv"],
  ["nerr-apacpwq", "water_nerr_swmp/apacpwq_2012.csv.gz"],
  ["nerr-apaebmet", "water_nerr_swmp/apaebmet_2012.csv.gz"],
  ["nerr-gndblwq", "water_nerr_swmp/gndblwq2021.csv.gz"],
  ["epa-test2", "water_epa_contdataqc/DATA_test2_Aw_20130101_20141231.csv.gz"],
  ["epa-eco66g12", "water_epa_contdataqc/ECO66G12_AW_20160128_20160418.csv.gz"],
  ["epa-russwood", "water_epa_contdataqc/EXAMPLE_DO_RUSSWOOD--02M_DO_20180918_20190610.csv.gz"],
  ["epa-ellis", "water_epa_contdataqc/Ellis--1.0m_Water_20180524_20180918.csv.gz"],
  ["epa-ellis-qc", "water_epa_contdataqc/QC_Ellis--1.0m_Water_20180524_20180918.csv.gz"],
  ["epa-minidot", "water_epa_contdataqc/miniDOT_7392-354869.csv.gz"],
  ["epa-minidot-raw", "water_epa_contdataqc/minidot_raw_2019-12-13.txt"],
];

const installation = createTestInstallation();
beforeAll(async () => {
  await installation.start();
});
afterAll(() => installation.remove());

const replayed = async (mapping: string, file: string) => {
  const { code, out, err } = await installation.run(
    "replay",
    resolve(data, file),
    "--mapping",
    resolve(mappings, `${mapping}.yaml`),
  );
  expect([code, err.includes("Error")]).toEqual([0, false]);
  return out;
};
/** The columns of the account's last line. */
const account = (out: string) => {
  const line = out.split("\n").findLast((text) => /\d+ +\d+ +\d+ +\d+ +\d+/.test(text)) ?? "";
  const [sent = 0, acknowledged = 0, stored = 0, quarantined = 0] = (
    / (\d+) +(\d+) +(\d+) +(\d+)(?: |$)/.exec(line.replace(/^\S+ +\d+/, "")) ?? []
  )
    .slice(1)
    .map(Number);
  return { sent, acknowledged, stored, quarantined };
};

const isThere = existsSync(data);

test.skipIf(!isThere).each(sets)("%s", { timeout: 120_000 }, async (mapping, file) => {
  const { sent, acknowledged, stored, quarantined } = account(await replayed(mapping, file));
  expect(sent).toBeGreaterThan(0);
  expect(acknowledged).toBe(sent);
  expect(stored + quarantined).toBe(sent);
});

test.skipIf(!isThere)("a year of weather sent again changes nothing", { timeout: 120_000 }, async () => {
  const [mapping, file] = sets[2] ?? ["", ""];
  const { sent, stored, quarantined } = account(await replayed(mapping, file));
  expect(stored + quarantined).toBe(sent);
  expect(quarantined).toBeGreaterThan(1_000);
});
