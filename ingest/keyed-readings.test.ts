import { expect, test } from "vitest";
import { KeyedReadings } from "./keyed-readings.ts";

const reading = (device: string, quantity: string, measuredAtMs: number, value = 1) => ({
  ...{ device, quantity, measuredAtMs, value },
});

test("of two readings under the same key the last is kept, and others are not touched", () => {
  const readings = new KeyedReadings<ReturnType<typeof reading>>();
  for (const one of [reading("a", "x", 1), reading("a", "x", 2), reading("b", "x", 1), reading("a", "y", 1)])
    readings.set(one);
  readings.set(reading("a", "x", 1, 7));
  expect(readings.get(reading("a", "x", 1))?.value).toBe(7);
  expect(readings.get(reading("b", "x", 1))?.value).toBe(1);
  expect(readings.get(reading("b", "y", 1))).toBeUndefined();
  expect([...readings.all()]).toHaveLength(4);
});

test("what the other has not is told, by key and not by value", () => {
  const ours = new KeyedReadings<ReturnType<typeof reading>>();
  const theirs = new KeyedReadings<ReturnType<typeof reading>>();
  ours.set(reading("a", "x", 1));
  ours.set(reading("a", "x", 2));
  theirs.set(reading("a", "x", 1, 9));
  expect(ours.without(theirs)).toEqual([reading("a", "x", 2)]);
});
