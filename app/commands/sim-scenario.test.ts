import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCommandLine } from "./run-command-line.ts";

async function sim(...words: readonly string[]) {
  let out = "";
  let err = "";
  const code = await runCommandLine(["sim", ...words], {
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

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "canhdong-scenario-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test("a scenario is lived through, told in numbers and alerts, and drawn", async () => {
  const svg = join(folder(), "heat.svg");
  const { code, out, err } = await sim("scenario", "heat-in-the-broiler-house", "--svg", svg);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^Nắng nóng trong chuồng gà$/m);
  expect(out).toMatch(/^nodes +1$/m);
  expect(out).toMatch(/Chuồng trên 35 °C \(chuong-1\), hết lúc 2026-06-08/);
  expect(readFileSync(svg, "utf8")).toMatch(
    /^<svg [\s\S]*Chuồng gà số 1: nhiệt độ không khí[\s\S]*<\/svg>\n$/,
  );
});

test("without a name the scenarios that there are get listed", async () => {
  const { code, out } = await sim("scenario");
  expect(code).toBe(0);
  expect(out).toMatch(/^oxygen-crash +Ao thiếu oxy lúc bốn giờ sáng$/m);
});

test("what is wrong with a file is told with its lines", async () => {
  const file = join(folder(), "mine.yaml");
  writeFileSync(
    file,
    "title: { vi: Ao, en: Pond }\nstory: { vi: Ao, en: Pond }\nstart: tomorrow\nlasts: 2d\n",
  );
  const { code, err } = await sim("scenario", file);
  expect(code).toBe(1);
  expect(err).toMatch(/The scenario has 3 problems/);
  expect(err).toContain(`${file}:3  start:`);
  expect(err).toContain("communes: is missing");
});

test("a scenario that nobody wrote is told with those there are", async () => {
  const { code, err } = await sim("scenario", "flying-saucer");
  expect([code, err]).toEqual([1, expect.stringContaining("there are a-probe-that-lies")]);
});
