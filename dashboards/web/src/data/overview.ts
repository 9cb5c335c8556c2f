import type { DeviceSummary, LatestValue, LiveEvent, Overview } from "../../../../app/http/shapes.ts";

type DeviceEvent = Extract<LiveEvent, { type: "readings" | "device" }>;

/** The overview after a live event. Untouched places stay the same objects, so only what changed is drawn again. */
export function overviewAfter(overview: Overview, event: DeviceEvent): Overview {
  const unplaced = changeDevice(overview.unplaced, event);
  const places = changeSome(overview.places, (place) => {
    const devices = changeDevice(place.devices, event);
    return devices === place.devices ? place : { ...place, devices };
  });
  return unplaced === overview.unplaced && places === overview.places
    ? overview
    : { ...overview, places, unplaced };
}

function changeDevice(devices: DeviceSummary[], event: DeviceEvent): DeviceSummary[] {
  return changeSome(devices, (device) => (device.id === event.device ? deviceAfter(device, event) : device));
}

export function deviceAfter(device: DeviceSummary, event: DeviceEvent): DeviceSummary {
  if (event.type === "device") return { ...device, connected: event.connected, available: event.available };
  return {
    ...device,
    // The device spoke, so it is alive, even if one of its probes talks nonsense.
    available: true,
    lastSeenMs: Math.max(device.lastSeenMs ?? 0, event.lastSeenMs),
    latest: latestAfter(device.latest, event.latest),
  };
}

function latestAfter(before: readonly LatestValue[], news: readonly LatestValue[]): LatestValue[] {
  const byQuantity = new Map(before.map((value) => [value.quantity, value]));
  for (const value of news) {
    const known = byQuantity.get(value.quantity);
    if (known === undefined || value.measuredAtMs >= known.measuredAtMs)
      byQuantity.set(value.quantity, value);
  }
  return [...byQuantity.values()];
}

function changeSome<T>(items: T[], change: (item: T) => T): T[] {
  let changed = false;
  const next = items.map((item) => {
    const after = change(item);
    changed ||= after !== item;
    return after;
  });
  return changed ? next : items;
}

/** A device and the place it stands at, wherever in the overview it is. */
export function findDevice(overview: Overview, id: string) {
  for (const place of overview.places) {
    const device = place.devices.find((candidate) => candidate.id === id);
    if (device !== undefined) return { device, place };
  }
  const device = overview.unplaced.find((candidate) => candidate.id === id);
  return device === undefined ? null : { device, place: null };
}

export function everyDevice(overview: Overview): DeviceSummary[] {
  return [...overview.places.flatMap((place) => place.devices), ...overview.unplaced];
}
