import { expect, test } from "vitest";
import type { AlertInfo } from "../shapes.ts";
import { createRecentChanges } from "./recent-changes.ts";

const everMs = Number.NEGATIVE_INFINITY;
const reading = (device: string, value: number) => ({
  device,
  quantity: "soil.moisture",
  value,
  measuredAtMs: value,
  receivedAtMs: value,
  live: true,
});

const alert = (id: string): AlertInfo => ({
  id,
  rule: "dry",
  severity: "warning",
  state: "firing",
  device: "soil-1",
  place: null,
  placeName: null,
  quantity: null,
  value: null,
  limit: null,
  title: { vi: "", en: "" },
  advice: { vi: "", en: "" },
  firedAtMs: 0,
  acknowledgedAtMs: null,
  acknowledgedBy: null,
  silentDevices: [],
  actByMs: null,
  snoozedUntilMs: null,
  resolvedAtMs: null,
});

test("a step tells each device that changed in it once", () => {
  const changes = createRecentChanges(4);
  changes.addReadings([reading("a", 1), reading("b", 1), reading("a", 2)]);
  changes.addReadings([reading("a", 3)]);
  expect(changes.nextStep().map(({ device }) => device)).toEqual(["a", "b"]);
  expect(changes.nextStep()).toEqual([]);
});

test("what came after a step is what changed in later ones", () => {
  const changes = createRecentChanges(4);
  changes.addReadings([reading("a", 1)]);
  const first = changes.step;
  changes.nextStep();
  changes.addReadings([reading("b", 1)]);
  changes.addConnection("c", true, true);
  expect(changes.statesAfter(first).map(({ device }) => device)).toEqual(["b", "c"]);
  expect(changes.statesAfter(0)).toHaveLength(3);
});

test("alerts are kept in order until there are too many; then the oldest steps are known to be forgotten", () => {
  const changes = createRecentChanges(4);
  const steps = ["1", "2", "3", "4", "5"].map((id) => {
    const { step } = changes.addAlert(alert(id));
    changes.nextStep();
    return step;
  });
  expect(changes.alertsAfter(0)).toBeNull();
  expect(changes.alertsAfter(steps[0]!)).toBeNull();
  const kept = changes.alertsAfter(steps[1]!)!;
  expect(kept.map(({ text }) => /"id":"(\d)"/.exec(text)![1])).toEqual(["3", "4", "5"]);
});

test("the text of a device leaves out what was measured too early, and is nothing when nothing is left", () => {
  const changes = createRecentChanges(4);
  changes.addReadings([reading("a", 5), { ...reading("a", 9), quantity: "soil.temperature" }]);
  const [state] = changes.nextStep();
  expect(state!.text(everMs)).toContain("soil.moisture");
  expect(state!.text(6)).toContain("soil.temperature");
  expect(state!.text(6)).not.toContain("soil.moisture");
  expect(state!.text(10)).toBeNull();
});

test("the text of a device is made again after each change", () => {
  const changes = createRecentChanges(4);
  changes.addReadings([reading("a", 1)]);
  const [state] = changes.nextStep();
  expect(state!.text(everMs)).toContain('"value":1');
  changes.addReadings([reading("a", 2)]);
  expect(state!.text(everMs)).toContain('"value":2');
});
