import { expect, test } from "vitest";
import { dayMs, hourMs, startOfDateMs } from "../../calendar/index.ts";
import { CountingRule } from "./counting-rule.ts";
import { hoursIn } from "./hour-masks.ts";
import { type HourlySeries, marksOfHours } from "./marks-of-hours.ts";
import { randomFrom } from "./simulated-province.ts";
import { validHours } from "./valid-hours.ts";

/*
 * Three bits an hour are enough: for random hours, what they say of valid and unmoving hours is what a walk over the hours' smallest
 * and greatest values says. `SEED=7 npx vitest run valid-hours` replays one.
 */

const seeds = process.env.SEED ? [Number(process.env.SEED)] : [1, 2, 3, 4, 5, 6, 7, 8];
const span = { fromMs: startOfDateMs("2026-03-15"), toMs: startOfDateMs("2026-04-14") };
const quantities = ["soil.moisture", "soil.temperature", "rain.rate", "power.battery"];

test.for(seeds)("marks say of every hour what its extremes say (seed %i)", (seed) => {
  const random = randomFrom(seed);
  for (let round = 0; round < 20; round++) {
    const series = quantities.filter(() => random() < 0.7).map((quantity) => randomHours(quantity, random));
    const rule = CountingRule.parse({ device: { flatLineHours: 2 + Math.floor(random() * 40) } });
    const marks = series.map((one) => marksOfHours(one, span));
    expect(walked(validHours(marks, rule))).toEqual(walkedThrough(series, rule));
  }
});

test("a device without readings has no valid hour", () => {
  expect(walked(validHours([], CountingRule.parse({})))).toEqual({ valid: [], flat: 0 });
});

/** Hours outside of the span, too; with silences, values that stand still for a while, and hours in which they do not. */
function randomHours(quantity: string, random: () => number): HourlySeries {
  const hoursMs: number[] = [];
  const min: number[] = [];
  const max: number[] = [];
  let value = 20;
  const [changes, silences, moves] = [random() ** 3, random() * 0.8, random() ** 2 * 0.5];
  for (let atMs = span.fromMs - dayMs; atMs < span.toMs + dayMs; atMs += hourMs) {
    if (random() < changes) value = 20 + Math.floor(random() * 2);
    if (random() < silences) continue;
    hoursMs.push(atMs);
    min.push(value);
    max.push(random() < moves ? value + 1 : value);
  }
  return { device: "n1", quantity, hoursMs, min, max };
}

function walked({ firstDay, masks, flatHours }: ReturnType<typeof validHours>) {
  const valid = [...masks].flatMap((mask, day) =>
    hoursIn(mask).map((hour) => (firstDay + day) * dayMs + hour * hourMs),
  );
  return { valid, flat: flatHours };
}

/** By hours alone: unmoving ones count when the stretch they are part of is shorter than the rule's. */
function walkedThrough(series: readonly HourlySeries[], { device: rule }: CountingRule) {
  const valid = new Set<number>();
  const flat = new Set<number>();
  for (const { quantity, hoursMs, min, max } of series) {
    if (quantity.startsWith("power.")) continue;
    const hours = hoursMs
      .map((atMs, i) => ({ atMs, value: min[i] === max[i] ? min[i]! : null }))
      .filter(({ atMs }) => atMs >= span.fromMs && atMs < span.toMs);
    for (const [i, { atMs, value }] of hours.entries()) {
      let [from, to] = [i, i];
      while (value !== null && from > 0 && hours[from - 1]!.value === value) from -= 1;
      while (value !== null && to + 1 < hours.length && hours[to + 1]!.value === value) to += 1;
      const isFlat =
        value !== null && (hours[to]!.atMs - hours[from]!.atMs) / hourMs + 1 >= rule.flatLineHours;
      (isFlat && !quantity.startsWith("rain.") ? flat : valid).add(atMs);
    }
  }
  return {
    valid: [...valid].toSorted((a, b) => a - b),
    flat: [...flat].filter((hour) => !valid.has(hour)).length,
  };
}
