import { beforeAll, expect, test } from "vitest";
import { datesOf, hourMs, startOfDateMs } from "../dates/local-date.ts";
import { countIndicators } from "../indicators/count-indicators.ts";
import { planOf } from "../indicators/plans.ts";
import { edit, units } from "../registry/test-records.ts";
import { shippedUnits } from "../units/shipped-units.ts";
import { countEvidence, type EvidenceCount } from "./count-evidence.ts";
import {
  type Node,
  type Province,
  type ProvinceModel,
  rawReadingsOf,
  rule,
  simulatedProvince,
  year,
} from "./simulated-province.ts";

/*
 * The verdicts of a whole province over a year are compared with a recount that walks the raw readings, knows no hours, masks
 * or units by date, and shares no code with what it checks.
 */

const seed = Number(process.env.SEED ?? 42);
let province: Province;
let count: EvidenceCount;
let recounted: Map<string, string>;
beforeAll(async () => {
  province = simulatedProvince({ models: 300, nodes: 1500, seed });
  const contents = province.register.contentsAt(edit.nowMs);
  count = await countEvidence(year, { contents, units, source: province.source, rule });
  recounted = recount(province);
  return () => province.register.close();
}, 600_000);

interface Found {
  readonly active: boolean;
  readonly hours: number;
  readonly expected: number;
  readonly inside: boolean;
}

/** Whether each model counts, straight from the readings. */
function recount({ models, nodes, acts }: Province): Map<string, string> {
  const held = new Map(models.map((one) => [one.id, heldDates(one)]));
  const found = new Map<string, Found[]>(models.map(({ id }) => [id, []]));
  for (const node of nodes) {
    const sound = soundHours(node);
    for (const own of countedStretches(node)) {
      const dates = held.get(own.model)!;
      const mine = dates.filter((date) => own.dates === null || own.dates(date));
      const perDay = node.kind === "slow" ? 4 : 24;
      const needed = node.kind === "slow" ? 2 : 12;
      const hours = mine.map((date) => heardOn(date, sound, own.within));
      found.get(own.model)!.push({
        active:
          mine.length > 0 &&
          mine.length / dates.length >= 0.33 &&
          hours.filter((count) => count >= needed).length / mine.length >= 0.6,
        hours: hours.reduce((sum, count) => sum + Math.min(count, perDay), 0),
        expected: mine.length * perDay,
        inside: node.inside,
      });
    }
  }
  const monday = startOfDateMs("2024-12-09");
  return new Map(
    models.map((one) => {
      const own = acts.filter(({ model, atMs }) => model === one.id && atMs < startOfDateMs("2025-12-15"));
      const weeks = new Set(own.map(({ atMs }) => Math.floor((atMs - monday) / (7 * 24 * hourMs))));
      return [one.id, verdictOf(one, found.get(one.id)!, weeks.size)] as const;
    }),
  );
}

function verdictOf({ areaHa, houses }: ProvinceModel, found: readonly Found[], weeks: number): string {
  if (found.length === 0) return "no-data";
  const active = found.filter((device) => device.active);
  const sum = (of: (device: Found) => number) => active.reduce((all, device) => all + of(device), 0);
  const needed = Math.min(5, houses ?? Math.ceil(areaHa / 20));
  const whole = sum(({ hours }) => hours) / sum(({ expected }) => expected);
  const inside = active.filter((device) => device.inside).length / active.length;
  return active.length >= needed && whole >= 0.7 && inside >= 0.8 && weeks >= 3 ? "yes" : "no";
}

/** Which of a node's stretches count: of one that was moved the longest, of a parcel that changed its model both in their time. */
function countedStretches({ kind, stretches }: Node) {
  const of = ({ model, fromMs, toMs }: Node["stretches"][number]) => ({
    model,
    within: (endMs: number) => endMs > fromMs && endMs <= toMs,
    dates: null as ((date: string) => boolean) | null,
  });
  if (stretches.length === 1) return [of(stretches[0]!)];
  const [a, b] = stretches as [Node["stretches"][number], Node["stretches"][number]];
  if (kind === "changed-model")
    return [
      { ...of(a), dates: (date: string) => date < "2025-06-01" },
      { ...of(b), dates: (date: string) => date >= "2025-06-01" },
    ];
  const [first, second] = [a.toMs - a.fromMs, b.toMs - b.fromMs];
  const longer = first === second ? a.model < b.model : first > second;
  return [of(longer ? a : b)];
}

const yearStartMs = startOfDateMs(year.from);

