import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createDecoder } from "../decode/decoder.ts";
import { createField, dry, hour, minute, noon, rulesOf } from "./test-field.ts";

/*
 * What people complain of in other platforms, each as a test: alarms that come twice, that were forgotten over a restart, that come in
 * the wrong order after an outage, that a wrong clock set off, that do not say what was measured. The README lists them all, also those
 * that stand in other tests.
 */

function createFarm(rules: readonly object[] = [dry]) {
  const field = createField({ rules: rulesOf(rules) });
  return {
    field,
    measures(value: number, atMs: number, receivedAtMs = atMs) {
      field.arrives({ receivedAtMs, readings: [{ value, atMs }] });
      field.takes();
    },
    told: () =>
      field.watch.outbox.claim("log", 100, field.clock.nowMs).map((claim) => {
        const started = { atMs: field.clock.nowMs, tookMs: 0 };
        field.watch.outbox.settle(claim, started, { outcome: "delivered", detail: "" });
        return `${claim.event} ${claim.alert.value}`;
      }),
    alerts: () => field.watch.alerts({ state: "all", limit: 9 }),
  };
}

test("the same reading again, from the node, from two gateways or from the journal, is told once", () => {
  const farm = createFarm();
  for (let at = 0; at < 5; at++) farm.measures(20, noon, noon + at);
  farm.field.crash();
  farm.field.takes();
  expect(farm.told()).toEqual(["fired 20"]);
  expect(farm.alerts()).toHaveLength(1);
});

test("a reading 5 ms after its duplicate changes nothing: neither the alert nor the hold that counts", () => {
  const farm = createFarm([{ ...dry, forMs: hour }]);
  farm.measures(20, noon);
  for (let at = 1; at <= 12; at++) {
    farm.measures(20, noon + at * 5 * minute);
    farm.measures(20, noon + at * 5 * minute + 5);
  }
  expect(farm.told()).toEqual(["fired 20"]);
  expect(farm.alerts()).toMatchObject([{ sinceMs: noon, firedAtMs: noon + hour }]);
  farm.measures(20, noon + hour + 10);
  expect(farm.told()).toEqual([]);
  expect(farm.alerts()).toHaveLength(1);
});

test("a restart within a hold neither forgets it nor begins it anew, to the second", () => {
  const farm = createFarm([{ ...dry, forMs: hour }]);
  farm.measures(20, noon);
  farm.measures(20, noon + 59 * minute);
  farm.field.restart();
  farm.measures(20, noon + hour - 1000);
  expect(farm.told()).toEqual([]);
  farm.field.crash();
  farm.measures(20, noon + hour);
  expect(farm.told()).toEqual(["fired 20"]);
});

test("two days of readings that come at once after an outage tell one thing: how it is now", () => {
  const farm = createFarm();
  const live = noon + 48 * hour;
  const backlog = Array.from({ length: 96 }, (_, at) => ({
    value: at % 2 === 0 ? 20 : 30,
    atMs: noon + at * 30 * minute,
    live: false,
  }));
  farm.field.arrives({ receivedAtMs: live, readings: [...backlog, { value: 19, atMs: live }] });
  farm.field.takes();
  expect(farm.told()).toEqual(["fired 19"]);
  const all = farm.field.watch.alerts({ state: "all", limit: 100 });
  expect(all).toHaveLength(49);
  expect(all.filter(({ state }) => state === "resolved")).toHaveLength(48);
});

test("news that could not be sent during an outage come afterwards as they are by then, each alert once and never back to front", () => {
  const farm = createFarm();
  farm.measures(20, noon);
  const [first] = farm.field.watch.outbox.claim("log", 9, noon);
  const later = { outcome: "again", detail: "", nextTryAtMs: noon + 3 * hour } as const;
  farm.field.watch.outbox.settle(first!, { atMs: noon, tookMs: 0 }, later);
  farm.measures(30, noon + hour);
  farm.measures(21, noon + 2 * hour);
  farm.field.clock.nowMs = noon + 3 * hour;
  expect(farm.told()).toEqual(["resolved 20", "fired 21"]);
});

describe("a clock in 2036", () => {
  const decoder = createDecoder({
    device: () => ({ model: "native", intervalMs: null, mountingHeightCm: null }),
  });
  /** What the real decoder makes of a node's message. */
  const sends = (farm: ReturnType<typeof createFarm>, body: object, receivedAtMs: number) => {
    const { journal } = farm.field;
    const payload = Buffer.from(JSON.stringify(body));
    const topic = "canhdong/v1/n1/telemetry";
    journal.push(decoder.decode({ device: "n1", topic, payload, receivedAtMs, position: journal.length }));
    farm.field.takes();
  };

  test("neither sets an alarm off nor deafens the watch to what is measured now", () => {
    const farm = createFarm();
    const ts = Date.UTC(2036, 1, 7, 6, 28, 16);
    sends(farm, { ts, values: { "soil.moisture": 5 } }, noon);
    expect(farm.field.journal.at(-1)).toMatchObject({
      readings: [],
      rejections: [{ reason: "clock-implausible" }],
    });
    expect(farm.told()).toEqual([]);
    sends(farm, { ts: noon + minute, values: { "soil.moisture": 20 } }, noon + minute);
    expect(farm.told()).toEqual(["fired 20"]);
  });
});

test("the message carries the value that fired it, whatever was measured since", () => {
  const farm = createFarm();
  farm.measures(24, noon);
  farm.measures(12, noon + minute);
  const [claim] = farm.field.watch.outbox.claim("log", 9, noon);
  expect(claim!.alert).toMatchObject({ value: 24, limit: 25, firedAtMs: noon });
  expect(claim!.alert.title.vi).toBe("Thửa p1: 24%");
});

test("what a gateway's uplink says of several devices is judged for each of them", () => {
  const farm = createFarm();
  const uplink = {
    device: "service:bridge",
    topic: "t",
    payload: new Uint8Array(),
    receivedAtMs: noon,
    position: 0,
  };
  const reading = (device: string) => ({
    device,
    quantity: "soil.moisture",
    measuredAtMs: noon,
    receivedAtMs: noon,
    value: 20,
    live: true,
  });
  farm.field.journal.push({
    uplink,
    readings: [reading("n1"), reading("n2")],
    rejections: [],
    decoder: "test/1",
    devices: ["n1", "n2"],
  });
  farm.field.takes();
  expect(farm.alerts().map(({ device }) => device)).toEqual(expect.arrayContaining(["n1", "n2"]));
  expect(farm.field.watch.lastSeen("n2")).toBe(noon);
});

test("every complaint of the list is a test", () => {
  const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
  const listed = [...readme.matchAll(/^\| .+? \| (.+?) +\| (\S+\.test\.ts) +\|$/gm)];
  expect(listed.length).toBeGreaterThan(12);
  for (const [, name, file] of listed)
    expect([file, readFileSync(join(import.meta.dirname, file!), "utf8").includes(name!)]).toEqual([
      file,
      true,
    ]);
});
