import { expect, test } from "vitest";
import { deviceSilent } from "./device-silent.ts";

const base = {
  kind: "device-silent",
  name: "silent",
  severity: "warning",
  title: { vi: "Mất tín hiệu", en: "Silent" },
  advice: { vi: "Kiểm tra", en: "Look" },
};
const hour = 3_600_000;
const after = (config: object, intervalMs: number | null) =>
  deviceSilent.parse({ ...base, ...config }).afterMs(intervalMs);

test("silence is measured in the device's own intervals", () => {
  expect(after({ intervals: 3 }, 600_000)).toBe(1_800_000);
  expect(after({ intervals: 3 }, 24 * hour)).toBe(72 * hour);
});

test("a device whose interval is not known is judged by the fixed time, or not at all", () => {
  expect(after({ intervals: 3, afterMs: hour }, null)).toBe(hour);
  expect(after({ intervals: 3, afterMs: hour }, 600_000)).toBe(1_800_000);
  expect(after({ intervals: 3 }, null)).toBeNull();
});

test("a fixed time alone holds for every device", () => {
  expect(after({ afterMs: hour }, 24 * hour)).toBe(hour);
});

test("one late uplink must not count as silence, and some time must be given", () => {
  expect(deviceSilent.safeParse({ ...base, intervals: 1 }).error!.issues[0]!.message).toMatch(/at least 1.5/);
  expect(deviceSilent.safeParse(base).error!.issues[0]!.message).toMatch(/`intervals`, `afterMs`/);
});
