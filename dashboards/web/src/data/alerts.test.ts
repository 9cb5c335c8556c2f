import { expect, test } from "vitest";
import { farmData } from "../../e2e/farm-data.ts";
import { acknowledgedBy, byUrgency, firingCount, openAfter, worstSeverity } from "./alerts.ts";

const now = Date.UTC(2026, 10, 21);
const { open } = farmData(now);
const [silent, oxygen] = open as [(typeof open)[0], (typeof open)[0]];

test("the most urgent comes first: unseen before seen, then by severity, then the newest", () => {
  const seen = acknowledgedBy(oxygen, "Lan", now);
  const older = { ...silent, id: "older", firedAtMs: silent.firedAtMs - 1 };
  const order = byUrgency([seen, older, silent, oxygen]).map(({ id, state }) => `${id} ${state}`);
  expect(order).toEqual(["do-thap firing", "mat-tin-hieu firing", "older firing", "do-thap acknowledged"]);
});

test("a resolved alert leaves the list, a new one takes its place in it", () => {
  expect(openAfter(open, { ...oxygen, state: "resolved", resolvedAtMs: now })).toEqual([silent]);
  expect(openAfter([silent], oxygen).map(({ id }) => id)).toEqual(["do-thap", "mat-tin-hieu"]);
});

test("an alert that is acknowledged stays under the finger", () => {
  const seen = acknowledgedBy(oxygen, "Lan", now);
  expect(openAfter([oxygen, silent], seen)).toEqual([seen, silent]);
});

test("who acknowledges first is remembered", () => {
  const first = acknowledgedBy(oxygen, "Lan", now);
  expect(first).toMatchObject({ state: "acknowledged", acknowledgedBy: "Lan", acknowledgedAtMs: now });
  expect(acknowledgedBy(first, "Bảy", now + 1)).toBe(first);
  expect(firingCount([first, silent])).toBe(1);
});

test("the worst severity is told, none when nothing is open", () => {
  expect(worstSeverity(open)).toBe("critical");
  expect(worstSeverity([{ ...silent, severity: "info" }])).toBe("info");
  expect(worstSeverity([])).toBeNull();
});
