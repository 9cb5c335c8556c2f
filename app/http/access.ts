import type { Device, Place, Placement } from "../../devices/index.ts";
import type { Caller } from "./caller.ts";
import type { Registry } from "./http-parts.ts";
import { notFound } from "./problems.ts";

/**
 * What one caller sees of the field. Whatever lies outside is answered as if it did not exist: to say "forbidden" would
 * be to say that it is there.
 */
export interface View {
  /** Whether nothing is hidden: administrators, and officers without communes of their own. */
  readonly everything: boolean;
  devices(): readonly Device[];
  places(): readonly Place[];
  seesDevice(id: string): boolean;
  /** @throws 404 */
  device(id: string): Device;
  /** @throws 404 */
  place(id: string): Place;
  /**
   * From when on the device's readings are theirs to see: since it has stood, without a break, on places they may see. What it
   * measured on another's land before is the other's. `-Infinity` for who sees everything.
   */
  visibleFromMs(device: string): number;
  /** Whether what happened at this place (null: nowhere in particular) is theirs to see. */
  seesPlace(id: string | null): boolean;
}

export interface Access {
  viewOf(caller: Caller): View;
}

export function createAccess(registry: Registry, now: () => number): Access {
  const kept = new Map<string, KeptView>();
  const everything = viewOfEverything(registry);

  return {
    viewOf(caller) {
      const sees = placesSeenBy(caller);
      if (sees === "all") return everything;
      // A live stream asks twice a second: what a person sees is worked out again only after a change.
      const revision = registry.revision();
      const nowMs = now();
      const known = kept.get(caller.id);
      if (known?.revision === revision && nowMs < known.untilMs) return known.view;
      const fresh = { ...viewOfSome(registry, sees, nowMs), revision };
      kept.set(caller.id, fresh);
      return fresh.view;
    },
  };
}

interface KeptView {
  readonly view: View;
  readonly revision: number;
  /** When the next move that is already planned takes place. */
  readonly untilMs: number;
}

type SeesPlace = (place: Place) => boolean;

function placesSeenBy({ role, person }: Caller): "all" | SeesPlace {
  if (role === "admin" || person === null) return "all";
  if (role === "farmer") {
    const own = new Set(person.places);
    return ({ id }) => own.has(id);
  }
  if (person.communes.length === 0) return "all";
  const communes = new Set(person.communes);
  return ({ communeCode }) => communeCode !== null && communes.has(communeCode);
}

function viewOfEverything(registry: Registry): View {
  const present = <T extends { removedAtMs: number | null }>(thing: T | undefined) =>
    thing?.removedAtMs === null ? thing : undefined;
  return {
    everything: true,
    devices: () => registry.devices(),
    places: () => registry.places(),
    seesDevice: (id) => present(registry.device(id)) !== undefined,
    device: (id) => found(present(registry.device(id)), `device ${id}`),
    place: (id) => found(present(registry.place(id)), `place ${id}`),
    visibleFromMs: () => Number.NEGATIVE_INFINITY,
    seesPlace: () => true,
  };
}

function viewOfSome(registry: Registry, seesPlace: SeesPlace, nowMs: number): Omit<KeptView, "revision"> {
  const places = new Map(
    registry
      .places()
      .filter(seesPlace)
      .map((place) => [place.id, place]),
  );
  const devices = new Map<string, { device: Device; visibleFromMs: number }>();
  let untilMs = Number.POSITIVE_INFINITY;

  for (const device of registry.devices()) {
    const placements = registry.placementsOf(device.id);
    const visibleFromMs = sinceWhen(placements, places, nowMs);
    if (visibleFromMs !== null) devices.set(device.id, { device, visibleFromMs });
    for (const { fromMs, toMs } of placements) {
      if (fromMs > nowMs) untilMs = Math.min(untilMs, fromMs);
      if (toMs !== null && toMs > nowMs) untilMs = Math.min(untilMs, toMs);
    }
  }

  const view: View = {
    everything: false,
    devices: () => [...devices.values()].map(({ device }) => device),
    places: () => [...places.values()],
    seesDevice: (id) => devices.has(id),
    device: (id) => found(devices.get(id)?.device, `device ${id}`),
    place: (id) => found(places.get(id), `place ${id}`),
    visibleFromMs: (id) => devices.get(id)?.visibleFromMs ?? Number.POSITIVE_INFINITY,
    seesPlace: (id) => id !== null && places.has(id),
  };
  return { view, untilMs };
}

/**
 * Since when the device has stood, without a break, on places that are seen: back from the placement of now over those that join it.
 *
 * @returns null when it does not stand on one now
 */
function sinceWhen(
  placements: readonly Placement[],
  seen: ReadonlyMap<string, Place>,
  nowMs: number,
): number | null {
  let sinceMs: number | null = null;
  for (const { place, fromMs, toMs } of placements.toReversed()) {
    if (fromMs > nowMs) continue;
    const joins = sinceMs === null ? toMs === null || toMs > nowMs : toMs === sinceMs;
    if (!joins || !seen.has(place)) break;
    sinceMs = fromMs;
  }
  return sinceMs;
}

function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw notFound(what);
  return thing;
}
