import { expect, test } from "vitest";
import { maskPersonal } from "./mask-personal.ts";
import { usualRetries, waitMs } from "./retry-policy.ts";
import { spanInWords, timeInWords, valueInWords } from "./wording.ts";

test("values are written with the unit and the decimal sign people use", () => {
  expect(valueInWords("water.dissolvedOxygen", 2.4)).toEqual({ vi: "2,4 mg/l", en: "2.4 mg/l" });
  expect(valueInWords("soil.moisture", 31.26)).toEqual({ vi: "31,3%", en: "31.3%" });
  expect(valueInWords("air.temperature", 34.5)).toEqual({ vi: "34,5°C", en: "34.5°C" });
  expect(valueInWords("soil.pH", 5.5).vi).toBe("5,5");
});

test("a value just beyond its limit does not look like the limit", () => {
  expect(valueInWords("soil.moisture", 24.96, 25).en).toBe("24.96%");
  expect(valueInWords("soil.moisture", 24.96).en).toBe("25%");
});

test("times are told in Vietnam's time", () => {
  const lateEvening = Date.UTC(2026, 10, 20, 23, 10);
  expect(timeInWords(lateEvening)).toEqual({ vi: "06:10 ngày 21/11/2026", en: "06:10 on 21 Nov 2026" });
  expect(timeInWords(Date.UTC(2026, 10, 20, 17, 5)).vi).toBe("00:05 ngày 21/11/2026");
});

test("lengths of time are told in their two largest units", () => {
  expect(spanInWords(5_400_000)).toEqual({ vi: "1 giờ 30 phút", en: "1 hour 30 minutes" });
  expect(spanInWords(172_800_000)).toEqual({ vi: "2 ngày", en: "2 days" });
  expect(spanInWords(59_999)).toEqual({ vi: "59 giây", en: "59 seconds" });
  expect(spanInWords(500)).toEqual({ vi: "0 giây", en: "0 seconds" });
});

test("addresses and telephone numbers are masked, other figures are not", () => {
  expect(maskPersonal("550 lan.nguyen@example.vn unknown")).toBe("550 l***@example.vn unknown");
  expect(maskPersonal("gọi 0912 345 678 hoặc +84912345678")).toBe("gọi 0***678 hoặc +84***678");
  expect(maskPersonal("HTTP 503 after 10000 ms at 12:30 20/11/2026")).toBe(
    "HTTP 503 after 10000 ms at 12:30 20/11/2026",
  );
});

test("waits double up to a limit, and half of each is chance", () => {
  const policy = { ...usualRetries, firstMs: 1000, mostMs: 5000 };
  expect([1, 2, 3, 4, 99].map((attempts) => waitMs(policy, attempts, 1))).toEqual([
    1000, 2000, 4000, 5000, 5000,
  ]);
  expect([1, 2, 3, 4, 99].map((attempts) => waitMs(policy, attempts, 0))).toEqual([
    500, 1000, 2000, 2500, 2500,
  ]);
});
