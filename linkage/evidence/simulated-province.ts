import { dayMs, hourMs, spanMs, startOfDateMs } from "../../calendar/index.ts";
import { openRegister, type Register } from "../registry/open-register.ts";
import { cooperative, edit, keyProduct, model, units, zone } from "../registry/test-records.ts";
import type { AdministrativeUnit } from "../units/administrative-unit.ts";
import { CountingRule } from "./counting-rule.ts";
import type { DevicePlacement, EvidenceSource, HumanAct } from "./evidence-source.ts";
import { type HourlySeries, marksOfHours } from "./marks-of-hours.ts";

/*
 * For tests: a province over the year in which its districts ended and its communes were put together (1 July 2025), drawn from
 * a seed. Its nodes are sound, gappy, stuck, constant from the first day, flooding for eleven hours a day, slow, moved, carried to and
 * fro between two models, misplaced, late with a backlog, or on a parcel that changed its model. What a node sent is made when it is
 * asked for: the same each time.
 */

/** Those before the merger that went whole into one commune. */
const oldCommunes = units.communesOf("42", "2025-06-30").filter(({ successors }) => successors.length === 1);
const newCommunes = units.communesOf("42", "2025-07-01");

export const year = { from: "2024-12-15", to: "2025-12-14" };
export const rule = CountingRule.parse({
  seasons: [
    { product: "lua", from: "12-20", to: "05-25" },
    { product: "lua", from: "06-01", to: "09-10" },
  ],
  forceMajeure: [
    {
      name: "Lũ tiểu mãn",
      from: "2025-05-10",
      to: "2025-05-16",
      communes: oldCommunes.slice(0, 40).map(({ code }) => code),
    },
    { name: "Bão số 5", from: "2025-08-24", to: "2025-08-30", provinces: ["42"] },
    {
      name: "Bão số 10",
      from: "2025-09-28",
      to: "2025-10-06",
      communes: newCommunes.slice(0, 25).map(({ code }) => code),
    },
  ],
});

export const nodeKinds = [
  "sound",
  "gappy",
  "stuck",
  "constant",
  "flooding",
  "slow",
  "moved",
  "shared",
  "backlog",
  "changed-model",
] as const;
export type NodeKind = (typeof nodeKinds)[number];

export interface Node {
  readonly device: string;
  readonly kind: NodeKind;
  readonly seed: number;
  readonly inside: boolean;
  /** Part of the hours in which it is heard. */
  readonly up: number;
  readonly stretches: readonly { readonly model: string; readonly fromMs: number; readonly toMs: number }[];
}

/** What a node sent, in the order in which it arrived. */
export interface RawReadings {
  readonly atMs: readonly number[];
  readonly value: readonly number[];
}

export interface ProvinceModel {
  readonly id: string;
  readonly product: string;
  /** Of zone and cooperative: as it was registered, before or after the merger. */
  readonly commune: AdministrativeUnit;
  readonly communeAsOf: string;
  readonly areaHa: number;
  /** Of livestock. */
  readonly houses: number | null;
}

