import { expect, test } from "vitest";
import type { Rejection } from "../decode/decoded.ts";
import { good, minute, open, positionsOf, receivedAtMs, uplink } from "./test-quarantine.ts";

const told = (position: number, ts: number, values: object, device?: string) =>
  uplink(position, JSON.stringify({ ts, values }), device);
const measuredAtMs = receivedAtMs - 5 * minute;
const broken = { "soil.moisture": 140, "soil.temperature": 327.67, "soil.ec": "wet", mood: 7 };

test("a value refused again at the same measured time is known, whatever else its uplink brings", async () => {
  const quarantine = open();
  await quarantine.keep([told(1, measuredAtMs, broken)], 2);
  const once = [quarantine.list({ limit: 10 }), quarantine.count(), quarantine.usage()];
  await quarantine.keep([told(2, measuredAtMs, broken), told(3, measuredAtMs, broken)], 4);
  expect([quarantine.list({ limit: 10 }), quarantine.count(), quarantine.usage()]).toEqual(once);
  expect([quarantine.raw(2), quarantine.cursor()]).toEqual([undefined, 4]);
  await quarantine.keep([told(1, measuredAtMs, broken), told(2, measuredAtMs, broken)], 4);
  expect([quarantine.list({ limit: 10 }), quarantine.count(), quarantine.usage()]).toEqual(once);
  await quarantine.keep([told(4, measuredAtMs, { ...broken, gloom: 8 })], 5);
  expect(quarantine.count()).toEqual({ ...(once[1] as object), "unknown-quantity": 2 });
  expect(quarantine.list({ limit: 1 })).toMatchObject([{ position: 4, quantity: "gloom" }]);
});

test("a node that stores and forwards may group its values anew", async () => {
  const quarantine = open();
  const items = Array.from({ length: 120 }, (_, i) => ({
    ts: measuredAtMs - i * minute,
    values: { "soil.temperature": 327.67, "soil.moisture": 140 },
  }));
  const sent = (position: number, from: number, to: number) =>
    uplink(position, JSON.stringify(items.slice(from, to)));
  await quarantine.keep([sent(1, 0, 120)], 2);
  await quarantine.keep([sent(2, 0, 70), sent(3, 60, 120), sent(4, 5, 6), sent(5, 0, 120)], 6);
  expect(quarantine.count()).toEqual({ sentinel: 120, implausible: 120 });
  expect(new Set(positionsOf(quarantine.list({ limit: 1000 })))).toEqual(new Set([1]));
});

test("another device, quantity, time or reason is another value", async () => {
  const quarantine = open();
  await quarantine.keep(
    [
      told(1, measuredAtMs, { "soil.moisture": 140 }),
      told(2, measuredAtMs, { "soil.moisture": 140 }, "node-2"),
      told(3, measuredAtMs, { "water.ph": 140 }),
      told(4, measuredAtMs + 1, { "soil.moisture": 140 }),
      told(5, measuredAtMs, { "soil.moisture": "wet" }),
    ],
    6,
  );
  expect(quarantine.count()).toEqual({ implausible: 4, "not-a-number": 1 });
});

test("what tells no time of its own, or none to believe, is kept each time", async () => {
  const quarantine = open();
  const untimed = uplink(1, '{"values":{"soil.moisture":140}}');
  const again = (position: number) => ({ ...untimed, uplink: { ...untimed.uplink, position } });
  await quarantine.keep([untimed, again(2), again(3)], 4);
  await quarantine.keep([told(4, 7200, broken), told(5, 7200, broken)], 6);
  await quarantine.keep([uplink(6, "rubbish"), uplink(7, "rubbish")], 8);
  expect(quarantine.count()).toEqual({ implausible: 3, "clock-implausible": 8, "not-json": 2 });
});

test("a value that was told in the moment of its arrival is known when it is sent again", async () => {
  const quarantine = open();
  const arrivedAtMs = receivedAtMs + minute;
  await quarantine.keep([told(1, arrivedAtMs, { "soil.moisture": 140 })], 2);
  await quarantine.keep([told(2, arrivedAtMs, { "soil.moisture": 140 })], 3);
  expect(quarantine.count()).toEqual({ implausible: 1 });
});

test("two names that look the same once they are cut are two values", async () => {
  const quarantine = open();
  const name = "x".repeat(100);
  await quarantine.keep([told(1, measuredAtMs, { [`${name}1`]: 1, [`${name}2`]: 1 })], 2);
  expect(quarantine.count()).toEqual({ "unknown-quantity": 2 });
});

test("what was mended, or dropped, and is refused again counts again", async () => {
  const quarantine = open();
  await quarantine.keep([told(1, measuredAtMs, broken)], 2);
  await quarantine.amend([good(1)], receivedAtMs);
  await quarantine.keep([told(2, measuredAtMs, broken)], 3);
  expect(positionsOf(quarantine.list({ limit: 10 }))).toEqual([2, 2, 2, 2]);
  await quarantine.trim(receivedAtMs + 3 * minute);
  await quarantine.keep([told(4, measuredAtMs, broken)], 5);
  expect(positionsOf(quarantine.list({ limit: 10 }))).toEqual([4, 4, 4, 4]);
});

test("of uplinks decoded again the same value counts once, and keeps its place", async () => {
  const quarantine = open();
  const rejection: Rejection = {
    reason: "unknown-device",
    detail: "node-1 is not registered",
    quantity: null,
    measuredAtMs: null,
  };
  const again = [1, 2, 3].map((position) => told(position, measuredAtMs, { "soil.moisture": 140 }));
  await quarantine.keep(
    again.map((decoded) => ({ ...decoded, rejections: [rejection] })),
    4,
  );
  expect(await quarantine.amend(again, receivedAtMs)).toMatchObject({ mended: 2, remaining: 1 });
  expect(await quarantine.amend(again.slice(1), receivedAtMs)).toMatchObject({ mended: 0, remaining: 0 });
  expect(await quarantine.amend(again, receivedAtMs)).toMatchObject({ mended: 0, remaining: 1 });
  expect(quarantine.count()).toEqual({ implausible: 1 });
  expect(positionsOf(quarantine.list({ limit: 10 }))).toEqual([1]);
});

test("of values that tell their time five hundred stand singly, the rest of the uplink is summed", async () => {
  const quarantine = open();
  const values = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`q${i}`, 1]));
  await quarantine.keep([told(1, measuredAtMs, values)], 2);
  expect(quarantine.count()).toEqual({ "unknown-quantity": 5000 });
  expect(quarantine.list({ limit: 1000 })).toHaveLength(501);
});

test("what was measured in a span is counted and listed by itself", async () => {
  const quarantine = open();
  const span = { measuredFromMs: measuredAtMs, measuredToMs: measuredAtMs + minute };
  await quarantine.keep(
    [
      told(1, measuredAtMs - 1, broken),
      told(2, measuredAtMs, { "soil.moisture": 140 }),
      told(3, measuredAtMs, { "soil.moisture": 140, mood: 1 }, "node-2"),
      told(4, measuredAtMs + minute, broken),
      uplink(5, "rubbish"),
    ],
    6,
  );
  expect(quarantine.count(span)).toEqual({ implausible: 2, "unknown-quantity": 1 });
  expect(quarantine.count({ ...span, device: "node-1" })).toEqual({ implausible: 1 });
  expect(positionsOf(quarantine.list({ ...span, limit: 10 }))).toEqual([3, 3, 2]);
});
