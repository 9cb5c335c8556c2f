import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { type ReadingRule, rule } from "../rules/index.ts";

/*
 * Measured water with the flags of those who measured it, where it lies beside the project: a year of one estuary's sonde and two summer
 * months of another's (<-3> rejected, <1> suspect), and two years of a stream's logger (F failed). What our rules call a fault is held against these labels, reading by reading and stretch by stretch. The floors are what was
 * measured; where rules of these kinds see nothing, that is written down as well: whoever relies on them should know.
 */
const data = `${import.meta.dirname}/../../../shared/data`;
const file = `${data}/water_nerr_swmp/apacpwq_2012.csv.gz`;
const summerFile = `${data}/water_nerr_swmp/gndblwq2021.csv.gz`;
const streamFile = `${data}/water_epa_contdataqc/DATA_test2_Aw_20130101_20141231.csv.gz`;
const hour = 3_600_000;
/** Readings less than this apart are of one trouble. */
const sameTroubleMs = 3 * hour;
/** The people of the quality control mark a quarter before or after. */
const tolerance = hour;

interface Labelled {
  readonly atMs: number;
  readonly value: number;
  readonly bad: boolean;
}
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

type Row = Readonly<Record<string, string>>;

function rowsOf(path: string): readonly Row[] {
  return parse(gunzipSync(readFileSync(path)), { columns: true, bom: true }) as Row[];
}

/** @param badWhere whether its people marked the reading */
function readingsOf(
  rows: readonly Row[],
  column: string,
  atMs: (row: Row) => number,
  badWhere: (row: Row) => boolean,
): Labelled[] {
  return rows
    .filter((row) => row[column] !== "" && row[column] !== "NA")
    .map((row) => ({ atMs: atMs(row), value: Number(row[column]), bad: badWhere(row) }));
}

const isMarked = (flag: string | undefined) => /^<(-3|1)>/.test(flag ?? "");
/** Both reserves keep Eastern Standard Time all year. */
const easternMs = (time: string) => Date.parse(`${time.replace(" ", "T")}-05:00`);

let rows: readonly Row[] | undefined;
function series(column: string): Labelled[] {
  rows ??= rowsOf(file);
  return readingsOf(
    rows,
    column,
    ({ datetimestamp }) => easternMs(datetimestamp!),
    (row) => isMarked(row[`f_${column}`]),
  );
}

let summer: readonly Row[] | undefined;
function summerSeries(column: string): Labelled[] {
  summer ??= rowsOf(summerFile);
  const atMs = ({ DateTimeStamp }: Row) => {
    const [, month, day, year, hours, minutes] = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)$/.exec(DateTimeStamp!)!;
    return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours) + 5, Number(minutes));
  };
  return readingsOf(summer, column, atMs, (row) => isMarked(row[`F_${column}`]));
}

/** The stream's water temperature. */
function streamSeries(): Labelled[] {
  const atMs = (row: Row) => easternMs(row["Date.Time"]!);
  return readingsOf(rowsOf(streamFile), "Water.Temp.C", atMs, (row) => row["Flag.Water.Temp.C"] === "F");
}

function ruleOf(config: object): ReadingRule {
  const words = {
    title: { vi: "Đầu đo lỗi", en: "Probe fault" },
    advice: { vi: "Xem đầu đo.", en: "See to it." },
  };
  return rule.parse({ name: "fault", severity: "warning", ...words, ...config }) as ReadingRule;
}

/** The readings during which the rule fired. */
function firing(config: object, readings: readonly Labelled[]): boolean[] {
  const fault = ruleOf(config);
  const watcher = fault.watch(null);
  return readings.map(({ atMs, value }) => watcher.judge(atMs, value, fault.quantity) !== null);
}

function stretchesOf(timesMs: readonly number[]): Stretch[] {
  const stretches: { fromMs: number; toMs: number }[] = [];
  for (const atMs of timesMs) {
    const last = stretches.at(-1);
    if (last !== undefined && atMs - last.toMs <= sameTroubleMs) last.toMs = atMs;
    else stretches.push({ fromMs: atMs, toMs: atMs });
  }
  return stretches;
}

const meet = (one: Stretch, other: Stretch) =>
  one.fromMs <= other.toMs + tolerance && other.fromMs <= one.toMs + tolerance;
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

