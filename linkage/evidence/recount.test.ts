import { expect, test } from "vitest";
import { dateOf, datesOf, dayMs, hourMs, spanMs, startOfDateMs } from "../dates/local-date.ts";
import { openRegister } from "../registry/open-register.ts";
import { cooperative, edit, keyProduct, model, units, zone } from "../registry/test-records.ts";
import { countEvidence } from "./count-evidence.ts";
import { CountingRule } from "./counting-rule.ts";
import type { DevicePlacement, HumanAct } from "./evidence-source.ts";
import { type RawReading, sourceOf } from "./test-source.ts";

/*
 * A province of models with sound, gappy, stuck, flooding, moved and misplaced nodes, drawn from a seed. The verdicts are
 * compared with a recount that walks the raw readings, knows no hours or masks, and shares no code with what it checks.
 */

const seed = Number(process.env.SEED ?? 42);
const period = { from: "2026-06-15", to: "2026-09-14" };
const dates = datesOf(period);
const storm = { name: "Bão", from: "2026-08-01", to: "2026-08-04" };

function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function province(models: number, random: () => number) {
  const register = openRegister(":memory:", units);
  register.put("cooperative", cooperative, edit);
  register.put("zone", { ...zone, areaHa: 45 }, edit);
  register.put("key-product", keyProduct, edit);
  const placements: DevicePlacement[] = [];
  const readings: RawReading[] = [];
  const acts: HumanAct[] = [];
  for (let m = 0; m < models; m++) {
    const id = `model-${String(m).padStart(3, "0")}`;
    register.put("model", { ...model, id, proofs: [] }, edit);
    const nodes = Math.floor(random() * 9);
    for (let n = 0; n < nodes; n++)
      addNode(`${id}-${n}`, id, `model-${String((m + 1) % models).padStart(3, "0")}`);
    for (let week = 0; week < Math.floor(random() * 8); week++)
      acts.push({ model: id, atMs: startOfDateMs(period.from) + week * 7 * dayMs + random() * dayMs });
  }
  return { register, placements, readings, acts };

  function addNode(device: string, at: string, other: string) {
    const kind = random();
    const span = spanMs(period);
    const movedMs = span.fromMs + random() * (span.toMs - span.fromMs);
    const inside = random() < 0.95;
    const place = {
      device,
      intervalMs: null,
      position: { latitude: inside ? 18.305 : 18.5, longitude: 105.905 },
    };
    placements.push({ ...place, model: at, fromMs: 0, toMs: kind < 0.15 ? movedMs : span.toMs });
    if (kind < 0.15) placements.push({ ...place, model: other, fromMs: movedMs, toMs: span.toMs });
    const up = 0.5 + random() * 0.5;
    const stuckFrom = kind > 0.9 ? Math.floor(random() * dates.length) : dates.length;
    for (const [d, date] of dates.entries()) {
      if (storm.from <= date && date <= storm.to) continue;
      const dayUp = random() < 0.9 ? up : 0;
      for (let hour = 0; hour < 24; hour++) {
        if (random() > dayUp) continue;
        const value = d >= stuckFrom ? 30 : Math.round(random() * 1000) / 10;
        const atMs = startOfDateMs(date) + hour * hourMs + Math.floor(random() * hourMs);
        readings.push({ device, quantity: "soil.moisture", atMs, value });
      }
    }
  }
}

/** Whether each model counts, straight from the readings. */
function recount({ placements, readings, acts }: ReturnType<typeof province>, models: readonly string[]) {
  const span = spanMs(period);
  const held = dates.filter((date) => date < storm.from || date > storm.to);
  const time = new Map<string, Map<string, number>>();
  for (const { device, model: at, fromMs, toMs } of placements) {
    const of = time.get(device) ?? new Map<string, number>();
    of.set(at, (of.get(at) ?? 0) + Math.min(toMs, span.toMs) - Math.max(fromMs, span.fromMs));
    time.set(device, of);
  }
  const home = new Map(
    [...time].map(([device, of]) => [
      device,
      [...of].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0],
    ]),
  );
  return models.map((id) => {
    const sound = [...home]
      .filter(([, at]) => at === id)
      .map(([device]) => {
        const own = placements.filter((placement) => placement.device === device && placement.model === id);
        const all = readings.filter((reading) => reading.device === device).sort((a, b) => a.atMs - b.atMs);
        const good = all.filter((_, i) => !standsStill(all, i));
        const hoursByDay = new Map<string, Set<string>>();
        for (const { atMs } of good) {
          const hour = new Date(atMs).toISOString().slice(0, 13);
          const endMs = Date.parse(`${hour}:00:00Z`) + hourMs;
          if (!own.some(({ fromMs, toMs }) => endMs > fromMs && endMs <= toMs)) continue;
          const day = hoursByDay.get(dateOf(atMs)) ?? new Set();
          hoursByDay.set(dateOf(atMs), day.add(hour));
        }
        const perDay = held.map((date) => hoursByDay.get(date)?.size ?? 0);
        return {
          active: perDay.filter((hours) => hours >= 12).length / held.length >= 0.6,
          hours: perDay.reduce((a, b) => a + b, 0),
          inside: own.at(-1)!.position!.latitude < 18.4,
        };
      });
    if (sound.length === 0) return "no-data";
    const active = sound.filter((device) => device.active);
    const weeks = new Set(
      acts
        .filter((act) => act.model === id)
        .map(({ atMs }) => Math.floor((atMs - startOfDateMs("2026-06-15")) / (7 * dayMs))),
    );
    const whole = active.reduce((sum, { hours }) => sum + hours, 0) / (active.length * held.length * 24);
    const inside = active.filter((device) => device.inside).length / active.length;
    return active.length >= 3 && whole >= 0.7 && inside >= 0.8 && weeks.size >= 3 ? "yes" : "no";
  });
}

/** Part of a stretch of one value over whole hours that lasts a day or longer. */
function standsStill(all: readonly RawReading[], i: number): boolean {
  const hourOf = (k: number) => Math.floor(all[k]!.atMs / hourMs);
  let [first, last] = [i, i];
  while (first > 0 && all[first - 1]!.value === all[i]!.value) first -= 1;
  while (last < all.length - 1 && all[last + 1]!.value === all[i]!.value) last += 1;
  return hourOf(last) - hourOf(first) + 1 >= 24;
}

test(`the verdicts equal an independent recount from the raw readings (seed ${seed})`, async () => {
  const made = province(60, randomFrom(seed));
  const contents = made.register.contentsAt(edit.nowMs);
  const rule = CountingRule.parse({ forceMajeure: [storm] });
  const { verdicts } = await countEvidence(period, { contents, units, source: sourceOf(made), rule });
  const found = verdicts.map(({ iot }) => iot);
  expect(found).toEqual(
    recount(
      made,
      verdicts.map((verdict) => verdict.model),
    ),
  );
  expect(new Set(found)).toEqual(new Set(["yes", "no", "no-data"]));
}, 120_000);
