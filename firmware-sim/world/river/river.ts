import { keyOf, uniform } from "../../chance.ts";
import type { SiteModel } from "../site.ts";
import type { SiteParts } from "../site-parts.ts";
import { saltWater } from "../water/salt-water.ts";
import { createReach, type ReachState, reachRunUpHours } from "./reach.ts";

export interface RiverTraits {
  /** Distance from the sea along the river. */
  readonly seaKm: number;
  /** Whether somebody keeps the gate of a sluice. */
  readonly isTended: boolean;
}

export function riverTraits({ seed, place }: SiteParts): RiverTraits {
  const seaKm = 8 + 32 * uniform(keyOf(seed, `river ${place.id}`));
  return { seaKm, isTended: true, ...place.river };
}

/** A gauge in a tidal river. */
export function riverModel(parts: SiteParts): SiteModel<ReachState> {
  const reach = createReach(parts, riverTraits(parts).seaKm);
  return {
    isOpen: true,
    actions: [],
    inputs: [],
    runUpHours: reachRunUpHours,
    start: reach.start,
    step: reach.step,
    put: (state) => state,
    truth: (state, atMs, sky) => ({
      "water.temperature": state.waterC,
      "water.level": reach.levelM(state, atMs, sky),
      "water.velocity": reach.currentMs(state, atMs),
      ...saltWater(reach.salinity(state, atMs)),
    }),
  };
}
