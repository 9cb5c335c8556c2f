import type {
  AlertInfo,
  DeviceSummary,
  LatestValue,
  PlaceKind,
  PlaceSummary,
  Severity,
} from "../../../../app/http/shapes.ts";
import { worstSeverity } from "./alerts.ts";

/** How a place or a device is doing, the worst first. */
export type Condition = Severity | "silent" | "waiting" | "good";

const conditionOrder: readonly Condition[] = ["critical", "warning", "silent", "info", "waiting", "good"];

export function conditionOf(devices: readonly DeviceSummary[], alerts: readonly AlertInfo[]): Condition {
  const conditions: Condition[] = devices.map((device) => {
    if (device.lastSeenMs === null) return "waiting";
    return device.available ? "good" : "silent";
  });
  const severity = worstSeverity(alerts);
  if (severity !== null) conditions.push(severity);
  return conditionOrder.find((condition) => conditions.includes(condition)) ?? "waiting";
}

/** Whether somebody should look: more than "all well" and "not started yet". */
export function needsAttention(condition: Condition): boolean {
  return condition !== "good" && condition !== "waiting";
}

/** One quantity of a place: the span of its devices' newest values. */
export interface PlaceValue {
  readonly quantity: string;
  readonly min: number;
  readonly max: number;
  readonly measuredAtMs: number;
  /** Whether an open alert is about this quantity. */
  readonly alerted: boolean;
}

// About the device itself rather than about the field: shown on its own page.
const technical = ["power.", "radio.", "device."];

// What people of each trade ask first; whatever is not named comes after these.
const askedFirst = [
  "soil.moisture",
  "water.dissolvedOxygen",
  "water.level",
  "soil.temperature",
  "water.temperature",
  "water.ph",
  "water.salinity",
  "water.ammonia",
  "air.temperature",
  "air.relativeHumidity",
  "air.nh3",
  "air.co2",
];

/**
 * What a card shows of a place, the most telling first: what an alert is about, then what people ask first.
 * A device that fell silent does not speak for the place while others still do.
 */
export function placeValues(place: PlaceSummary, alerts: readonly AlertInfo[]): PlaceValue[] {
  const speaking = place.devices.filter((device) => device.available);
  const devices = speaking.length > 0 ? speaking : place.devices;
  const alerted = new Set(alerts.map((alert) => alert.quantity));
  return [...byQuantity(devices)]
    .filter(([quantity]) => !isTechnical(quantity))
    .map(([quantity, values]) => merged(quantity, values, alerted.has(quantity)))
    .sort((a, b) => Number(b.alerted) - Number(a.alerted) || compareQuantities(a.quantity, b.quantity));
}

function byQuantity(devices: readonly DeviceSummary[]): Map<string, LatestValue[]> {
  const groups = new Map<string, LatestValue[]>();
  for (const value of devices.flatMap((device) => device.latest)) {
    const group = groups.get(value.quantity);
    if (group === undefined) groups.set(value.quantity, [value]);
    else group.push(value);
  }
  return groups;
}

function merged(quantity: string, values: readonly LatestValue[], alerted: boolean): PlaceValue {
  const numbers = values.map((value) => value.value);
  return {
    quantity,
    min: Math.min(...numbers),
    max: Math.max(...numbers),
    measuredAtMs: Math.max(...values.map((value) => value.measuredAtMs)),
    alerted,
  };
}

/** For sorting: the field before the device itself, and what is asked first before the rest. */
export function compareQuantities(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function rank(quantity: string): number {
  const at = askedFirst.indexOf(quantity);
  return (at === -1 ? askedFirst.length : at) + (isTechnical(quantity) ? 1 : 0);
}

export function isTechnical(quantity: string): boolean {
  return technical.some((subject) => quantity.startsWith(subject));
}

/** When the place was heard last, by any of its devices. */
export function lastSeenMs(devices: readonly DeviceSummary[]): number | null {
  const times = devices.flatMap((device) => device.lastSeenMs ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

export interface PlaceFilter {
  readonly kind: PlaceKind | null;
  readonly attention: boolean;
  readonly text: string;
}

export const noFilter: PlaceFilter = { kind: null, attention: false, text: "" };

export function matches(place: PlaceSummary, condition: Condition, filter: PlaceFilter): boolean {
  if (filter.kind !== null && place.kind !== filter.kind) return false;
  if (filter.attention && !needsAttention(condition)) return false;
  const wanted = folded(filter.text);
  if (wanted === "") return true;
  const names = [place.name, place.commune ?? "", ...place.devices.flatMap(({ id, label }) => [id, label])];
  return names.some((name) => folded(name).includes(wanted));
}

/** Text without case and diacritics, as people type on a phone: "Đồng Xoài" → "dong xoai". */
export function folded(text: string): string {
  // Unicode does not take đ apart into a d and a mark, so it is changed by hand.
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
}

/** Places in the order in which they should be looked at. */
export function byCondition<T extends { readonly condition: Condition; readonly name: string }>(
  places: readonly T[],
  locale: string,
): T[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return [...places].sort(
    (a, b) =>
      conditionOrder.indexOf(a.condition) - conditionOrder.indexOf(b.condition) || compare(a.name, b.name),
  );
}
