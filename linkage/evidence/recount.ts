import { datesOf, hourMs, startOfDateMs } from "../../calendar/index.ts";
import { shippedUnits } from "../units/shipped-units.ts";
import {
  type Node,
  type Province,
  type ProvinceModel,
  type RawReadings,
  rule,
  year,
} from "./simulated-province.ts";

/*
 * For tests: the verdicts of a simulated province once more, from its raw readings. It knows no masks, marks or units by date, and
 * shares no code with what it checks.
 */

interface Found {
  readonly active: boolean;
  readonly hours: number;
  readonly expected: number;
  readonly inside: boolean;
}

/**
 * Whether each model counts, straight from the readings.
 *
 * @param soundOf as of `soundHours`, of all quantities of the node together
 */
export function recount(
  { models, nodes, acts }: Pick<Province, "models" | "nodes" | "acts">,
  soundOf: (node: Node) => Uint8Array,
): Map<string, string> {
  const held = new Map(models.map((one) => [one.id, heldDates(one)]));
  const found = new Map<string, Found[]>(models.map(({ id }) => [id, []]));
  for (const node of nodes) {
    const sound = soundOf(node);
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
  const models = [...new Set(stretches.map(({ model }) => model))];
  const at = (model: string) => stretches.filter((stretch) => stretch.model === model);
  const of = (model: string) => ({
    model,
    within: (endMs: number) => at(model).some(({ fromMs, toMs }) => endMs > fromMs && endMs <= toMs),
    dates: null as ((date: string) => boolean) | null,
  });
  if (models.length === 1) return models.map(of);
  const [a, b] = models as [string, string];
  if (kind === "changed-model")
    return [
      { ...of(a), dates: (date: string) => date < "2025-06-01" },
      { ...of(b), dates: (date: string) => date >= "2025-06-01" },
    ];
  const lasting = (model: string) => at(model).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const longer = lasting(a) === lasting(b) ? a < b : lasting(a) > lasting(b);
  return [of(longer ? a : b)];
}

const yearStartMs = startOfDateMs(year.from);

/**
 * Which hours since the year began have a reading that is no part of a day or more of one unmoving value.
 *
 * @param readings of one quantity of one node
 */
export function soundHours({ atMs, value }: RawReadings): Uint8Array {
  const inOrder = atMs.every((at, k) => k === 0 || atMs[k - 1]! <= at);
  const order = atMs.map((_, i) => i);
  if (!inOrder) order.sort((a, b) => atMs[a]! - atMs[b]!);
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
