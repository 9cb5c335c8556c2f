import type { Device, Place, Placement } from "../../devices/index.ts";
import type { View } from "./access.ts";
import type { Alert, HttpParts } from "./http-parts.ts";
import type { AlertInfo, DeviceSummary, LatestValue, PlaceSummary } from "./shapes.ts";

/** How devices, places and alerts are told to people: what the registry, the store and the alerts know, put together. */
export interface Summaries {
  device(device: Device, view: View, nowMs: number): DeviceSummary;
  /** Many at once, with one look at the newest values. */
  devices(devices: readonly Device[], view: View, nowMs: number): DeviceSummary[];
  place(place: Place, devices: readonly DeviceSummary[], firing: number): PlaceSummary;
  /** Of an alert what people are told, and nothing else that may be kept with it. */
  alert(alert: Alert): AlertInfo;
  /** Name of a person; their id once they have left, `local` for the command line; null for nobody. */
  nameOf(person: string | null): string | null;
  isAvailable(device: string, nowMs: number): boolean;
  /** Open alerts of each place, by its id. */
  openAlertsByPlace(): ReadonlyMap<string, number>;
}

/** A device that never told its interval is taken for one that reports every quarter of an hour. */
const usualIntervalMs = 15 * 60_000;
/** One uplink may be lost on the way, and clocks and radios take their time. */
const allowedMs = (intervalMs: number | null) => 2 * (intervalMs ?? usualIntervalMs) + 60_000;

/** So many open alerts are counted; a farm with more has other worries than the exact number. */
const mostOpenAlerts = 10_000;

export function createSummaries(
  parts: Pick<HttpParts, "registry" | "store" | "watch" | "presence">,
): Summaries {
  const { registry, store, watch, presence } = parts;

  function summary(device: Device, view: View, nowMs: number, latest: readonly LatestValue[]): DeviceSummary {
    const { id, label, model, intervalMs } = device;
    return {
      id,
      label,
      model,
      place: placeAt(registry.placementsOf(id), nowMs),
      connected: presence.connected(id),
      available: isAvailable(id, nowMs),
      lastSeenMs: watch.lastSeen(id),
      intervalMs,
      latest: newSince(latest, view.visibleFromMs(id)),
    };
  }

  function isAvailable(id: string, nowMs: number): boolean {
    const lastSeenMs = watch.lastSeen(id);
    if (lastSeenMs === null) return false;
    return nowMs - lastSeenMs <= allowedMs(registry.device(id)?.intervalMs ?? null);
  }

  function nameOf(person: string | null): string | null {
    return person === null ? null : (registry.person(person)?.name ?? person);
  }

  function devices(asked: readonly Device[], view: View, nowMs: number): DeviceSummary[] {
    const latest = Map.groupBy(store.latest(asked.map(({ id }) => id)), ({ device }) => device);
    return asked.map((device) => summary(device, view, nowMs, latest.get(device.id) ?? []));
  }

  return {
    device: (device, view, nowMs) => devices([device], view, nowMs)[0]!,
    devices,
    place: ({ id, kind, name, communeName, linkageModel, areaHa }, standing, firing) => ({
      id,
      kind,
      name,
      commune: communeName,
      linkageModel,
      areaHa,
      devices: [...standing],
      firing,
    }),
    alert(alert) {
      return { ...alertInfo(alert), acknowledgedBy: nameOf(alert.acknowledgedBy) };
    },
    nameOf,
    isAvailable,
    openAlertsByPlace() {
      const counts = new Map<string, number>();
      for (const { place } of watch.alerts({ state: "open", limit: mostOpenAlerts })) {
        if (place !== null) counts.set(place, (counts.get(place) ?? 0) + 1);
      }
      return counts;
    },
  };
}

function placeAt(placements: readonly Placement[], atMs: number): string | null {
  return (
    placements.find(({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || atMs < toMs))?.place ?? null
  );
}

function newSince(latest: readonly LatestValue[], fromMs: number): LatestValue[] {
  return latest
    .filter(({ measuredAtMs }) => measuredAtMs >= fromMs)
    .map(({ quantity, value, measuredAtMs }) => ({ quantity, value, measuredAtMs }));
}

const alertInfo = (alert: Alert): Omit<AlertInfo, "acknowledgedBy"> => ({
  id: alert.id,
  rule: alert.rule,
  severity: alert.severity,
  state: alert.state,
  device: alert.device,
  silentDevices: alert.silentDevices,
  place: alert.place,
  placeName: alert.placeName,
  quantity: alert.quantity,
  value: alert.value,
  limit: alert.limit,
  title: alert.title,
  advice: alert.advice,
  firedAtMs: alert.firedAtMs,
  actByMs: alert.actByMs,
  acknowledgedAtMs: alert.acknowledgedAtMs,
  snoozedUntilMs: alert.snoozedUntilMs,
  resolvedAtMs: alert.resolvedAtMs,
});
