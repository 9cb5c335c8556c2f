import { describe, expect, test } from "vitest";
import { readScenario } from "./read-scenario.ts";
import { runScenario } from "./run-scenario.ts";
import { scenarioCalled, scenarioNames } from "./scenario-files.ts";

describe.each(scenarioNames())("%s", (name) => {
  test("its story comes true", { timeout: 300_000 }, async () => {
    const { scenario, rules } = scenarioCalled(name);
    const run = await runScenario(scenario, rules, scenario.seed);
    expect(run.unexpected).toEqual([]);
    expect(run.alerts.length).toBeGreaterThan(0);
    expect(run.stored).toBeGreaterThan(1_000);
    for (const { truth, readings } of run.plot.panels) {
      expect(truth.length).toBeGreaterThan(100);
      expect(readings.length).toBeGreaterThan(50);
    }
  });
});

const small = `
title: { vi: Ao, en: Pond }
story: { vi: Ao, en: Pond }
start: 2026-08-10
lasts: 2d
communes:
  - name: Quảng Điền
    at: [16.58, 107.5]
    places:
      - { name: Ao số 1, kind: pond, nodes: [{ id: ao-1 }] }
plot:
  - { place: Ao số 1, quantity: water.dissolvedOxygen }
`;

function complaints(text: string): string[] {
  const { problems } = readScenario(text);
  return (problems ?? []).map(({ path, line, message }) => `${line} ${path}: ${message}`);
}

test("a scenario of a few lines is whole", () => {
  expect(complaints(small)).toEqual([]);
});

test.each([
  ["lasts: 2d", "lasts: two days", /^5 lasts: must be days, hours and minutes/],
  ["kind: pond", "kind: puddle", /^10 communes\.0\.places\.0\.kind: .*pond/],
  ["water.dissolvedOxygen", "water.oxygen", /^12 plot\.0\.quantity: is not in the catalogue/],
  ["plot:", "plott: []\nplot:", /^11 plott: is not a word of scenarios/],
  ["plot:", "troubles: [{ kind: power-cut, from: soon }]\nplot:", /^11 troubles\.0\.from: must be days/],
  ["plot:", "troubles: [{ kind: quake, from: 1d, for: 1h }]\nplot:", /^11 troubles\.0\.kind/],
  ["plot:", "rules: [{ name: low, kind: threshold }]\nplot:", /^11 rules\.0/],
])("%j written as %j is told with its place", (right, wrong, complaint) => {
  expect(complaints(small.replace(right, wrong))[0]).toMatch(complaint);
});

test("a name that nobody gave is told with those there are", () => {
  expect(() => scenarioCalled("flying-saucer")).toThrow(/there are a-probe-that-lies, drought-and-rain/);
});
