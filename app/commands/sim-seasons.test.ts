import { expect, test } from "vitest";
import { runCommandLine } from "./run-command-line.ts";

async function seasons(...words: readonly string[]) {
  let out = "";
  let err = "";
  const code = await runCommandLine(["sim", "seasons", ...words], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: {},
    isTerminal: false,
    now: () => Date.UTC(2026, 10, 21),
  });
  return { code, out, err };
}

test("seasons are lived through, and what was held is told in numbers", { timeout: 300_000 }, async () => {
  const { code, out, err } = await seasons("--seeds", "5,7", "--days", "3");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^2 seasons of 3 days: \d{4,} values acknowledged and stored once, /);
});

test("a list of seeds that is none is told what would be right", async () => {
  const { code, err } = await seasons("--seeds", "9-3");
  expect(code).not.toBe(0);
  expect(err).toContain("Right is 7, 1-300 or 3,9,12-20.");
});
