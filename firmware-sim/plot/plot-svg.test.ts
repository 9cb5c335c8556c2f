import { expect, test } from "vitest";
import type { Plot } from "./plot.ts";
import { plotSvg } from "./plot-svg.ts";
import { niceTicks, scale } from "./scale.ts";

const hour = 3_600_000;
/** Midnight of 1 May in Viet Nam. */
const fromMs = Date.UTC(2026, 3, 30, 17);

const plot: Plot = {
  title: "Ao <1> & ao 2",
  fromMs,
  toMs: fromMs + 72 * hour,
  troubles: [{ fromMs: fromMs + 10 * hour, toMs: fromMs + 20 * hour, label: "mất điện" }],
  panels: [
    {
      title: "Oxy hòa tan",
      unit: "mg/L",
      truth: Array.from({ length: 2_000 }, (_, i) => ({
        atMs: fromMs + i * 120_000,
        value: 5 + Math.sin(i / 50),
      })),
      readings: [
        { atMs: fromMs + hour, value: 5, isLate: false },
        { atMs: fromMs + 2 * hour, value: 5.1, isLate: true },
      ],
      alerts: [{ fromMs: fromMs + 30 * hour, toMs: fromMs + 40 * hour, label: "thiếu oxy" }],
      limits: [4],
    },
  ],
};

test("truth, readings, alerts and troubles are in the picture, with their words", () => {
  const svg = plotSvg(plot);
  for (const kind of ["truth", "seen", "late", "limit", "alert", "alerted", "trouble", "troubled"]) {
    expect(svg.split(`class="${kind}"`).length, kind).toBeGreaterThan(2);
  }
  for (const words of [
    "Oxy hòa tan",
    "mg/L",
    "mất điện",
    "thiếu oxy",
    "sự thật",
    ">truth<",
    "Viet Nam time",
    ">1/5<",
    ">3/5<",
  ]) {
    expect(svg).toContain(words);
  }
  expect(svg).toContain("Ao &lt;1> &amp; ao 2");
});

test("a long line is thinned and keeps its peaks; the picture stays small", () => {
  const peak = { atMs: fromMs + 50 * hour, value: 42 };
  const [panel] = plot.panels;
  const svg = plotSvg({
    ...plot,
    panels: [{ ...panel!, truth: [...panel!.truth.slice(0, 1_400), peak, ...panel!.truth.slice(1_400)] }],
  });
  expect(svg.length).toBeLessThan(12_000);
  expect(svg).toContain(">40 mg/L<");
});

test("bands that begin together are named one above the other, and what has no room is left out", () => {
  const band = { fromMs: fromMs + hour, toMs: fromMs + 2 * hour };
  const troubles = ["mất sóng di động", "mất điện cả xã", "mạng chậm", "kết nối treo"].map((label) => ({
    ...band,
    label,
  }));
  const svg = plotSvg({ ...plot, troubles });
  const at = (label: string) => new RegExp(`y="([\\d.]+)">${label}<`).exec(svg)?.[1];
  expect(at("mất sóng di động")).toBeDefined();
  expect(at("mất điện cả xã")).toBeDefined();
  expect(at("mất sóng di động")).not.toBe(at("mất điện cả xã"));
  expect(at("mạng chậm")).toBeDefined();
  expect(at("kết nối treo")).toBeUndefined();
});

test.each([
  [0, 10, [0, 2, 4, 6, 8, 10]],
  [24.3, 37.9, [20, 25, 30, 35, 40]],
  [0.11, 0.32, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]],
  [5, 5, [5, 6]],
])("from %f to %f the axis says %j", (min, max, ticks) => {
  expect(niceTicks(min, max)).toEqual(ticks);
});

test("a scale goes both ways up", () => {
  expect([0, 5, 10].map(scale([0, 10], [100, 0]))).toEqual([100, 50, 0]);
});

test("hours are shown where there is room for them", () => {
  const hours = (days: number) =>
    plotSvg({ ...plot, toMs: fromMs + days * 24 * hour }).split(`class="h"`).length - 1;
  expect([hours(3), hours(20)]).toEqual([9, 0]);
});

test("a band that ends before the picture begins is not drawn", () => {
  const before = { fromMs: fromMs - 9 * hour, toMs: fromMs - 5 * hour, label: "" };
  const drawn = plotSvg({ ...plot, troubles: [before] }).split(`class="trouble"`).length;
  expect(drawn).toBe(plotSvg({ ...plot, troubles: [] }).split(`class="trouble"`).length);
});
