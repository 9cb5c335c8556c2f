import { expect, test } from "vitest";
import { createDecoder } from "../decoder.ts";
import { derivedBy, derivedTopic } from "./derived.ts";

const receivedAtMs = Date.UTC(2026, 6, 1, 6);
const registered = new Set(["n1", "n2"]);
const decoder = createDecoder({
  device: (id) => (registered.has(id) ? { intervalMs: 60_000 } : undefined),
});
const decode = (body: unknown, device = derivedBy) =>
  decoder.decodeAfresh({
    device,
    topic: derivedTopic,
    payload: new TextEncoder().encode(JSON.stringify(body)),
    receivedAtMs,
    position: 0,
  });

test("what was reckoned is a reading of each device, live when its time is", () => {
  const { readings, rejections, devices } = decode({
    n1: [
      ["air.thi", receivedAtMs - 1000, 78.1],
      ["air.et0Daily", receivedAtMs - 3_600_000, 4.2],
    ],
    n2: [["air.thi", receivedAtMs - 500, 80]],
  });
  expect(rejections).toEqual([]);
  expect(devices).toEqual(["n1", "n2"]);
  expect(readings.map(({ device, quantity, value, live }) => [device, quantity, value, live])).toEqual([
    ["n1", "air.et0Daily", 4.2, false],
    ["n1", "air.thi", 78.1, true],
    ["n2", "air.thi", 80, true],
  ]);
});

test("a device that was removed since loses what was reckoned, and its neighbours do not", () => {
  const { readings, rejections } = decode({
    gone: [["air.thi", receivedAtMs, 78.1]],
    n2: [["air.thi", receivedAtMs, 80]],
  });
  expect(readings.map(({ device }) => device)).toEqual(["n2"]);
  expect(rejections.map(({ reason }) => reason)).toEqual(["unknown-device"]);
});

test.each(["intake:elsewhere", "service:x", "n1"])("%s is not believed to have reckoned", (publisher) => {
  const { readings, rejections } = decode({ n1: [["air.thi", receivedAtMs, 78.1]] }, publisher);
  expect(readings).toEqual([]);
  expect(rejections.map(({ reason }) => reason)).toEqual(["unknown-topic"]);
});

test.each([[[["air.thi", receivedAtMs, 1]]], [{ n1: 7 }], [{ n1: [7] }], [null], ["n1"], [7]])(
  "%j is refused, not thrown at",
  (body) => {
    const { readings, rejections } = decode(body);
    expect(readings).toEqual([]);
    expect(rejections.length).toBeGreaterThan(0);
  },
);
