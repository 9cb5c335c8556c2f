import type { Registry } from "../devices/index.ts";
import type { Surroundings } from "../ingest/derived/index.ts";
import type { Standing } from "../ingest/rules/index.ts";
import { surroundingsAt } from "./place-facts.ts";
import { standingAt } from "./standing.ts";

/** Where devices stand now, and what grows there. */
export interface Growing {
  /** Undefined when there is no such device, or not any more. */
  standing(device: string): Standing | undefined;
  /** Undefined also for one that stands nowhere: of a node on a workbench nothing is reckoned. */
  surroundings(device: string): Surroundings | undefined;
}

export function createGrowing({
  registry,
  now,
}: {
  readonly registry: Pick<Registry, "device" | "place" | "placementAt" | "cultivationAt">;
  readonly now: () => number;
}): Growing {
  return {
    standing(id) {
      const found = find(id);
      return found && standingAt(found.device, found.place, found.grown);
    },
    surroundings(id) {
      const found = find(id);
      return found?.place && surroundingsAt(found.device, found.place, found.grown);
    },
  };

  function find(id: string) {
    const device = registry.device(id);
    if (device === undefined || device.removedAtMs !== null) return undefined;
    const place = registry.place(registry.placementAt(id, now())?.place ?? "");
    return { device, place, grown: place && registry.cultivationAt(place.id, now()) };
  }
}
