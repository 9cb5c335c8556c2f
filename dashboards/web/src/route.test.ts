import { expect, test } from "vitest";
import { alertHref, deviceHref, hrefOf, parseRoute, placeHref, type Route } from "./route.ts";

const routes: Route[] = [
  { page: "overview" },
  { page: "place", id: "ao-tom", device: null, window: { span: "24h", endMs: null } },
  { page: "place", id: "ao tôm/2?", device: "pond-01", window: { span: "7d", endMs: 1_763_712_000_000 } },
  { page: "device", id: "soil-01", window: { span: "30d", endMs: null } },
  { page: "alerts", history: false },
  { page: "alerts", history: true },
  { page: "rules", pack: null },
  { page: "rules", pack: "rice" },
  { page: "people", id: null },
  { page: "people", id: "hoa" },
  { page: "linkage", view: "score", id: null, plan: null, period: null },
  { page: "linkage", view: "models", id: "lua-cẩm-bình/1", plan: "ha-tinh", period: "2026-Q3" },
  { page: "linkage", view: "snapshots", id: null, plan: null, period: "2026" },
  { page: "system" },
  { page: "account" },
];

test.each(routes)("an address leads back to where it came from: $page", (route) => {
  expect(parseRoute(hrefOf(route))).toEqual(route);
});

test("addresses are short enough to be read out over the phone", () => {
  expect(placeHref("ao-tom")).toBe("#/place/ao-tom");
  expect(deviceHref("soil-01")).toBe("#/device/soil-01");
});

test.each(["", "#", "#/", "#/nowhere", "#/place", "#/place/", "#/device"])(
  "%o shows the overview",
  (hash) => {
    expect(parseRoute(hash)).toEqual({ page: "overview" });
  },
);

test("an address made up by hand breaks nothing", () => {
  const route = parseRoute("#/device/100%?span=ages&end=soon");
  expect(route).toEqual({ page: "device", id: "100%", window: { span: "24h", endMs: null } });
});

test("an alert leads to the device that told it, in its place", () => {
  expect(alertHref({ place: "dong-nam", device: "soil-02" })).toBe("#/place/dong-nam?device=soil-02");
  expect(alertHref({ place: null, device: "soil-09" })).toBe("#/device/soil-09");
});
