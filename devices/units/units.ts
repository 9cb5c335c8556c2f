import { kinds, type Scale } from "./kinds.ts";

/** The way from one unit to another: `value × times / over + plus`. Whole numbers where there are, so that 28200 µS/cm is 28.2 dS/m. */
export interface Conversion {
  readonly times: number;
  readonly over: number;
  readonly plus: number;
}

/** A unit as a conversion into the base of its kind. */
interface Unit extends Conversion {
  readonly kind: string;
  /** Ways that were asked for, by the other unit: each is reckoned once. */
  readonly ways: Map<Unit, Conversion>;
}

const units: ReadonlyMap<string, Unit> = new Map(
  Object.entries(kinds).flatMap(([kind, scales]) =>
    Object.entries(scales).map(([name, scale]) => [name, unitOf(kind, scale)]),
  ),
);

/** Behind the twelfth digit is what binary fractions leave of 37.0 °C. */
const digits = 12;

/**
 * The way from a unit to another; null when there is none.
 *
 * @param from as a device, a gateway or a file writes it: `°F`, `µS/cm`, `/`
 * @param to UCUM code of the catalogue
 */
export function conversion(from: string, to: string): Conversion | null {
  if (from === to) return { times: 1, over: 1, plus: 0 };
  const source = unitCalled(from);
  const target = units.get(to);
  if (source === undefined || target === undefined || source.kind !== target.kind) return null;
  const known = source.ways.get(target);
  if (known !== undefined) return known;
  const way = wayBetween(source, target);
  source.ways.set(target, way);
  return way;
}

function wayBetween(source: Unit, target: Unit): Conversion {
  const times = source.times * target.over;
  const over = source.over * target.times;
  const shared = greatestCommonDivisor(times, over);
  const plus = ((source.plus - target.plus) * target.over) / target.times;
  return { times: times / shared, over: over / shared, plus };
}

/** The value in the other unit, without the dust that binary fractions add. */
export function converted(value: number, { times, over, plus }: Conversion): number {
  if (times === over && plus === 0) return value;
  return Number(((value * times) / over + plus).toPrecision(digits));
}

/** A value in another unit; null when there is no way from the one to the other. */
export function convert(value: number, from: string, to: string): number | null {
  if (from === to) return value;
  const way = conversion(from, to);
  return way === null ? null : converted(value, way);
}

/** Whether anybody could mean a unit by this. */
export function isUnit(text: string): boolean {
  return unitCalled(text) !== undefined;
}

/** Every way to write a unit that can become this one, this one first: for messages that say what would be right. */
export function unitsLike(unit: string): readonly string[] {
  const kind = units.get(unit)?.kind;
  const others = kind === undefined ? [] : Object.keys(kinds[kind] ?? {});
  return [unit, ...others.filter((other) => other !== unit)];
}

function unitCalled(name: string): Unit | undefined {
  return units.get(name) ?? units.get(plainUnit(name));
}

/** Without what only print needs: `µmol·m⁻²` is not attempted, `W/m²` and `µS / cm` are. */
function plainUnit(text: string): string {
  return text.replaceAll(/[µμ]/g, "u").replaceAll("²", "2").replaceAll("³", "3").replaceAll(/\s/g, "");
}

function unitOf(kind: string, scale: Scale): Unit {
  const [times, over, plus = 0] = typeof scale === "number" ? [scale, 1] : scale;
  return { kind, times, over, plus, ways: new Map() };
}

/** 1 when one of them is no whole number: then nothing can be cancelled. */
function greatestCommonDivisor(a: number, b: number): number {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return 1;
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
