import { awdPhase, mayDryOut, refloodToCm } from "../../../agronomy/index.ts";
import { keyAt, keyOf, uniform } from "../../chance.ts";
import { createReach, type Reach, type ReachState, reachRunUpHours } from "../river/reach.ts";
import type { SiteModel, Stretch } from "../site.ts";
import type { SiteParts } from "../site-parts.ts";
import { dewPointOf } from "../sky/weather.ts";
import { bulkConductivityDsM } from "../soil/bulk-conductivity.ts";
import { fieldInput, fieldInputs } from "../soil/field-input.ts";
import { saltWater } from "../water/salt-water.ts";
import { warmed } from "../water/surface-heat.ts";
import { contentAtCm, type FieldWater, fieldAfter, levelM, saltGL } from "./field-water.ts";
import { type RiceDay, riceOn } from "./rice-season.ts";

export interface PaddyTraits {
  readonly sownMs: number;
  /** Alternate wetting and drying, or water on the field all the time. */
  readonly practice: "awd" | "flooded";
  /** Whether a farmer waters it by its practice, and takes no water of more than 1 g/L of salt. */
  readonly isTended: boolean;
  /** Where it takes its water from: a sluice so many km from the sea; null for a canal that never tastes of salt. */
  readonly sluiceKm: number | null;
}

export interface PaddyState {
  readonly field: FieldWater;
  readonly waterC: number;
  readonly soilC: number;
  readonly reach: ReachState | null;
  /** Whether the farmer's pump runs. */
  readonly isFlooding: boolean;
  readonly queuedMm: number;
  /** Sums since the beginning, rain included. */
  readonly suppliedMm: number;
  readonly suppliedSaltG: number;
}

const dayMs = 86_400_000;
const bundMm = 150;
const pumpMmH = 8;
const freshSaltGL = 0.12;
const saltiestGL = 1;
const usualDepthCm = 10;
/** A field kept flooded is filled again when no more than this stands on it. */
const shallowCm = 2;

/** A bunded rice field with its gates. */
export function paddyModel(parts: SiteParts): SiteModel<PaddyState> {
  const { seed, place, startMs, weather } = parts;
  const key = keyOf(seed, `paddy ${place.id}`);
  const traits: PaddyTraits = {
    sownMs: startMs - Math.floor(30 * uniform(key)) * dayMs,
    practice: uniform(keyAt(key, 1)) < 0.5 ? "awd" : "flooded",
    isTended: true,
    sluiceKm: null,
    ...place.paddy,
  };
  const reach = traits.sluiceKm === null ? null : createReach(parts, traits.sluiceKm);
  const runUpHours = reach === null ? 25 * 24 : reachRunUpHours;
  const startC = weather.usualC(startMs - runUpHours * 3_600_000);

  function step(state: PaddyState, stretch: Stretch): PaddyState {
    const { hours, rainMm, isPowered } = stretch;
    const rice = riceOn((stretch.middleMs - traits.sownMs) / dayMs);
    const intakeGL = intakeSaltGL(reach, state.reach, stretch.middleMs);
    // Until the start somebody tends every field.
    const isTended = traits.isTended || stretch.middleMs < startMs;
    const isFlooding = isTended && wantsWater(state, rice, traits.practice, intakeGL);
    const pumpedMm = isPowered && (isFlooding || stretch.isOn("irrigate")) ? pumpMmH * hours : 0;
    const queueMm = isPowered ? Math.min(state.queuedMm, pumpMmH * hours) : 0;
    const arrivingMm = rainMm + pumpedMm + queueMm;
    const arrivingSaltG = (pumpedMm + queueMm) * intakeGL;
    const isDraining = stretch.isOn("drain") || (isTended && !rice.isWatered);
    const field = fieldAfter(state.field, {
      arrivingMm,
      arrivingSaltG,
      wantedMm: Math.max(0, rice.kc * stretch.weather.et0MmH(stretch.middleMs)) * hours,
      hours,
      outletMm: isDraining ? 0 : bundMm,
    });
    return {
      field,
      ...warmedField(state, field, stretch, rice.cover),
      reach: reach === null ? null : reach.step(state.reach!, stretch),
      isFlooding,
      queuedMm: state.queuedMm - queueMm,
      suppliedMm: state.suppliedMm + arrivingMm,
      suppliedSaltG: state.suppliedSaltG + arrivingSaltG,
    };
  }

  return {
    isOpen: true,
    actions: ["irrigate", "drain"],
    inputs: fieldInputs,
    runUpHours,
    start: {
      field: { ...dryLedger, heightMm: 50 * uniform(keyAt(key, 2)), saltG: 30 + 40 * uniform(keyAt(key, 3)) },
      waterC: startC,
      soilC: startC,
      reach: reach?.start ?? null,
      isFlooding: false,
      queuedMm: 0,
      suppliedMm: 0,
      suppliedSaltG: 0,
    },
    step,
    put(state, input, amount) {
      const { irrigationMm, saltG } = fieldInput(input, amount);
      return {
        ...state,
        queuedMm: state.queuedMm + irrigationMm,
        field: { ...state.field, saltG: state.field.saltG + saltG },
        suppliedSaltG: state.suppliedSaltG + saltG,
      };
    },
    truth({ field, waterC, soilC }, _atMs, _sky, depthCm = usualDepthCm) {
      const content = contentAtCm(field, depthCm);
      const saltiness = saltGL(field);
      return {
        "water.level": levelM(field),
        "water.temperature": waterC,
        ...saltWater(saltiness),
        "soil.moisture": content * 100,
        "soil.temperature": soilC,
        "soil.ec": bulkConductivityDsM(content, saltiness, soilC, "paddy"),
      };
    },
  };
}

const dryLedger = { overflowMm: 0, overflowSaltG: 0, percolatedMm: 0, percolatedSaltG: 0, usedMm: 0 };

function intakeSaltGL(reach: Reach | null, state: ReachState | null, atMs: number): number {
  return reach === null || state === null ? freshSaltGL : reach.salinity(state, atMs);
}

/** The farmer floods up to 5 cm, and begins when the practice says so. */
function wantsWater(
  { field, isFlooding }: PaddyState,
  rice: RiceDay,
  practice: PaddyTraits["practice"],
  intakeGL: number,
): boolean {
  const levelCm = levelM(field) * 100;
  if (!rice.isWatered || intakeGL > saltiestGL || levelCm >= refloodToCm) return false;
  if (isFlooding) return true;
  const mayDry = mayDryOut({ daysSinceEstablishment: rice.day, daysToFlowering: rice.daysToFlowering });
  return practice === "awd" && mayDry ? awdPhase(levelCm) === "reflood" : levelCm < shallowCm;
}

/** Wet soil that takes part in the warming of a day counts as so much water. */
const soilAsWaterM = 0.07;
/** The soil at 10 cm follows in half a day. */
const soilFollowsHours = 9;

function warmedField(state: PaddyState, field: FieldWater, { sky, hours }: Stretch, cover: number) {
  const depthM = soilAsWaterM + Math.max(0, field.heightMm) / 1000;
  const waterC = warmed(state.waterC, depthM, sky, dewPointOf(sky), hours, cover);
  const soilC = waterC + (state.soilC - waterC) * Math.exp(-hours / soilFollowsHours);
  return { waterC, soilC };
}
