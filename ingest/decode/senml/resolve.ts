import { isObject, type JsonObject } from "../json-object.ts";
import { shown } from "../plain-text.ts";

/** A record by itself, without base fields (RFC 8428, 4.6). */
export interface ResolvedRecord {
  readonly index: number;
  readonly name: string;
  readonly unit: string | null;
  /** A number, or what else the record told: text, a switch, data; undefined when it told only a sum. */
  readonly value: unknown;
  /** The sum over time, in the unit times seconds; null when it told none. */
  readonly sum: number | null;
  /** Milliseconds since 1970 UTC. */
  readonly measuredAtMs: number;
}

/** A record that cannot be resolved, or (index null) a pack that must not be. */
export interface SenmlProblem {
  readonly index: number | null;
  readonly detail: string;
}

export interface ResolvedPack {
  readonly records: readonly ResolvedRecord[];
  readonly problems: readonly SenmlProblem[];
}

/** The version of RFC 8428. A higher one may mean anything. */
const supportedVersion = 10;
/** Smaller times are relative to now (RFC 8428, 4.5.3): some eight and a half years either way. */
const smallestAbsoluteS = 2 ** 28;
/** RFC 8428, 4.5.1: letters and digits, and from the second character on also - : . / _ */
const soundName = /^[A-Za-z0-9][A-Za-z0-9\-:./_]*$/;
const valueFields = ["v", "vs", "vb", "vd"] as const;

interface Base {
  name: string;
  timeS: number;
  unit: string | null;
  value: number | null;
  sum: number | null;
}

/** Resolves the records of a pack. A record that is wrong costs itself; a pack that we must not understand, all of it. */
export function resolvePack(pack: readonly unknown[], nowMs: number): ResolvedPack {
  const refusal = refusalOf(pack);
  if (refusal !== null) return { records: [], problems: [{ index: null, detail: refusal }] };
  const base: Base = { name: "", timeS: 0, unit: null, value: null, sum: null };
  const records: ResolvedRecord[] = [];
  const problems: SenmlProblem[] = [];
  for (const [index, record] of pack.entries()) {
    const resolved = isObject(record) ? resolve(record, index, base, nowMs) : `${shown(record)} is no record`;
    if (typeof resolved === "string") problems.push({ index, detail: resolved });
    else if (resolved !== null) records.push(resolved);
  }
  return { records, problems };
}

/** What forbids to read any of it: a version that we do not know, a field that must be understood (4.4). */
function refusalOf(pack: readonly unknown[]): string | null {
  const versions = new Set<unknown>();
  for (const record of pack.filter(isObject)) {
    if (record.bver !== undefined) versions.add(record.bver);
    const mustKnow = Object.keys(record).find((label) => label.endsWith("_"));
    if (mustKnow !== undefined) return `the field ${shown(mustKnow)} must be understood, and is not`;
  }
  const [version = supportedVersion, ...others] = versions;
  if (others.length > 0) return "several versions (bver) in one pack";
  const isSound = Number.isInteger(version) && (version as number) > 0;
  if (!isSound) return `bver is ${shown(version)}; right is a whole number above 0`;
  if ((version as number) > supportedVersion)
    return `version ${shown(version)}; up to ${supportedVersion} is read`;
  return null;
}

/** @returns null when the record only set base fields; what is wrong with it as text */
function resolve(
  record: JsonObject,
  index: number,
  base: Base,
  nowMs: number,
): ResolvedRecord | null | string {
  const wrong = wrongType(record);
  if (wrong !== null) return wrong;
  takeBase(record, base);
  const told = valueFields.filter((field) => record[field] !== undefined && record[field] !== null);
  if (told.length > 1) return `${told.join(" and ")} in one record; right is one value`;
  const sum = added(base.sum, record.s);
  const value = told[0] === undefined || told[0] === "v" ? added(base.value, record.v) : record[told[0]];
  if (value === null && sum === null) return isBaseOnly(record) ? null : "no value and no sum";
  const name = base.name + ((record.n as string | undefined) ?? "");
  if (!soundName.test(name)) return `the name ${shown(name)}; right are letters, digits and - : . / _`;
  const timeS = base.timeS + ((record.t as number | undefined) ?? 0);
  const fromS = timeS >= smallestAbsoluteS ? 0 : nowMs / 1000;
  const unit = (record.u as string | undefined) ?? base.unit;
  return {
    index,
    name,
    unit,
    value: value ?? undefined,
    sum,
    measuredAtMs: Math.round((fromS + timeS) * 1000),
  };
}

const numberFields = ["bt", "bv", "bs", "t", "ut", "v", "s"] as const;
const textFields = ["bn", "bu", "n", "u"] as const;

function wrongType(record: JsonObject): string | null {
  for (const field of numberFields) {
    const found = record[field];
    const isSound = found === undefined || typeof found === "number" || (found === null && field === "v");
    if (!isSound) return `${field} is ${shown(found)}; right is a number`;
  }
  const text = textFields.find((field) => record[field] !== undefined && typeof record[field] !== "string");
  return text === undefined ? null : `${text} is ${shown(record[text])}; right is text`;
}

/** A base field counts from its record on, until another takes its place. */
function takeBase({ bn, bt, bu, bv, bs }: JsonObject, base: Base): void {
  if (bn !== undefined) base.name = bn as string;
  if (bt !== undefined) base.timeS = bt as number;
  if (bu !== undefined) base.unit = bu as string;
  if (bv !== undefined) base.value = bv as number;
  if (bs !== undefined) base.sum = bs as number;
}

/** What is missing of base and value counts as zero (4.5.4); null when both are. */
function added(base: number | null, found: unknown): number | null {
  if (base === null && (found === undefined || found === null)) return null;
  return (base ?? 0) + ((found as number | null | undefined) ?? 0);
}

function isBaseOnly(record: JsonObject): boolean {
  return record.n === undefined && Object.keys(record).some((label) => label.startsWith("b"));
}
