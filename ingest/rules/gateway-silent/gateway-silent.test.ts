import { expect, test } from "vitest";
import { hour, rulesWords } from "../testing/judged.ts";
import { gatewaySilent } from "./gateway-silent.ts";

const base = { kind: "gateway-silent", severity: "critical", intervals: 3, ...rulesWords };
const rule = (config: object = {}) => gatewaySilent.parse({ ...base, ...config });

test("counts a device as silent by its own interval, or by the fixed time", () => {
  expect(rule().afterMs(600_000)).toBe(1_800_000);
  expect(rule().afterMs(null)).toBeNull();
  expect(rule({ afterMs: hour }).afterMs(null)).toBe(hour);
});

test("asks for several devices and for most of them", () => {
  expect(rule()).toMatchObject({ watches: "gateways", fewestDevices: 3, share: 0.8 });
  expect(gatewaySilent.safeParse({ ...base, fewestDevices: 1 }).success).toBe(false);
  expect(gatewaySilent.safeParse({ ...base, share: 0.5 }).success).toBe(false);
  expect(gatewaySilent.safeParse({ ...base, intervals: undefined }).success).toBe(false);
});

test("is another rule when its share changes, and the same one when its words do", () => {
  expect(rule({ share: 0.9 }).fingerprint).not.toBe(rule().fingerprint);
  expect(rule({ advice: { vi: "Xem", en: "Look" } }).fingerprint).toBe(rule().fingerprint);
});
