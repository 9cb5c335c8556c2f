import { expect, test } from "vitest";
import { farmData } from "../../e2e/farm-data.ts";
import {
  byCondition,
  compareQuantities,
  conditionOf,
  folded,
  isTechnical,
  lastSeenMs,
  matches,
  needsAttention,
  noFilter,
  placeValues,
} from "./places.ts";

const now = Date.UTC(2026, 10, 21);
const { overview, open } = farmData(now);
const place = (id: string) => overview.places.find((candidate) => candidate.id === id)!;
const rice = place("dong-nam");
const shrimp = place("ao-tom");

test("a place is as well as its worst alert or device", () => {
  const [soil1, soil2] = rice.devices as [(typeof rice.devices)[0], (typeof rice.devices)[0]];
  expect(conditionOf(rice.devices, [])).toBe("good");
  expect(conditionOf(shrimp.devices, open)).toBe("critical");
  expect(conditionOf([soil1, { ...soil2, available: false }], [])).toBe("silent");
  expect(conditionOf([{ ...soil1, available: false, lastSeenMs: null }], [])).toBe("waiting");
  expect(conditionOf([], [])).toBe("waiting");
});

test("a device that was never heard is waited for, not missed", () => {
  expect(needsAttention("silent")).toBe(true);
  expect(needsAttention("waiting")).toBe(false);
});

test("several devices of a place are shown as the span of their values", () => {
  expect(placeValues(rice, [])[0]).toEqual({
    quantity: "soil.moisture",
    min: 31.2,
    max: 34.9,
    measuredAtMs: now - 2 * 60_000,
    alerted: false,
  });
});

test("a silent device does not speak for a place where others still do", () => {
  const [soil1, soil2] = rice.devices as [(typeof rice.devices)[0], (typeof rice.devices)[0]];
  const half = { ...rice, devices: [soil1, { ...soil2, available: false }] };
  expect(placeValues(half, [])[0]).toMatchObject({ min: 31.2, max: 31.2 });
  const none = { ...rice, devices: half.devices.map((device) => ({ ...device, available: false })) };
  expect(placeValues(none, [])[0]).toMatchObject({ min: 31.2, max: 34.9 });
});

test("what an alert is about comes first, then what people of the trade ask first", () => {
  const order = (alerts: typeof open) => placeValues(shrimp, alerts).map(({ quantity }) => quantity);
  expect(order([])).toEqual(["water.dissolvedOxygen", "water.temperature", "water.ph"]);
  const acid = { ...open[1]!, quantity: "water.ph" };
  expect(order([acid])).toEqual(["water.ph", "water.dissolvedOxygen", "water.temperature"]);
});

test("charts stand in the order of what is asked, the device's own state last", () => {
  const sorted = ["radio.rssi", "soil.ec", "air.temperature", "power.battery", "soil.moisture"].sort(
    compareQuantities,
  );
  expect(sorted).toEqual(["soil.moisture", "air.temperature", "soil.ec", "power.battery", "radio.rssi"]);
});

test("a battery is about the device, not about the field", () => {
  expect(isTechnical("power.batteryPercent")).toBe(true);
  expect(isTechnical("soil.moisture")).toBe(false);
  expect(placeValues(rice, []).map(({ quantity }) => quantity)).not.toContain("power.batteryPercent");
});

test("names are found without case and diacritics, as people type on a phone", () => {
  expect(folded("Đồng Xoài ")).toBe("dong xoai");
  const finds = (text: string) => matches(rice, "good", { ...noFilter, text });
  expect(finds("dong nam")).toBe(true);
  expect(finds("ĐỒNG NẪM")).toBe(true);
  expect(finds("cẩm bình")).toBe(true);
  expect(finds("SOIL-02")).toBe(true);
  expect(finds("ao tôm")).toBe(false);
});

test("filters hold together", () => {
  expect(matches(rice, "good", { kind: "pond", attention: false, text: "" })).toBe(false);
  expect(matches(rice, "good", { kind: "parcel", attention: true, text: "" })).toBe(false);
  expect(matches(rice, "silent", { kind: "parcel", attention: true, text: "lúa" })).toBe(true);
});

test("who needs help stands first, then by name as people count", () => {
  const named = (name: string, condition: "good" | "critical") => ({ name, condition });
  const sorted = byCondition(
    [named("Ao 10", "good"), named("Ao 9", "good"), named("Ruộng", "critical")],
    "vi-VN",
  );
  expect(sorted.map(({ name }) => name)).toEqual(["Ruộng", "Ao 9", "Ao 10"]);
});

test("a place was heard when its last device was", () => {
  expect(lastSeenMs(rice.devices)).toBe(now - 2 * 60_000);
  expect(lastSeenMs([])).toBeNull();
});
