import { expect, test } from "vitest";
import { createDecoder } from "../decoder.ts";
import { derivedTopic } from "./derived.ts";

const receivedAtMs = Date.UTC(2026, 6, 1, 6);
const decoder = createDecoder({ device: (id) => (id === "n1" ? { intervalMs: 60_000 } : undefined) });
const decode = (body: unknown, device = "n1") =>
  decoder.decodeAfresh({
    device,
    topic: derivedTopic,
    payload: new TextEncoder().encode(JSON.stringify(body)),
    receivedAtMs,
    position: 0,
  });

test("what was reckoned is a reading of the device, live when its time is", () => {
  const { readings, rejections } = decode([
    ["air.thi", receivedAtMs - 1000, 78.1],
    ["air.et0Daily", receivedAtMs - 3_600_000, 4.2],
  ]);
  expect(rejections).toEqual([]);
  expect(readings.map(({ device, quantity, value, live }) => [device, quantity, value, live])).toEqual([
    ["n1", "air.et0Daily", 4.2, false],
    ["n1", "air.thi", 78.1, true],
  ]);
});

test("nobody from outside is believed to have reckoned", () => {
  const { readings, rejections } = decode([["air.thi", receivedAtMs, 78.1]], "intake:elsewhere");
  expect(readings).toEqual([]);
  expect(rejections.map(({ reason }) => reason)).toEqual(["unknown-topic"]);
});

test("anything but a list is refused, not thrown at", () => {
  expect(decode({ a: 1 }).rejections.map(({ reason }) => reason)).toEqual(["wrong-shape"]);
});
