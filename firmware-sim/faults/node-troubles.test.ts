import { expect, test } from "vitest";
import { nodeTroubles } from "./node-troubles.ts";
import { trouble } from "./trouble.ts";

const here = { device: "n-1", place: "Ao số 1", commune: "Quảng Điền", gateway: "UBND xã" };

test("a trouble concerns the node, place and commune that it names, and everybody when it names none", () => {
  const span = { fromMs: 10, toMs: 20 };
  const isStruck = (where: object) =>
    !nodeTroubles(here, [{ kind: "power-cut", ...span, ...where }]).isPowered(15);
  expect(isStruck({})).toBe(true);
  expect(isStruck({ device: "n-1" })).toBe(true);
  expect(isStruck({ place: "Ao số 1", commune: "Quảng Điền" })).toBe(true);
  expect(isStruck({ device: "n-2" })).toBe(false);
  expect(isStruck({ place: "Ao số 2" })).toBe(false);
  expect(isStruck({ commune: "Phú Vang" })).toBe(false);
});

test("it lasts from its first moment to just before its last, and each edge is told", () => {
  const troubles = nodeTroubles(here, [
    { kind: "network-down", fromMs: 10, toMs: 20 },
    { kind: "slow-network", fromMs: 15, toMs: 30, latencyMs: 900 },
  ]);
  expect([9, 10, 19, 20].map((atMs) => troubles.hasNetwork(atMs))).toEqual([true, false, false, true]);
  expect([14, 15, 29, 30].map((atMs) => troubles.latencyMs(atMs))).toEqual([0, 900, 900, 0]);
  expect([0, 10, 15, 20, 30].map((atMs) => troubles.nextEdgeMs(atMs))).toEqual([
    10,
    15,
    20,
    30,
    Number.POSITIVE_INFINITY,
  ]);
});

test("lightning makes the nodes of its gateway start anew, and a gateway that is down is not noticed", () => {
  const all = [
    { kind: "lightning", gateway: "UBND xã", fromMs: 10, toMs: 20 },
    { kind: "gateway-down", gateway: "UBND xã", fromMs: 30, toMs: 40 },
  ] as const;
  expect(nodeTroubles(here, all).moments).toEqual([{ kind: "restart", atMs: 10, device: "n-1" }]);
  expect(nodeTroubles({ ...here, gateway: "Trạm bơm" }, all).moments).toEqual([]);
});

test("a trouble that nobody knows, or that says too much, is refused with its place", () => {
  const complaint = (value: object) => trouble.safeParse(value).error?.issues[0];
  expect(complaint({ kind: "earthquake" })?.path).toEqual(["kind"]);
  expect(complaint({ kind: "flood", device: "n-1", fromMs: 0, toMs: 1, everyMs: 5 })?.path).toEqual([
    "everyMs",
  ]);
  expect(complaint({ kind: "lightning", fromMs: 0, toMs: 1, gateway: "g", volts: 5 })?.message).toMatch(
    /volts/,
  );
});
