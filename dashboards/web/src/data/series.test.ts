import { expect, test } from "vitest";
import type { Series } from "../../../../app/http/shapes.ts";
import { drawingOf, extentOf, lonePoints, longestStepMs, plotOf, valuesAt, withReading } from "./series.ts";
import { dayMs } from "./window.ts";

const minute = 60_000;
const bucket = (at: number, mean = 10, count = 1) => ({
  startMs: at * minute,
  count,
  mean,
  min: mean - 1,
  max: mean + 1,
});
const series = (buckets: Series["buckets"]): Series => ({
  device: "soil-01",
  quantity: "soil.moisture",
  fromMs: 0,
  toMs: 60 * minute,
  bucketMs: minute,
  buckets,
});

test("buckets side by side are one line, drawn at their middles", () => {
  const plot = plotOf(series([bucket(0), bucket(1, 12), bucket(2)]), null);
  expect(plot.seconds).toEqual([30, 90, 150]);
  expect(plot.mean).toEqual([10, 12, 10]);
  expect(plot.min).toEqual([9, 11, 9]);
  expect(plot.max).toEqual([11, 13, 11]);
  expect(plot.gaps).toEqual([]);
});

test("a missing bucket breaks the line", () => {
  const plot = plotOf(series([bucket(0), bucket(2)]), null);
  expect(plot.mean).toEqual([10, null, 10]);
  expect(plot.min[1]).toBeNull();
  expect(plot.max[1]).toBeNull();
  expect(plot.seconds).toEqual([30, 90, 150]);
  expect(plot.gaps).toEqual([{ fromMs: minute, toMs: 2 * minute }]);
});

test("the uplinks of a device that speaks every five minutes are no gaps in buckets of a minute", () => {
  const fiveMinutes = 5 * minute;
  expect(plotOf(series([bucket(0), bucket(5), bucket(10)]), fiveMinutes).gaps).toEqual([]);
  expect(plotOf(series([bucket(0), bucket(10)]), fiveMinutes).gaps).toEqual([]);
  expect(plotOf(series([bucket(0), bucket(15)]), fiveMinutes).gaps).toHaveLength(1);
});

test("every gap is named, from the end of what was there to the beginning of what came", () => {
  const { gaps } = plotOf(series([bucket(0), bucket(10), bucket(11), bucket(40)]), null);
  expect(gaps).toEqual([
    { fromMs: minute, toMs: 10 * minute },
    { fromMs: 12 * minute, toMs: 40 * minute },
  ]);
});

test("nothing measured is nothing drawn", () => {
  const plot = plotOf(series([]), minute);
  expect(plot.seconds).toEqual([]);
  expect(extentOf(series([]))).toBeNull();
  expect(valuesAt(plot, 0)).toBeNull();
});

test("one missing uplink is forgiven, two are a gap", () => {
  expect(longestStepMs(minute, 10 * minute)).toBeGreaterThan(20 * minute);
  expect(longestStepMs(minute, 10 * minute)).toBeLessThan(30 * minute);
  expect(longestStepMs(minute, null)).toBeLessThan(2 * minute);
});

test("a value alone between two gaps gets a dot", () => {
  expect(lonePoints([1, null, 2, null, 3, 4])).toEqual([0, 2]);
  expect(lonePoints([null, null])).toEqual([]);
  expect(lonePoints([5])).toEqual([0]);
});

test("the mean is that of the readings, not of the buckets", () => {
  expect(extentOf(series([bucket(0, 10, 9), bucket(1, 20, 1)]))).toEqual({ min: 9, max: 21, mean: 11 });
});

test("a live reading joins the bucket it falls into", () => {
  const before = { series: series([bucket(0), bucket(1, 10, 3)]), countedUntilMs: 1.2 * minute };
  const after = withReading(before, { quantity: "soil.moisture", value: 14, measuredAtMs: 1.5 * minute });
  expect(after.series.buckets.at(-1)).toEqual({ startMs: minute, count: 4, mean: 11, min: 9, max: 14 });
  expect(after.series.buckets).toHaveLength(2);
  expect(before.series.buckets.at(-1)?.count).toBe(3);
});

test("a live reading after a silence begins a bucket of its own", () => {
  const before = { series: series([bucket(0)]), countedUntilMs: minute };
  const after = withReading(before, { quantity: "soil.moisture", value: 14, measuredAtMs: 5.5 * minute });
  expect(after.series.buckets.at(-1)).toEqual({ startMs: 5 * minute, count: 1, mean: 14, min: 14, max: 14 });
  expect(plotOf(after.series, null).gaps).toHaveLength(1);
});

test("a reading told twice is counted once, and one from the past waits for the next fetch", () => {
  const reading = { quantity: "soil.moisture", value: 14, measuredAtMs: 5.5 * minute };
  const once = withReading({ series: series([bucket(0)]), countedUntilMs: minute }, reading);
  expect(withReading(once, reading)).toBe(once);
  expect(withReading(once, { ...reading, measuredAtMs: 3 * minute })).toBe(once);
});

test("a day is drawn in buckets of five minutes, or of the device's interval when that is longer", () => {
  const now = 1_000 * dayMs + 1234;
  expect(drawingOf({ span: "24h", endMs: now }, null, now).buckets).toBe(288);
  expect(drawingOf({ span: "24h", endMs: now }, 10 * minute, now).buckets).toBe(144);
  expect(drawingOf({ span: "6h", endMs: now }, 10 * dayMs, now).buckets).toBe(1);
});

test("buckets that follow the clock keep their places until a new one begins", () => {
  const now = 1_000 * dayMs + 1234;
  const drawing = drawingOf({ span: "24h", endMs: null }, null, now);
  expect(drawing.toMs).toBeGreaterThan(now);
  expect(drawing.toMs % (5 * minute)).toBe(0);
  expect(drawing.toMs - drawing.fromMs).toBe(dayMs);
  expect(drawingOf({ span: "24h", endMs: null }, null, now + 4 * minute)).toEqual(drawing);
  expect(drawingOf({ span: "24h", endMs: null }, null, now + 5 * minute).toMs).toBe(
    drawing.toMs + 5 * minute,
  );
});
