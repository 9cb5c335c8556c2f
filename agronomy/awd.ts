import { type Bound, within } from "./bounds.ts";

/**
 * Alternate wetting and drying of rice (AWD, "tưới ngập khô xen kẽ"), after IRRI's safe AWD: the field may dry until the
 * water stands 15 cm below the surface in a perforated tube, then it is flooded to about 5 cm. Levels are in cm, 0 at the
 * soil surface, negative below.
 */
export const refloodAtCm = -15;
export const refloodToCm = 5;

const fieldWater: Bound = { name: "water level of the field", unit: "cm", min: -300, max: 300 };

export type AwdPhase = "flooded" | "drying" | "reflood";

/** Where a field stands. A wet surface without standing water (0 cm) is already drying. */
export function awdPhase(levelCm: number): AwdPhase {
  const level = within(fieldWater, levelCm);
  if (level > 0) return "flooded";
  return level > refloodAtCm ? "drying" : "reflood";
}

/** cm of level to add by irrigation; 0 unless the time has come. */
export function refloodCm(levelCm: number): number {
  return awdPhase(levelCm) === "reflood" ? refloodToCm - levelCm : 0;
}

const seasonDays: Bound = { name: "day of the season", unit: "", min: -400, max: 400 };

/**
 * Whether the field may dry: not in the two weeks after sowing or transplanting, while weeds are held down by water and
 * seedlings root, nor within a week of flowering, when drought costs grain.
 */
export function mayDryOut(season: {
  readonly daysSinceEstablishment: number;
  /** Negative after flowering. */
  readonly daysToFlowering: number;
}): boolean {
  const established = within(seasonDays, season.daysSinceEstablishment) >= 14;
  return established && Math.abs(within(seasonDays, season.daysToFlowering)) > 7;
}

export interface AwdSeason {
  readonly floodedDays: number;
  /** Days without standing water, down to the safe limit and beyond. */
  readonly dryDays: number;
  /** Of the dry days, those at the limit or below it. */
  readonly refloodDays: number;
  readonly unknownDays: number;
  /** Dry spells of more than three days: what greenhouse-gas inventories (IPCC 2006) count as an aeration. */
  readonly aerations: number;
  readonly longestDrySpellDays: number;
}

/** More than this many days without standing water aerate the soil. */
const aerationDays = 3;

/**
 * Sums of a season from each day's level, in order. A day without readings is undefined: it is counted as unknown and
 * ends a dry spell, so that nothing is claimed that was not measured.
 */
export function awdSeason(dailyLevelsCm: readonly (number | undefined)[]): AwdSeason {
  const phases = dailyLevelsCm.map((level) => (level === undefined ? undefined : awdPhase(level)));
  const days = (wanted: AwdPhase | undefined) => phases.filter((phase) => phase === wanted).length;
  const spells = drySpells(phases);
  return {
    floodedDays: days("flooded"),
    dryDays: days("drying") + days("reflood"),
    refloodDays: days("reflood"),
    unknownDays: days(undefined),
    aerations: spells.filter((length) => length > aerationDays).length,
    longestDrySpellDays: Math.max(0, ...spells),
  };
}

function drySpells(phases: readonly (AwdPhase | undefined)[]): number[] {
  const spells: number[] = [];
  let length = 0;
  for (const phase of [...phases, undefined]) {
    if (phase === "drying" || phase === "reflood") length += 1;
    else if (length > 0) {
      spells.push(length);
      length = 0;
    }
  }
  return spells;
}
