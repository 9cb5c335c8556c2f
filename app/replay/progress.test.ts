import { expect, test } from "vitest";
import { createProgress } from "./progress.ts";

function shown(isTerminal: boolean) {
  const told: string[] = [];
  const clock = { nowMs: 0 };
  const progress = createProgress({
    err: (text) => void told.push(text),
    isTerminal,
    now: () => clock.nowMs,
  });
  return { told, clock, progress };
}

test("a terminal has one line, drawn over, and at the end it says how it ended", () => {
  const { told, clock, progress } = shown(true);
  for (const [atMs, share] of [
    [0, 0],
    [50, 40],
    [100, 70],
    [120, 100],
  ] as const) {
    clock.nowMs = atMs;
    progress.show(() => `${share} %`);
  }
  progress.end();
  expect(told).toEqual(["\r\x1b[2K0 %", "\r\x1b[2K70 %", "\r\x1b[2K100 %\n"]);
});

test("a log has a line every few seconds, the last of which says how it ended; what is quick says nothing", () => {
  const slow = shown(false);
  for (const atMs of [0, 4_999, 5_000, 9_000]) {
    slow.clock.nowMs = atMs;
    slow.progress.show(() => `after ${atMs} ms`);
  }
  slow.progress.end();
  expect(slow.told).toEqual(["after 5000 ms\n", "after 9000 ms\n"]);
  const quick = shown(false);
  quick.progress.show(() => "half");
  quick.progress.end();
  expect(quick.told).toEqual([]);
});
