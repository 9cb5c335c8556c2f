import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { type CpuProfile, timeSpent } from "./cpu-profile.ts";

const ours = (path: string) => pathToFileURL(join(import.meta.dirname, "../..", path)).href;

function frame(id: number, functionName: string, url: string, children: number[] = []) {
  return { id, callFrame: { functionName, url, lineNumber: 9 }, children };
}

const profile: CpuProfile = {
  nodes: [
    frame(1, "(root)", "", [2, 5, 6]),
    frame(2, "follow", ours("ingest/follow.ts"), [3]),
    frame(3, "decode", ours("ingest/decode/decoder.ts"), [4]),
    frame(4, "follow", ours("ingest/follow.ts"), [7]),
    frame(5, "(idle)", ""),
    frame(6, "parse", ours("node_modules/mqtt-packet/parser.js")),
    frame(7, "write", "node:net"),
  ],
  samples: [2, 3, 3, 4, 5, 6, 7],
  timeDeltas: [10, 10, 20, 10, 1000, 40, 10],
};

const shares = (list: readonly { name: string; percent: number }[]) =>
  Object.fromEntries(list.map(({ name, percent }) => [name, percent]));

test("waiting is no work", () => {
  expect(timeSpent(profile).busySeconds).toBe(100e-6);
});

test("time belongs to the folder or the package of the function that spent it", () => {
  expect(timeSpent(profile).folders.map(({ name, percent }) => `${name} ${percent}`)).toEqual([
    "mqtt-packet 40",
    "ingest/decode 30",
    "ingest 20",
    "node: 10",
  ]);
});

test("a function is named with its place, and most comes first", () => {
  const [first, second] = timeSpent(profile).functions;
  expect(first).toEqual({ name: "parse node_modules/mqtt-packet/parser.js:10", percent: 40 });
  expect(second).toEqual({ name: "decode ingest/decode/decoder.ts:10", percent: 30 });
});

test("what a function of ours calls is counted to it, and a recursion once", () => {
  expect(shares(timeSpent(profile).withCallees)).toEqual({
    "follow ingest/follow.ts:10": 60,
    "decode ingest/decode/decoder.ts:10": 50,
  });
});
