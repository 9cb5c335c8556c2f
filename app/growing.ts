import type { Registry } from "../devices/index.ts";
import type { Surroundings } from "../ingest/derived/index.ts";
import type { Standing } from "../ingest/rules/index.ts";
import { surroundingsAt } from "./place-facts.ts";
import { grownAt, standingAt } from "./standing.ts";

/** Where devices stand now, and what grows there. */
export interface Growing {
  /** Undefined when there is no such device, or not any more. */
  standing(device: string): Standing | undefined;
  /** Undefined also for one that stands nowhere: of a node on a workbench nothing is reckoned. */
  surroundings(device: string): Surroundings | undefined;
  /** Where it stood then; undefined also when it was not registered yet. */
  surroundingsAt(device: string, atMs: number): Surroundings | undefined;
}

export function createGrowing({
  registry,
  now,
}: {
  readonly registry: Pick<Registry, "device" | "place" | "placementAt" | "cultivationAt" | "cultivationsOf">;
  readonly now: () => number;
}): Growing {
  return {
    standing(id) {
      const found = find(id, now());
      const { device, place } = found ?? {};
      return device && standingAt(device, place, place && grownAt(registry.cultivationsOf(place.id), now()));
    },
    surroundings: (id) => where(id, now()),
    surroundingsAt: where,
  };

  function where(id: string, atMs: number): Surroundings | undefined {
    const found = find(id, atMs);
    return found?.place && surroundingsAt(found.device, found.place, found.grown);
  }

  function find(id: string, atMs: number) {
    const device = registry.device(id);
    if (device === undefined || device.removedAtMs !== null) return undefined;
    const place = registry.place(registry.placementAt(id, atMs)?.place ?? "");
    return { device, place, grown: place && registry.cultivationAt(place.id, atMs) };
  }
}
