import { checked } from "./fields.ts";
import type { Write } from "./ledger.ts";
import { type NewPlace, type Place, PlaceFields, type PlacePatch } from "./place.ts";
import { alreadyExists, notFound, RegistryError } from "./registry-error.ts";
import type { Store } from "./store.ts";

export interface PlaceBook {
  /** Also one that was removed: readings were taken there. */
  place(id: string): Place | undefined;
  places(options?: { readonly removed?: boolean }): Place[];
  addPlace(place: NewPlace, nowMs: number): Place;
  updatePlace(id: string, patch: PlacePatch, nowMs: number): Place;
  /** @throws RegistryError `in-use` while devices stand there */
  removePlace(id: string, nowMs: number): void;
}

export function placeBook({ places, moves }: Store, write: Write): PlaceBook {
  function current(id: string): Place {
    const place = places.get(id);
    if (place === undefined || place.removedAtMs !== null) throw notFound("place", id);
    return place;
  }

  return {
    place: (id) => places.get(id),
    places: ({ removed = false } = {}) =>
      removed ? places.all() : places.all().filter(({ removedAtMs }) => removedAtMs === null),

    addPlace: (added, nowMs) =>
      write((log) => {
        const fields = checked(PlaceFields, added, `place "${added.id}"`);
        const before = places.get(fields.id) ?? null;
        if (before !== null && before.removedAtMs === null) throw alreadyExists("place", fields.id);
        const place: Place = { ...fields, addedAtMs: before?.addedAtMs ?? nowMs, removedAtMs: null };
        places.put(place);
        log({ atMs: nowMs, kind: "place", id: place.id, action: "added", before, after: place });
        return place;
      }),

    updatePlace: (id, patch, nowMs) =>
      write((log) => {
        const before = current(id);
        const { addedAtMs, removedAtMs, ...settings } = before;
        const fields = checked(PlaceFields, { ...settings, ...patch, id }, `place "${id}"`);
        const after = { ...fields, addedAtMs, removedAtMs };
        places.put(after);
        log({ atMs: nowMs, kind: "place", id, action: "changed", before, after });
        return after;
      }),

    removePlace: (id, nowMs) =>
      write((log) => {
        const before = current(id);
        const standing = moves.standingAt(id, nowMs);
        if (standing.length > 0) {
          const some = `${standing.slice(0, 3).join(", ")}${standing.length > 3 ? ", …" : ""}`;
          throw new RegistryError(
            "in-use",
            `${standing.length} devices stand at "${id}": move ${some} away first`,
          );
        }
        const after = { ...before, removedAtMs: nowMs };
        places.put(after);
        log({ atMs: nowMs, kind: "place", id, action: "removed", before, after });
      }),
  };
}
