import { describe, expect, test } from "vitest";
import type { Standing } from "../rules/index.ts";
import { createField, hour, minute, noon, rulesOf, second, silent } from "./test-field.ts";

const gatewaySilent = {
  kind: "gateway-silent",
  name: "gateway-lost",
  intervals: 3,
  title: { vi: "{device} mất tín hiệu: {value}", en: "{device} lost: {value}" },
  advice: { vi: "Kiểm tra nguồn điện và mạng.", en: "Check power and network." },
};
const rules = rulesOf([silent, gatewaySilent]);
const ids = (count: number) => Array.from({ length: count }, (_, at) => `n${at + 1}`);

/** Devices behind one gateway, each with its own minute of the ten in which it speaks. */
function createCommune(
  count: number,
  options: { rules?: ReturnType<typeof rulesOf>; roundEveryMs?: number } = {},
) {
  const devices = ids(count);
  const standing: Standing = { place: "p1", linkageModel: null, model: "soil-node" };
  const field = createField({
    rules: options.rules ?? rules,
    roundEveryMs: options.roundEveryMs ?? 0,
    standings: Object.fromEntries(devices.map((id) => [id, standing])),
    gateways: Object.fromEntries(devices.map((id) => [id, "g1"])),
  });
  return {
    field,
    /** Lets time pass; those who are not `mute` speak at their minute. */
    passes(minutes: number, mute: (device: string) => boolean = () => false) {
      for (let at = 0; at < minutes; at++) {
        const turn = Math.round((field.clock.nowMs - noon) / minute) % 10;
        for (const [index, device] of devices.entries()) {
          if (index % 10 === turn && !mute(device))
            field.arrives({ device, receivedAtMs: field.clock.nowMs });
        }
        field.takes();
        field.tickEach(20 * second, field.clock.nowMs + minute);
      }
    },
    open: () =>
      field.watch
        .alerts({ state: "open", limit: 99 })
        .map(({ rule, device }) => `${rule} ${device}`)
        .sort(),
    heard: () => field.heard.map(({ device, state }) => `${device} ${state}`),
  };
}

const everybody = () => true;

describe("a gateway that is down", () => {
  test("is one alert that names its 23 silent devices, not 23", () => {
    const commune = createCommune(23);
    commune.passes(30);
    commune.passes(90, everybody);
    expect(commune.open()).toEqual(["gateway-lost gateway:g1"]);
    const [alert] = commune.field.watch.alerts({ state: "open", limit: 1 });
    expect([...alert!.silentDevices].sort()).toEqual(
      ids(23)
        .map((id) => `Nút ${id}`)
        .sort(),
    );
    expect(alert!.title.vi).toMatch(
      /^Trạm g1 mất tín hiệu: \d+ thiết bị \(Nút n\d+(, Nút n\d+){4} và \d+ thiết bị khác\)$/,
    );
    expect(commune.field.watch.outbox.claim("log", 99, commune.field.clock.nowMs)).toHaveLength(1);
  });

  test("is over as soon as one of them is heard, and who stays silent gets an alert of their own", () => {
    const commune = createCommune(12);
    commune.passes(30);
    commune.passes(60, everybody);
    commune.passes(8, (device) => device === "n3" || device === "n7");
    expect(commune.open()).toEqual([]);
    commune.passes(25, (device) => device === "n3" || device === "n7");
    expect(commune.open()).toEqual(["silent n3", "silent n7"]);
    expect(commune.heard()).toContain("gateway:g1 resolved");
  });

  test("is still one alert after a crash, and ends as one", () => {
    const commune = createCommune(12);
    commune.passes(30);
    commune.passes(45, everybody);
    commune.field.crash();
    commune.passes(60, everybody);
    expect(commune.open()).toEqual(["gateway-lost gateway:g1"]);
    commune.passes(60);
    expect(commune.open()).toEqual([]);
    expect(commune.heard().filter((line) => !line.startsWith("gateway"))).toEqual([]);
  });

  test("that goes down again is a new alert", () => {
    const commune = createCommune(12);
    for (let at = 0; at < 2; at++) {
      commune.passes(40);
      commune.passes(60, everybody);
    }
    expect(commune.open()).toEqual(["gateway-lost gateway:g1"]);
    expect(commune.field.watch.alerts({ state: "all", limit: 9 })).toHaveLength(2);
  });

  test("is one alert as well when one device still has another way", () => {
    const commune = createCommune(12);
    commune.passes(30);
    commune.passes(4 * 60, (device) => device !== "n5");
    expect(commune.open()).toEqual(["gateway-lost gateway:g1"]);
  });
});

describe("silence behind a gateway that works", () => {
  test("is told device by device, as soon as their patience ends", () => {
    const commune = createCommune(12);
    commune.passes(30);
    commune.passes(31, (device) => device === "n1");
    expect(commune.open()).toEqual(["silent n1"]);
    commune.passes(60, (device) => device === "n1" || device === "n2");
    expect(commune.open()).toEqual(["silent n1", "silent n2"]);
  });

  test("behind a gateway with two devices is theirs: of so few nothing can be concluded", () => {
    const commune = createCommune(2);
    commune.passes(30);
    commune.passes(60, everybody);
    expect(commune.open()).toEqual(["silent n1", "silent n2"]);
  });

  test("without a rule for gateways is everybody's own", () => {
    const commune = createCommune(5, { rules: rulesOf([silent]) });
    commune.passes(30);
    commune.passes(60, everybody);
    expect(commune.open()).toHaveLength(5);
  });
});

test("a device that was silent before its gateway was lost keeps its own alert", () => {
  const commune = createCommune(12);
  commune.passes(30);
  commune.passes(60, (device) => device === "n1");
  commune.passes(60, everybody);
  expect(commune.open()).toEqual(["gateway-lost gateway:g1", "silent n1"]);
  const [gateway] = commune.field.watch.alerts({ state: "open", limit: 9, device: "gateway:g1" });
  expect(gateway!.silentDevices).not.toContain("Nút n1");
});

test("the alert of a gateway whose devices are all gone is over", () => {
  const commune = createCommune(3);
  commune.passes(30);
  commune.passes(60, everybody);
  for (const id of ids(3)) delete commune.field.standings[id];
  commune.field.tickEach(second, commune.field.clock.nowMs + 2 * minute);
  expect(commune.open()).toEqual([]);
  expect(commune.field.clock.nowMs).toBeLessThan(noon + 2 * hour);
});

test("a crash while a gateway is down tells nothing again, and what comes after is saved, though memories are saved seldom", () => {
  const commune = createCommune(5, { roundEveryMs: 6 * hour });
  const { field } = commune;
  commune.passes(30);
  commune.passes(60, everybody);
  field.crash();
  field.takes();
  commune.passes(20, everybody);
  expect(commune.open()).toEqual(["gateway-lost gateway:g1"]);
  commune.passes(30);
  field.crash();
  field.takes();
  commune.passes(60);
  commune.passes(60, (device) => device === "n2");
  expect(field.watch.failing()).toBeNull();
  field.crash();
  const all = field.watch.alerts({ state: "all", limit: 99 });
  expect(all.map(({ device, state }) => `${device} ${state}`).sort()).toEqual([
    "gateway:g1 resolved",
    "n2 firing",
  ]);
  const lost = all.find(({ device }) => device === "gateway:g1")!;
  const steps = field.watch.history(lost.id).map(({ what }) => what);
  expect(steps).toEqual(["fired", "joined", "joined", "resolved"]);
  expect(lost.resolvedAtMs).toBeGreaterThan(lost.firedAtMs);
});
