import { expect, test } from "vitest";
import { judgeRun, minutesOf, nothingRun, type RunMemory, withHandsOff, withRun } from "./run-limit.ts";

const minute = 60_000;
const hour = 60 * minute;
const limit = { maxRunMin: 30, minRestMin: 20, maxDayMin: 100, handsOffMin: 120 };
const startMs = Date.UTC(2026, 10, 21, 5);

const run = (minutes: number | undefined, atMs: number) => ({ id: `flows.${atMs}`, startMs: atMs, minutes });

function ran(...runs: readonly [minutes: number, atMs: number][]): RunMemory {
  return runs.reduce((memory, [minutes, atMs]) => withRun(memory, run(minutes, atMs)), nothingRun);
}

test("the first run is allowed, and remembered", () => {
  expect(judgeRun(limit, nothingRun, run(30, startMs))).toEqual({
    allowed: true,
    memory: { runs: [run(30, startMs)], handsOffUntilMs: 0 },
  });
});

test("a run above the longest is refused, one of exactly that length is not", () => {
  expect(judgeRun(limit, nothingRun, run(30.1, startMs))).toMatchObject({ because: "too-long" });
  expect(judgeRun(limit, nothingRun, run(30, startMs))).toMatchObject({ allowed: true });
});

test("a run that does not say how long it lasts would never end, and is refused", () => {
  for (const minutes of [undefined, 0, -5, Number.NaN])
    expect(judgeRun(limit, nothingRun, run(minutes, startMs))).toMatchObject({ because: "no-minutes" });
});

test("the rest counts from the end of the run, not from its begin", () => {
  const memory = ran([30, startMs]);
  const restedMs = startMs + 50 * minute;
  expect(judgeRun(limit, memory, run(10, restedMs - 1))).toMatchObject({
    because: "resting",
    untilMs: restedMs,
  });
  expect(judgeRun(limit, memory, run(10, restedMs))).toMatchObject({ allowed: true });
});

test("a broken probe that asks for ever gets the most of a day, and no more until a day has passed", () => {
  let memory = nothingRun;
  let minutes = 0;
  for (let atMs = startMs; atMs < startMs + 24 * hour; atMs += minute) {
    const verdict = judgeRun(limit, memory, run(30, atMs));
    if (!verdict.allowed) continue;
    memory = verdict.memory;
    minutes += 30;
  }
  expect(minutes).toBe(90);
  expect(judgeRun(limit, memory, run(30, startMs + 23 * hour))).toMatchObject({
    because: "day-full",
    untilMs: startMs + 24 * hour,
  });
  expect(judgeRun(limit, memory, run(30, startMs + 24 * hour))).toMatchObject({ allowed: true });
});

test("within any 24 hours the sum never exceeds the most, however runs are asked for", () => {
  let memory = nothingRun;
  const allowed: { startMs: number; minutes: number }[] = [];
  for (
    let atMs = startMs, step = 1;
    atMs < startMs + 72 * hour;
    atMs += ((step * 7) % 41) * minute + minute, step++
  ) {
    const minutes = 1 + ((step * 13) % 35);
    const verdict = judgeRun(limit, memory, run(minutes, atMs));
    if (!verdict.allowed) continue;
    memory = verdict.memory;
    allowed.push({ startMs: atMs, minutes });
  }
  expect(allowed.length).toBeGreaterThan(6);
  for (const last of allowed) {
    const within = allowed.filter(
      (each) => each.startMs > last.startMs - 24 * hour && each.startMs <= last.startMs,
    );
    expect(within.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(limit.maxDayMin);
  }
});

test("after an order by hand the flow keeps its hands off, then rests after that run like after its own", () => {
  const memory = withHandsOff(limit, nothingRun, run(115, startMs));
  expect(judgeRun(limit, memory, run(10, startMs + 119 * minute))).toMatchObject({ because: "by-hand" });
  expect(judgeRun(limit, memory, run(10, startMs + 120 * minute))).toMatchObject({ because: "resting" });
});

test("an order by hand that is no run keeps hands off all the same", () => {
  const memory = withHandsOff(limit, nothingRun, run(undefined, startMs));
  expect(memory).toEqual({ runs: [], handsOffUntilMs: startMs + 120 * minute });
});

test("the running time is the argument minutes, when it is a number", () => {
  expect([{ minutes: 5 }, { minutes: "5" }, {}, null, undefined].map(minutesOf)).toEqual([
    5,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
