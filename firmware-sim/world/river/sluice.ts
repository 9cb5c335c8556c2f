import type { SiteModel, Stretch } from "../site.ts";
import type { SiteParts } from "../site-parts.ts";
import { saltWater } from "../water/salt-water.ts";
import { riverSalinity } from "./estuary.ts";
import { createReach, type ReachState, reachRunUpHours } from "./reach.ts";
import { riverTraits } from "./river.ts";

/** The canal behind the gate. */
interface SluiceState {
  readonly reach: ReachState;
  readonly canalSaltGL: number;
  readonly canalLevelM: number;
}

/** Through an open gate the canal takes on the river's water and level; behind a shut one, water from upland fields freshens it. */
const mixesInHours = 4;
const levelsInHours = 1.5;
const freshensInHours = 12 * 24;
/** What fields take from it brings its level back to this. */
const usualLevelM = 0.2;
const usedInHours = 4 * 24;
/** At which a keeper of the gate shuts it, g/L: where official forecasts draw the line for rice. */
const shutAtGL = 1;

export function sluiceModel(parts: SiteParts): SiteModel<SluiceState> {
  const { seaKm, isTended } = riverTraits(parts);
  const reach = createReach(parts, seaKm);

  /** Until the start every gate has its keeper. A keeper lets water in while it is fresh and higher than the canal's; a gate without one stands open. */
  function isGateOpen({ canalLevelM }: SluiceState, { isOn, middleMs }: Stretch, river: RiverNow): boolean {
    if (isOn("shut-sluice")) return false;
    const isWanted = river.saltGL < shutAtGL && river.levelM > canalLevelM;
    return isOn("open-sluice") || isWanted || (!isTended && middleMs >= parts.startMs);
  }

  return {
    isOpen: true,
    actions: ["open-sluice", "shut-sluice"],
    inputs: [],
    runUpHours: reachRunUpHours,
    start: { reach: reach.start, canalSaltGL: riverSalinity, canalLevelM: usualLevelM },
    step(state, stretch) {
      const { middleMs, sky } = stretch;
      const river = {
        saltGL: reach.salinity(state.reach, middleMs),
        levelM: reach.levelM(state.reach, middleMs, sky),
      };
      return {
        reach: reach.step(state.reach, stretch),
        ...canalAfter(state, stretch, isGateOpen(state, stretch, river) ? river : null),
      };
    },
    put: (state) => state,
    truth: ({ reach: { waterC }, canalSaltGL, canalLevelM }) => ({
      "water.temperature": waterC,
      "water.level": canalLevelM,
      ...saltWater(canalSaltGL),
    }),
  };
}

interface RiverNow {
  readonly saltGL: number;
  readonly levelM: number;
}

function canalAfter(
  { canalSaltGL, canalLevelM }: SluiceState,
  { hours, rainMm }: Stretch,
  river: RiverNow | null,
) {
  const toward = (from: number, to: number, inHours: number) => to + (from - to) * Math.exp(-hours / inHours);
  const fresher = toward(canalSaltGL, riverSalinity, freshensInHours);
  const used = toward(canalLevelM, usualLevelM, usedInHours) + rainMm / 1000;
  if (river === null) return { canalSaltGL: fresher, canalLevelM: Math.min(1.5, used) };
  return {
    canalSaltGL: toward(fresher, river.saltGL, mixesInHours),
    canalLevelM: toward(used, river.levelM, levelsInHours),
  };
}
