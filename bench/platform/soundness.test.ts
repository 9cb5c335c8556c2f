import { expect, test } from "vitest";
import type { LoadReport } from "../load/run-load.ts";
import { everythingAccepted, everythingAcknowledged, lateness } from "./soundness.ts";

const summary = { count: 1, mean: 1, p50: 1, p90: 1, p99: 1, p999: 1, max: 1 };

function report(
  connections: Partial<LoadReport["connections"]>,
  uplinks: Partial<LoadReport["uplinks"]> = {},
  lateMs = 0,
): LoadReport {
  const none = { unacknowledged: 0, sentAgain: 0, skipped: 0, outOfOrder: 0, probes: 0 };
  return {
    connections: {
      asked: 10,
      accepted: 10,
      refused: {},
      failed: 0,
      closed: 0,
      reconnected: 0,
      perSecond: 100,
      connectMs: summary,
      ...connections,
    },
    uplinks: { sent: 100, acknowledged: 100, ...none, ...uplinks },
    measured: {
      fromMs: 0,
      seconds: 1,
      acknowledgedPerSecond: 100,
      ackMs: summary,
      lateMs: { ...summary, p99: lateMs },
      cpuPercent: 10,
    },
  };
}

test("a load of which everything came through is sound", () => {
  everythingAccepted(report({}));
  everythingAcknowledged(report({}));
  expect(lateness(report({}))).toEqual([]);
});

test("nodes that were refused or cut make no figure", () => {
  expect(() => everythingAccepted(report({ accepted: 7, refused: { 5: 3 } }))).toThrow('{"5":3}');
  expect(() => everythingAccepted(report({ closed: 1 }))).toThrow("1 were cut");
});

test("uplinks without a receipt, out of turn, or none at all make no figure", () => {
  for (const uplinks of [{ unacknowledged: 1 }, { outOfOrder: 1 }, { sent: 0 }])
    expect(() => everythingAcknowledged(report({}, uplinks))).toThrow();
});

test("a generator that was late itself makes the figure doubtful", () => {
  expect(lateness(report({}, {}, 6))[0]).toMatch(/^DOUBTFUL: .*p99 6 ms/);
});