export interface Province {
  readonly register: Register;
  readonly models: readonly ProvinceModel[];
  readonly nodes: readonly Node[];
  readonly acts: readonly HumanAct[];
  readonly source: EvidenceSource;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface ProvinceSize {
  readonly models: number;
  readonly nodes: number;
  readonly seed: number;
}

/** @param registerFile SQLite file that is not there yet */
export function simulatedProvince(size: ProvinceSize, registerFile = ":memory:"): Province {
  const random = randomFrom(size.seed);
  const register = openRegister(registerFile, units);
  const models = Array.from({ length: size.models }, (_, i) => modelFrom(i, random));
  const nodes = Array.from({ length: size.nodes }, (_, i) => nodeFrom(i, models, random));
  register.atomically(() => fill(register, models, nodes));
  const acts = models.flatMap(({ id }) => {
    const weeks = Math.floor(random() * 12);
    return Array.from({ length: weeks }, (_, week) => ({
      model: id,
      atMs: startOfDateMs(year.from) + (week * 3 + random()) * 7 * dayMs,
    }));
  });
  return { register, models, nodes, acts, source: sourceOfNodes(nodes, acts) };
}

function modelFrom(i: number, random: () => number): ProvinceModel {
  const old = random() < 0.5;
  const communes = old ? oldCommunes : newCommunes;
  const product = (["lua", "cam", "bo"] as const)[Math.floor(random() * 3)]!;
  return {
    id: `model-${String(i).padStart(3, "0")}`,
    product,
    commune: communes[Math.floor(random() * communes.length)]!,
    communeAsOf: old ? "2025-06-30" : "2025-07-01",
    areaHa: 5 + Math.round(random() * 100),
    houses: product === "bo" ? 1 + Math.floor(random() * 4) : null,
  };
}

function nodeFrom(i: number, models: readonly ProvinceModel[], random: () => number): Node {
  const { fromMs, toMs } = spanMs(year);
  // A third of the models has no node at all.
  const pick = () => models[Math.floor(random() * models.length * 0.67)]!.id;
  const kind = random() < 0.6 ? "sound" : nodeKinds[Math.floor(random() * nodeKinds.length)]!;
  const [first, second] = [pick(), pick()];
  const changedMs = startOfDateMs("2025-06-01");
  const movedMs = fromMs + Math.floor(random() * (toMs - fromMs));
  const turnMs = kind === "moved" ? movedMs : changedMs;
  const moves = (kind === "moved" || kind === "changed-model") && first !== second;
  const alone = [{ model: first, fromMs, toMs }];
  return {
    device: `node-${String(i).padStart(4, "0")}`,
    kind,
    seed: Math.floor(random() * 2 ** 32),
    inside: random() < 0.95,
    up: kind === "gappy" ? 0.3 + random() * 0.5 : 0.75 + random() * 0.25,
    stretches: moves
      ? [
          { model: first, fromMs, toMs: turnMs },
          { model: second, fromMs: turnMs, toMs },
        ]
      : kind === "shared" && first !== second
        ? toAndFro([first, second], { fromMs, toMs })
        : alone,
  };
}

/** One node for two models: three weeks at the first, two at the second, and again. */
function toAndFro([first, second]: readonly [string, string], { fromMs, toMs }: Span): Node["stretches"] {
  const stretches: Node["stretches"][number][] = [];
  for (let atMs = fromMs; atMs < toMs; ) {
    const [model, days] = stretches.length % 2 === 0 ? [first, 21] : [second, 14];
    const untilMs = Math.min(toMs, atMs + days * dayMs);
    stretches.push({ model, fromMs: atMs, toMs: untilMs });
    atMs = untilMs;
  }
  return stretches;
}

function fill(register: Register, models: readonly ProvinceModel[], nodes: readonly Node[]): void {
  for (const product of ["lua", "cam", "bo"])
    register.put("key-product", { ...keyProduct, id: product, product }, edit);
  for (const { id, product, commune, communeAsOf, areaHa, houses } of models) {
    const at = { communeCode: commune.code, communeAsOf };
    register.put("cooperative", { ...cooperative, id: `htx-${id}`, ...at }, edit);
    register.put("zone", { ...zone, id: `vung-${id}`, product, areaHa, ...at }, edit);
    const own = { id, product, proofs: [], cooperatives: [`htx-${id}`], zones: [`vung-${id}`] };
    const sector = houses === null ? "crops" : "livestock";
    register.put("model", { ...model, ...own, sector, houses, validFrom: "2024-01-01", contract }, edit);
  }
  for (const { device, kind, stretches } of nodes) {
    if (kind !== "changed-model" || stretches.length < 2) continue;
    const [before, after] = stretches;
    const place = `thua-${device}`;
    const first = {
      id: `${place}-1`,
      place,
      model: before!.model,
      validFrom: "2024-01-01",
      validTo: "2025-05-31",
    };
    register.put("participation", first, edit);
    register.put(
      "participation",
      { id: `${place}-2`, place, model: after!.model, validFrom: "2025-06-01" },
      edit,
    );
  }
}

const contract = { no: "01/HĐ", from: "2024-01-01", to: "2026-12-31" };

/** Nobody sends during the storms where they struck; nodes do not know of communes, so here all are silent. */
const silentMs = rule.forceMajeure.map(spanMs);

/** An hour in which a node was heard. */
export interface HeardHour {
  readonly startMs: number;
  /** How long after its beginning it was heard first. */
  readonly offsetMs: number;
  readonly value: number;
  /** Its probe is dead, or somebody made the value up. */
  readonly still: boolean;
  /** Of a flooding node it is 200 in each of eleven hours of its first week. */
  readonly messages: number;
}

/** The hours of the year in which a node was heard, in order. */
export function* heardHours({ kind, seed, up }: Node): Generator<HeardHour> {
  const random = randomFrom(seed);
  const { fromMs, toMs } = spanMs(year);
  const stuckMs = fromMs + Math.floor(random() * 365) * dayMs;
  for (let startMs = fromMs; startMs < toMs; startMs += hourMs) {
    const heard = random() < up;
    const value = Math.round(random() * 1e6) / 1e3;
    const offsetMs = Math.floor(random() * hourMs);
    const ofDay = ((startMs - fromMs) / hourMs) % 24;
    if (silentMs.some((storm) => startMs >= storm.fromMs && startMs < storm.toMs)) continue;
    if (kind === "slow" && ofDay % 6 !== 0) continue;
    if (kind === "flooding" ? ofDay >= 11 : !heard) continue;
    const still = kind === "constant" || (kind === "stuck" && startMs >= stuckMs);
    const messages = kind === "flooding" && startMs < fromMs + 7 * dayMs ? 200 : 1;
    yield { startMs, offsetMs, value, still, messages };
  }
}

/** What a node sent in the year, of one quantity. */
export function rawReadingsOf(node: Node): RawReadings {
  const atMs: number[] = [];
  const value: number[] = [];
  for (const { startMs, offsetMs, value: drawn, still, messages } of heardHours(node)) {
    for (let i = 0; i < messages; i++) {
      atMs.push(messages === 1 ? startMs + offsetMs : startMs + i * 1000);
      value.push(still ? 30 : drawn + i);
    }
  }
  return node.kind === "backlog" ? lateHalf({ atMs, value }) : { atMs, value };
}

/** The second half of the year arrives before the first, and a part of it twice. */
function lateHalf({ atMs, value }: RawReadings): RawReadings {
  const half = Math.floor(atMs.length / 2);
  const order = <T>(of: readonly T[]) => [
    ...of.slice(half),
    ...of.slice(0, half),
    ...of.slice(half, half + 50),
  ];
  return { atMs: order(atMs), value: order(value) };
}

function sourceOfNodes(nodes: readonly Node[], acts: readonly HumanAct[]): EvidenceSource {
  const byDevice = new Map(nodes.map((node) => [node.device, node]));
  return {
    placements: async () => nodes.flatMap(placementsOf),
    acts: async () => acts,
    hours: async ({ devices }) =>
      devices.map((device) =>
        marksOfHours(hourly(device, rawReadingsOf(byDevice.get(device)!)), spanMs(year)),
      ),
  };
}

function placementsOf({ device, kind, inside, stretches }: Node): DevicePlacement[] {
  const shared = {
    device,
    intervalMs: kind === "slow" ? 6 * hourMs : null,
    position: { latitude: inside ? 18.305 : 18.5, longitude: 105.905 },
  };
  if (kind === "changed-model" && stretches.length > 1) {
    const { fromMs, toMs } = spanMs(year);
    return [{ ...shared, place: `thua-${device}`, model: null, fromMs, toMs }];
  }
  return stretches.map((stretch) => ({ ...shared, ...stretch }));
}

/** As a store rolls it up: by hour, whatever the order of arrival. */
function hourly(device: string, { atMs, value }: RawReadings): HourlySeries {
  const { fromMs, toMs } = spanMs(year);
  const hours = (toMs - fromMs) / hourMs;
  const [min, max] = [new Float64Array(hours).fill(Infinity), new Float64Array(hours).fill(-Infinity)];
  for (let i = 0; i < atMs.length; i++) {
    const hour = Math.floor((atMs[i]! - fromMs) / hourMs);
    if (value[i]! < min[hour]!) min[hour] = value[i]!;
    if (value[i]! > max[hour]!) max[hour] = value[i]!;
  }
  const having = Array.from(min.keys()).filter((hour) => min[hour] !== Infinity);
  return {
    device,
    quantity: "soil.moisture",
    hoursMs: having.map((hour) => fromMs + hour * hourMs),
    min: having.map((hour) => min[hour]!),
    max: having.map((hour) => max[hour]!),
  };
}
