import { checked, Ms } from "./fields.ts";
import type { Write } from "./ledger.ts";
import type { Placement } from "./moves.ts";
import { notFound } from "./registry-error.ts";
import type { Store } from "./store.ts";

export interface PlacementBook {
  /**
   * From `fromMs` on the device stands at this place, or nowhere when null. What it stood at before ends there. A move
   * told late changes the past up to the next move that is known; the same moment told again is a correction.
   * @param nowMs when this was told, where that is not `fromMs`; for the record of changes
   */
  moveDevice(id: string, placeId: string | null, fromMs: number, nowMs?: number): void;
  /** Where it stood at that time; undefined when nowhere. */
  placementAt(id: string, atMs: number): Placement | undefined;
  /** In order of time, never overlapping. */
  placementsOf(id: string): readonly Placement[];
}

export function placementBook(store: Store, write: Write): PlacementBook {
  const { devices, moves, places } = store;
  return {
    moveDevice: (id, placeId, fromMs, nowMs = fromMs) =>
      write((log) => {
        if (devices.get(id)?.removedAtMs !== null) throw notFound("device", id);
        if (placeId !== null && places.get(placeId)?.removedAtMs !== null) throw notFound("place", placeId);
        checked(Ms, fromMs, `time of the move of "${id}"`);
        const before = { place: moves.placementAt(id, fromMs)?.place ?? null };
        moves.put(id, placeId, fromMs);
        const after = { place: placeId, fromMs };
        log({ atMs: nowMs, kind: "device", id, action: "moved", before, after });
      }),
    placementAt: (id, atMs) => moves.placementAt(id, atMs),
    placementsOf: (id) => moves.placementsOf(id),
  };
}