/** Which hours since the year began have a reading that is no part of a day or more of one unmoving value. */
function soundHours(node: Node): Uint8Array {
  const { atMs, value } = rawReadingsOf(node);
  const order = atMs.map((_, i) => i);
  if (node.kind === "backlog") order.sort((a, b) => atMs[a]! - atMs[b]!);
  const sound = new Uint8Array(366 * 24);
  const hourOf = (k: number) => Math.floor((atMs[order[k]!]! - yearStartMs) / hourMs);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && value[order[end]!] === value[order[start]!]) end += 1;
    if (hourOf(end - 1) - hourOf(start) + 1 < 24) for (let k = start; k < end; k++) sound[hourOf(k)] = 1;
    start = end;
  }
  return sound;
}

function heardOn(date: string, sound: Uint8Array, within: (endMs: number) => boolean): number {
  const first = (Date.parse(date) - Date.parse(year.from)) / hourMs;
  let count = 0;
  for (let hour = first; hour < first + 24; hour++)
    if (sound[hour] === 1 && within(yearStartMs + (hour + 1) * hourMs)) count += 1;
  return count;
}

/** Old codes that went into each code of today, from the plain list. */
const mergedInto = new Map<string, string[]>();
for (const { province: of, validTo, code, successors } of shippedUnits())
  if (of === "42" && validTo === "2025-06-30")
    for (const next of successors) mergedInto.set(next, [...(mergedInto.get(next) ?? []), code]);

/** Days in season and not of a storm that struck the model's commune, whose code differs before and after the merger. */
function heldDates({ product, commune, communeAsOf }: ProvinceModel): string[] {
  const isOld = communeAsOf < "2025-07-01";
  const before = isOld ? [commune.code] : (mergedInto.get(commune.code) ?? []);
  const after = isOld ? commune.successors : [commune.code];
  const struck = rule.forceMajeure.filter(
    ({ communes, from }) =>
      communes.length === 0 || (from < "2025-07-01" ? before : after).some((code) => communes.includes(code)),
  );
  return datesOf(year).filter((date) => {
    const day = date.slice(5);
    const out =
      product === "lua" && !(day >= "12-20" || day <= "05-25" || ("06-01" <= day && day <= "09-10"));
    return !out && !struck.some(({ from, to }) => from <= date && date <= to);
  });
}

test(`the verdicts of a province of 1,500 nodes over a year equal an independent recount (seed ${seed})`, () => {
  const found = new Map(count.verdicts.map(({ model, iot }) => [model, iot]));
  expect(found).toEqual(recounted);
  expect(new Set(found.values())).toEqual(new Set(["yes", "no", "no-data"]));
});

test("the province has what a count must withstand, and a parcel that changed its model counts twice", () => {
  const devices = count.verdicts.flatMap((verdict) => verdict.devices.map(({ device }) => device));
  const changed = province.nodes.filter(
    ({ kind, stretches }) => kind === "changed-model" && stretches.length > 1,
  );
  expect(changed.length).toBeGreaterThan(20);
  expect(devices).toHaveLength(province.nodes.length + changed.length);
  const counting = count.verdicts.flatMap((verdict) => verdict.devices.filter(({ counts }) => counts));
  const cheaters = province.nodes.filter(({ kind }) => kind === "constant" || kind === "flooding");
  expect(cheaters.length).toBeGreaterThan(50);
  expect(counting.filter(({ device }) => cheaters.some((node) => node.device === device))).toEqual([]);
});

test("the indicators add the verdicts up, in the communes of the merger", () => {
  const contents = province.register.contentsAt(edit.nowMs);
  const results = countIndicators(planOf("ha-tinh")!, count, { contents, units, rule });
  const of = (id: string) => results.find(({ indicator }) => indicator === id)!;
  const verdicts = [...recounted.values()];
  expect(of("zone-models-iot")).toMatchObject({
    numerator: verdicts.filter((verdict) => verdict === "yes").length,
    denominator: 300,
    noData: verdicts.filter((verdict) => verdict === "no-data").length,
  });
  const today = new Set(
    province.models.map(({ commune, communeAsOf }) =>
      communeAsOf < "2025-07-01" ? commune.successors[0]! : commune.code,
    ),
  );
  const rural = shippedUnits().filter(
    ({ code, kind, validTo, province: lies }) =>
      kind === "xã" && validTo === null && lies === "42" && today.has(code),
  );
  expect(of("communes-in-linkage")).toMatchObject({ numerator: rural.length, denominator: 60 });
});
