import { afterAll, beforeAll, expect, test } from "vitest";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

const minute = 60_000;
const hour = 60 * minute;

let farm: FarmServer;
let fromMs: number;
beforeAll(async () => {
  farm = await openFarmServer();
  fromMs = farm.time.nowMs - 2 * hour;
  // A reading each minute of two hours, but for a gap of half an hour.
  const minutes = Array.from({ length: 120 }, (_, i) => i).filter((i) => i < 60 || i >= 90);
  await farm.measure(
    ...minutes.map((i) => ({
      device: "soil-1",
      quantity: "soil.moisture",
      value: 30 + i / 10,
      atMs: fromMs + i * minute,
    })),
  );
});
afterAll(() => farm.close());

const json = async (path: string) => (await farm.ask("hoa", path)).json();
const span = () => `fromMs=${fromMs}&toMs=${farm.time.nowMs}`;

test("a series has a bucket where there are readings, and none in a gap", async () => {
  const series = (await json(`/devices/soil-1/series?quantity=soil.moisture&${span()}&buckets=8`)) as {
    bucketMs: number;
    buckets: { startMs: number; count: number }[];
  };
  expect(series.bucketMs).toBe(15 * minute);
  expect(series.buckets.map(({ startMs, count }) => [(startMs - fromMs) / minute, count])).toEqual([
    [0, 15],
    [15, 15],
    [30, 15],
    [45, 15],
    [90, 15],
    [105, 15],
  ]);
  expect(series.buckets[0]).toMatchObject({ min: 30, max: 31.4 });
});

test("readings come as they are stored, and say when there are more", async () => {
  const some = await json(`/devices/soil-1/readings?${span()}&limit=2`);
  expect(some).toMatchObject({
    complete: false,
    readings: [{ quantity: "soil.moisture", value: 30, measuredAtMs: fromMs }, { value: 30.1 }],
  });
  const all = (await json(`/devices/soil-1/readings?${span()}&quantity=soil.moisture`)) as {
    readings: unknown[];
  };
  expect(all).toMatchObject({ complete: true });
  expect(all.readings).toHaveLength(90);
});

test("hourly means tell count, mean and extremes of each hour", async () => {
  expect(await json(`/hourly-means?quantity=soil.moisture&${span()}&device=soil-1`)).toMatchObject({
    unit: "%",
    hours: [
      { device: "soil-1", hourMs: fromMs, count: 60, min: 30, max: 35.9 },
      { device: "soil-1", hourMs: fromMs + hour, count: 30, min: 39, max: 41.9 },
    ],
  });
});

test("completeness tells both numbers, also of a device that was never heard", async () => {
  const answer = await (await farm.ask("lan", `/completeness?${span()}&device=soil-1&device=pond-1`)).json();
  expect(answer).toMatchObject({
    devices: [
      { device: "soil-1", readings: 90, minutesWithData: 90, hoursWithData: 2, minutesExpected: 120 },
      { device: "pond-1", readings: 0, minutesWithData: 0, hoursWithData: 0, minutesExpected: 120 },
    ],
  });
});

test("what has not come yet is not expected", async () => {
  const answer = await json(
    `/completeness?fromMs=${fromMs}&toMs=${farm.time.nowMs + 100 * hour}&device=soil-1`,
  );
  expect(answer).toMatchObject({ devices: [{ minutesExpected: 120 }] });
});

test("the newest values tell when they were measured and when the device was heard", async () => {
  expect(await json("/devices/soil-1/latest")).toEqual({
    device: "soil-1",
    lastSeenMs: farm.time.nowMs,
    latest: [{ quantity: "soil.moisture", value: 41.9, measuredAtMs: fromMs + 119 * minute }],
  });
});

test.each([
  ["fromMs", "/devices/soil-1/series?quantity=soil.moisture&toMs=5", "query.fromMs", /whole number/],
  [
    "a word for a time",
    "/devices/soil-1/series?quantity=soil.moisture&fromMs=now&toMs=5",
    "query.fromMs",
    /whole number/,
  ],
  ["a fraction", "/devices/soil-1/readings?fromMs=0.5&toMs=5", "query.fromMs", /whole number/],
  ["a span that runs back", "/devices/soil-1/readings?fromMs=6&toMs=5", "query.toMs", /later than fromMs/],
  ["a missing quantity", "/devices/soil-1/series?fromMs=1&toMs=5", "query.quantity", /string/],
  [
    "an unknown quantity",
    "/devices/soil-1/series?quantity=soil.mood&fromMs=1&toMs=5",
    "query.quantity",
    /GET \/api\/v1\/quantities/,
  ],
  [
    "an unknown quantity of many",
    "/devices/soil-1/readings?quantity=soil.moisture&quantity=x&fromMs=1&toMs=5",
    "query.quantity",
    /x/,
  ],
  [
    "too many buckets",
    "/devices/soil-1/series?quantity=soil.moisture&fromMs=1&toMs=5&buckets=9999",
    "query.buckets",
    /5000/,
  ],
  [
    "more hours than one answer should hold",
    "/hourly-means?quantity=soil.moisture&fromMs=0&toMs=1700000000000&device=soil-1",
    "query.toMs",
    /export/,
  ],
  ["two ends", "/devices/soil-1/readings?fromMs=1&toMs=5&toMs=6", "query.toMs", /whole number/],
  ["another format", "/export?fromMs=1&toMs=5&format=xlsx", "query.format", /csv/],
])("%s is refused with the place and what would be right", async (_what, path, where, right) => {
  const answer = await farm.ask("hoa", path);
  const problem = (await answer.json()) as { error: string; details: { path: string; message: string }[] };
  expect(answer.status).toBe(400);
  expect(problem.error).toBe("invalid");
  expect(problem.details[0]).toMatchObject({ path: where, message: expect.stringMatching(right) });
});

test("quantities come with what people call them", async () => {
  const { quantities } = (await json("/quantities")) as { quantities: { name: string }[] };
  expect(quantities.find(({ name }) => name === "soil.moisture")).toMatchObject({
    unit: "%",
    label: { vi: expect.stringContaining("m"), en: expect.any(String) },
  });
});
