import { expect, test } from "vitest";
import { copyName } from "./copies.ts";

const now = 1_763_712_000_000;
const hour = 3_600_000;
const nameOf = (path: string) => copyName(new URL(path, "http://farm"), now);
const seriesPath = (fromMs: number, toMs: number) =>
  `/api/v1/devices/soil-01/series?quantity=soil.moisture&buckets=288&fromMs=${fromMs}&toMs=${toMs}`;

test("what the pages show is kept, each question under its own name", () => {
  expect(nameOf("/api/v1/overview")).toBe("/api/v1/overview");
  expect(nameOf("/api/v1/session")).not.toBeNull();
  expect(nameOf("/api/v1/alerts?state=open&limit=10")).not.toBe(
    nameOf("/api/v1/alerts?state=resolved&limit=10"),
  );
});

test.each([
  "/api/v1/live",
  "/api/v1/export?format=csv&device=soil-01&fromMs=1&toMs=2",
  "/api/v1/health",
  "/api/v1/metrics",
  "/api/v1/overview/more",
  "/",
])("%s is never kept", (path) => expect(nameOf(path)).toBeNull());

test("a chart that follows the clock has one copy, however often it was asked for", () => {
  const name = nameOf(seriesPath(now - 24 * hour, now));
  expect(name).not.toBeNull();
  expect(nameOf(seriesPath(now - 24 * hour + 60_000, now + 60_000))).toBe(name);
  expect(nameOf(seriesPath(now - 6 * hour, now))).not.toBe(name);
});

test("a chart of the past is not kept: the newest would be shown in its place", () => {
  expect(nameOf(seriesPath(now - 48 * hour, now - 24 * hour))).toBeNull();
  expect(nameOf("/api/v1/devices/soil-01/series?quantity=soil.moisture")).toBeNull();
});
