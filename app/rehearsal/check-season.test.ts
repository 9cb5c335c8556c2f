import { expect, test } from "vitest";
import type { Uplink } from "../../devices/index.ts";
import { troubledSeason } from "../../firmware-sim/checker/troubled-season.ts";
import { uplinkLine } from "../../firmware-sim/index.ts";
import { checkSeason } from "./check-season.ts";

/* A few seasons at each change; `canhdong sim seasons` lives through hundreds. */

const days = 6;
let [trueEvents, gatewaysLost] = [0, 0];

test.each([1, 2, 3, 4])(
  "seed %i: a season of troubles breaks no promise",
  { timeout: 600_000 },
  async (seed) => {
    const season = await checkSeason(seed, days);
    const { broken, acknowledged, alerts, account } = season;
    expect(broken, `replay: npx canhdong sim seasons --seeds ${seed} --days ${days}`).toEqual([]);
    // A season in which nothing happened proves nothing.
    expect(acknowledged).toBeGreaterThan(1_000);
    expect(alerts).toBeGreaterThan(0);
    const { resent, buffered, inFlight, frames, framesHeard } = account;
    expect(framesHeard).toBeGreaterThan(frames / 4);
    expect(resent).toBeGreaterThan(0);
    expect([buffered, inFlight]).toEqual([0, 0]);
    trueEvents += season.trueEvents;
    gatewaysLost += season.gatewaysLost;
  },
);

test("in several seasons there were events that had to be told", () => {
  expect(trueEvents).toBeGreaterThan(4);
  expect(gatewaysLost).toBeGreaterThan(0);
});

test("a season sends the same bytes each time, and another seed others", async () => {
  const sentBy = async (seed: number) => {
    const lines: string[] = [];
    const take = async (uplinks: readonly Uplink[]) => void lines.push(...uplinks.map(uplinkLine));
    const { farm, endMs } = troubledSeason(seed, 4, { enlist() {}, take });
    await farm.runUntil(endMs);
    return lines;
  };
  const first = await sentBy(1);
  expect(first.length).toBeGreaterThan(2_000);
  expect(await sentBy(1)).toEqual(first);
  expect(await sentBy(181)).not.toEqual(first);
});