function judged(name: string, readings: readonly Labelled[], config: object) {
  const fires = firing(config, readings);
  const [found, labelled] = [fires, readings.map(({ bad }) => bad)].map((marks) =>
    stretchesOf(readings.filter((_, at) => marks[at]).map(({ atMs }) => atMs)),
  ) as [Stretch[], Stretch[]];
  const both = readings.filter(({ bad }, at) => bad && fires[at]).length;
  const result = {
    readings: {
      precision: share(both, fires.filter(Boolean).length),
      recall: share(both, readings.filter(({ bad }) => bad).length),
    },
    stretches: {
      found: found.length,
      falseAlarms: found.filter((each) => !labelled.some((other) => meet(each, other))).length,
      labelled: labelled.length,
      missed: labelled.filter((each) => !found.some((other) => meet(each, other))).length,
    },
  };
  console.info(`${name}: ${JSON.stringify(result)}`);
  return result;
}

describe.skipIf(!existsSync(file))("a year of labelled water quality", () => {
  test("what cannot be is found to the reading: a thermometer that says 50 °C for a week", () => {
    const config = { kind: "probe-fault", quantity: "water.temperature", believedFrom: 0, believedTo: 40 };
    const { readings, stretches } = judged("implausible temperature", series("temp"), config);
    expect(readings.precision).toBe(1);
    // The first two of three running refusals are not yet a fault.
    expect(readings.recall).toBeGreaterThan(0.997);
    expect(stretches).toEqual({ found: 1, falseAlarms: 0, labelled: 1, missed: 0 });
  });

  test("a probe that stands still is found without knowing what can be", () => {
    const config = { kind: "probe-fault", quantity: "water.temperature", stuckForMs: 6 * hour };
    const { readings, stretches } = judged("stuck temperature", series("temp"), config);
    expect(readings.precision).toBeGreaterThan(0.94);
    expect(readings.recall).toBeGreaterThan(0.96);
    // Five quiet nights of winter in a year, to a tenth of a degree.
    expect(stretches.falseAlarms).toBeLessThanOrEqual(5);
  });

  test("spikes of turbidity are found by their rise: nine in ten, and hardly anything else", () => {
    const config = { kind: "rate-of-change", quantity: "water.turbidity", risesBy: 100, withinMs: hour };
    const { readings, stretches } = judged("turbidity spikes", series("turb"), config);
    expect(readings.precision).toBeGreaterThan(0.96);
    expect(share(stretches.falseAlarms, stretches.found)).toBeLessThan(0.025);
    expect(share(stretches.missed, stretches.labelled)).toBeLessThan(0.12);
  });

  test("a probe that drifts or is grown over moves as the water does: no rule on one series sees it", () => {
    const config = { kind: "probe-fault", quantity: "water.dissolvedOxygen", stuckForMs: 6 * hour };
    const { readings, stretches } = judged("drifting oxygen", series("do_mgl"), config);
    expect(readings.recall).toBeLessThan(0.01);
    expect(stretches.falseAlarms).toBe(0);
  });

  test("a pH to one decimal stands still for a day in healthy water, too: such a probe needs a longer time", () => {
    const stuck = (hours: number) => ({
      kind: "probe-fault",
      quantity: "water.ph",
      stuckForMs: hours * hour,
    });
    expect(judged("pH still for a day", series("ph"), stuck(24)).stretches.falseAlarms).toBeLessThanOrEqual(
      8,
    );
    expect(
      judged("pH still for two days", series("ph"), stuck(48)).stretches.falseAlarms,
    ).toBeLessThanOrEqual(1);
  });
});

describe.skipIf(!existsSync(summerFile))("two summer months of another estuary", () => {
  test.each([
    ["water.temperature", "Temp"],
    ["water.dissolvedOxygen", "DO_mgl"],
  ])("in healthy water no probe is called stuck: %s", (quantity, column) => {
    const config = { kind: "probe-fault", quantity, stuckForMs: 6 * hour };
    expect(judged(`stuck ${quantity}, summer`, summerSeries(column), config).stretches.found).toBe(0);
  });

  test("spikes of turbidity found by the same rise as in the other estuary are spikes; half of the four are smaller", () => {
    const config = { kind: "rate-of-change", quantity: "water.turbidity", risesBy: 100, withinMs: hour };
    const { stretches } = judged("turbidity spikes, summer", summerSeries("Turb"), config);
    expect(stretches).toEqual({ found: 2, falseAlarms: 0, labelled: 4, missed: 2 });
  });
});

describe.skipIf(!existsSync(streamFile))("two years of a stream", () => {
  test("a thermometer's spikes are found by their rise, and nothing else is; a warm afternoon's 3 °C stays unseen", () => {
    const config = { kind: "rate-of-change", quantity: "water.temperature", risesBy: 5, withinMs: hour };
    const { stretches } = judged("temperature spikes", streamSeries(), config);
    expect(stretches).toEqual({ found: 3, falseAlarms: 0, labelled: 4, missed: 1 });
  });
});
