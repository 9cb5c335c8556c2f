import { keyOf, uniform } from "../../chance.ts";
import type { Stretch } from "../site.ts";
import type { SiteParts } from "../site-parts.ts";
import { dewPointOf, type Sky } from "../sky/weather.ts";
import { warmed } from "../water/surface-heat.ts";
import { catchmentAfter, flowMmDay, salinityAtKm, tideShareAtKm } from "./estuary.ts";
import { tideAt } from "./tide.ts";

/** A piece of a tidal river, and all that its water needs to remember. */
export interface ReachState {
  readonly catchmentMm: number;
  readonly waterC: number;
}

export interface Reach {
  readonly start: ReachState;
  step(state: ReachState, stretch: Stretch): ReachState;
  salinity(state: ReachState, atMs: number): number;
  /** m above mean sea level. */
  levelM(state: ReachState, atMs: number, sky: Sky): number;
  /** m/s, negative where the tide pushes the river back. */
  currentMs(state: ReachState, atMs: number): number;
}

/** A catchment takes that long to forget how it began. */
export const reachRunUpHours = 90 * 24;
const depthM = 4;

export function createReach({ seed, place, weather, startMs }: SiteParts, seaKm: number): Reach {
  // One tide for a whole province.
  const tide = tideAt(place.latitude, keyOf(seed, `tide ${Math.round(place.latitude)}`));
  const share = tideShareAtKm(seaKm);
  return {
    start: {
      catchmentMm: 60 + 60 * uniform(keyOf(seed, "catchment")),
      waterC: weather.usualC(startMs - reachRunUpHours * 3_600_000),
    },
    step: ({ catchmentMm, waterC }, { rainMm, sky, hours }) => ({
      catchmentMm: catchmentAfter(catchmentMm, rainMm, hours),
      waterC: warmed(waterC, depthM, sky, dewPointOf(sky), hours),
    }),
    salinity: ({ catchmentMm }, atMs) => salinityAtKm(seaKm, flowMmDay(catchmentMm), tide(atMs)),
    levelM({ catchmentMm }, atMs, sky) {
      const flood = 0.25 * Math.sqrt(flowMmDay(catchmentMm)) * (seaKm / 30);
      // A hectopascal less lets the sea rise by a centimetre.
      const surge = Math.max(0, 1005 - sky.pressure) / 100;
      return share * (tide(atMs) + surge) + flood;
    },
    currentMs({ catchmentMm }, atMs) {
      const halfHourMs = 1_800_000;
      const risingMH = tide(atMs + halfHourMs) - tide(atMs - halfHourMs);
      return 0.08 * Math.sqrt(flowMmDay(catchmentMm)) - 1.6 * share * risingMH;
    },
  };
}
