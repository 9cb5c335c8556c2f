import type { Registry } from "../devices/index.ts";
import type { Surroundings } from "../ingest/derived/index.ts";
import type { Standing } from "../ingest/rules/index.ts";
import { type PlaceFacts, surroundingsAt } from "./place-facts.ts";
import { growingAt, standingAt } from "./standing.ts";

/** Where devices stand now, and what grows there. */
export interface Growing {
  /** Undefined when there is no such device, or not any more. */
  standing(device: string): Standing | undefined;
  /** Undefined also for one that stands nowhere: of a node on a workbench nothing is reckoned. */
  surroundings(device: string): Surroundings | undefined;
}

/** @param parts.facts by the id of the place, from the configuration */
export function createGrowing({
  registry,
  facts,
  now,
}: {
  readonly registry: Pick<Registry, "device" | "place" | "placementAt">;
  readonly facts: Readonly<Record<string, PlaceFacts>>;
  readonly now: () => number;
}): Growing {
  return {
    standing(id) {
      const found = find(id);
      return found && standingAt(found.device, found.place, growingAt(found.facts, now()));
    },
    surroundings(id) {
      const found = find(id);
      return found?.place && surroundingsAt(found.device, found.place, found.facts);
    },
  };

  function find(id: string) {
    const device = registry.device(id);
    if (device === undefined || device.removedAtMs !== null) return undefined;
    const place = registry.place(registry.placementAt(id, now())?.place ?? "");
    return { device, place, facts: place && facts[place.id] };
  }
}
