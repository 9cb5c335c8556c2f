import { expect, test } from "vitest";
import { farmData } from "../../e2e/farm-data.ts";
import { everyDevice, findDevice, overviewAfter } from "./overview.ts";

const now = Date.UTC(2026, 10, 21);
const { overview } = farmData(now);
const moisture = (value: number, measuredAtMs: number) => ({
  quantity: "soil.moisture",
  value,
  measuredAtMs,
});

test("a live reading replaces the value, wakes the device and leaves the other places alone", () => {
  const after = overviewAfter(overview, {
    type: "readings",
    device: "soil-03",
    latest: [moisture(19.5, now)],
    lastSeenMs: now,
  });
  const { device } = findDevice(after, "soil-03")!;
  expect(device.latest.find(({ quantity }) => quantity === "soil.moisture")?.value).toBe(19.5);
  expect(device.latest).toHaveLength(4);
  expect(device.available).toBe(true);
  expect(device.lastSeenMs).toBe(now);
  const changed = after.places.filter((place, at) => place !== overview.places[at]);
  expect(changed.map(({ id }) => id)).toEqual(["khe-may"]);
});

test("an older reading is not the newest value", () => {
  const { device } = findDevice(overview, "soil-01")!;
  const after = overviewAfter(overview, {
    type: "readings",
    device: "soil-01",
    latest: [moisture(1, now - 3_600_000)],
    lastSeenMs: now - 3_600_000,
  });
  const changed = findDevice(after, "soil-01")!.device;
  expect(changed.latest).toEqual(device.latest);
  expect(changed.lastSeenMs).toBe(device.lastSeenMs);
});

test("a quantity told for the first time appears", () => {
  const rain = { quantity: "rain.amount", value: 2, measuredAtMs: now };
  const event = { type: "readings", device: "soil-09", latest: [rain], lastSeenMs: now } as const;
  const after = overviewAfter(overview, { ...event, latest: [rain] });
  expect(findDevice(after, "soil-09")?.device.latest).toEqual([rain]);
});

test("a device that falls silent is shown so", () => {
  const after = overviewAfter(overview, {
    type: "device",
    device: "pond-01",
    connected: false,
    available: false,
  });
  expect(findDevice(after, "pond-01")?.device).toMatchObject({ connected: false, available: false });
});

test("news of a device that is not shown here change nothing", () => {
  expect(
    overviewAfter(overview, { type: "device", device: "elsewhere", connected: true, available: true }),
  ).toBe(overview);
});

test("devices are found wherever they stand", () => {
  expect(everyDevice(overview)).toHaveLength(8);
  expect(findDevice(overview, "soil-02")?.place?.id).toBe("dong-nam");
  expect(findDevice(overview, "soil-09")?.place).toBeNull();
  expect(findDevice(overview, "nowhere")).toBeNull();
});
