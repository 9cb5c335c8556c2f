import {
  adjustedDepletionFraction,
  crops,
  readilyAvailableWaterMm,
  totalAvailableWaterMm,
  waterStressCoefficient,
} from "../../../agronomy/index.ts";
import { keyAt, keyOf, uniform } from "../../chance.ts";
import type { SiteModel, Stretch } from "../site.ts";
import type { SiteParts } from "../site-parts.ts";
import { solarDays } from "../sky/days.ts";
import type { Weather } from "../sky/weather.ts";
import { bulkConductivityDsM } from "./bulk-conductivity.ts";
import { cropCalendar, type ParcelCrop, parcelCrops } from "./crop-season.ts";
import { fieldInput, fieldInputs } from "./field-input.ts";
import { hydraulicsOf, type TextureName, tensionKpa } from "./hydraulics.ts";
import { conducted, dampingDepthM, deepCm, nodesCm, temperatureAtCm } from "./soil-heat.ts";
import {
  contentOf,
  drained,
  infiltrated,
  layerAtCm,
  profileAt,
  rootShares,
  rootZone,
  takenUp,
  type WaterProfile,
} from "./water-profile.ts";

export interface ParcelTraits {
  readonly texture: TextureName;
  readonly crop: ParcelCrop;
  readonly sownMs: number;
  /** Whether a farmer irrigates it when the crop begins to lack water. */
  readonly isTended: boolean;
  /** Of the water it is irrigated with, g/L. */
  readonly irrigationSalinity: number;
}

export interface ParcelState {
  readonly profile: WaterProfile;
  readonly temperaturesC: readonly number[];
  /** Water that is still to come from the hose. */
  readonly queuedMm: number;
  /** Running mean of a day: what the crop would use without lack, mm a day. */
  readonly demandMmDay: number;
  /** Sums since the beginning. */
  readonly suppliedMm: number;
  readonly suppliedSaltG: number;
  readonly usedMm: number;
}

const dayMs = 86_400_000;
const usualDepthCm = 20;
const irrigationMmH = 12;
const mostMmAtOnce = 45;
const runUpHours = 20 * 24;
const textures = ["sandy-loam", "loam", "silt-loam", "clay-loam"] as const;

/** A parcel with a crop: rain and irrigation wet it, the crop and the sun dry it, the surplus runs off or drains. */
export function parcelModel({ seed, place, weather, startMs }: SiteParts): SiteModel<ParcelState> {
  const key = keyOf(seed, `parcel ${place.id}`);
  const traits = parcelTraits(key, startMs, place.parcel);
  const soil = hydraulicsOf(traits.texture);
  const rootDepthMm = Math.min(1000, 1000 * crops[traits.crop].rootDepthM[0]);
  const totalAvailableMm = totalAvailableWaterMm(soil, rootDepthMm / 1000);
  const shares = rootShares(rootDepthMm);
  const fraction = crops[traits.crop].depletionFraction;
  const cropOn = cropCalendar(traits.crop);
  // Some farmers go early, some late.
  const patience = 0.75 + 0.4 * uniform(keyAt(key, 7));

  /** In the morning the farmer looks at the field. */
  function farmerOrdersMm(state: ParcelState, { middleMs }: Stretch): number {
    const hour = (solarDays(middleMs, place.longitude) % 1) * 24;
    // Until the start somebody tends every parcel.
    const isTended = traits.isTended || middleMs < startMs;
    if (!isTended || hour < 5.5 || hour > 6.5 || state.queuedMm > 0) return 0;
    const { depletionMm } = rootZone(state.profile, soil, rootDepthMm);
    const limitMm = patience * readilyAvailableWaterMm(totalAvailableMm, fraction);
    return depletionMm > limitMm ? Math.min(mostMmAtOnce, depletionMm) : 0;
  }

  function step(state: ParcelState, stretch: Stretch): ParcelState {
    const { hours, sky, rainMm } = stretch;
    const days = (stretch.middleMs - traits.sownMs) / dayMs;
    const { kc, cover } = cropOn(days);
    const queuedMm = state.queuedMm + farmerOrdersMm(state, stretch);
    const hoseMm = stretch.isPowered ? Math.min(queuedMm, irrigationMmH * hours) : 0;
    const orderedMm = stretch.isPowered && stretch.isOn("irrigate") ? irrigationMmH * hours : 0;
    const wateredMm = hoseMm + orderedMm;
    const arrival = { mm: rainMm + wateredMm, saltG: wateredMm * traits.irrigationSalinity };

    const wantedMm = Math.max(0, kc * stretch.weather.et0MmH(stretch.middleMs)) * hours;
    const demandMmDay =
      state.demandMmDay + ((wantedMm / hours) * 24 - state.demandMmDay) * Math.min(1, hours / 24);
    const wet = drained(infiltrated(state.profile, soil, arrival, hours), soil, hours);
    const fromSurfaceMm = Math.min(wet.pondedMm, wantedMm);
    const { depletionMm } = rootZone(wet, soil, rootDepthMm);
    const waterStress = waterStressCoefficient({
      depletionMm,
      totalAvailableMm,
      readilyAvailableMm: readilyAvailableWaterMm(
        totalAvailableMm,
        adjustedDepletionFraction(fraction, demandMmDay),
      ),
    });
    const roots = takenUp(wet, soil, shares, waterStress * (wantedMm - fromSurfaceMm));
    return {
      profile: { ...roots.profile, pondedMm: wet.pondedMm - fromSurfaceMm },
      temperaturesC: conducted(
        state.temperaturesC,
        surfaceC(sky.airTemperature, sky.irradiance, cover),
        climateTemperatureC(stretch.weather, stretch.middleMs, deepCm),
        hours,
      ),
      queuedMm: queuedMm - hoseMm,
      demandMmDay,
      suppliedMm: state.suppliedMm + arrival.mm,
      suppliedSaltG: state.suppliedSaltG + arrival.saltG,
      usedMm: state.usedMm + fromSurfaceMm + roots.takenMm,
    };
  }

  return {
    isOpen: true,
    actions: ["irrigate"],
    inputs: fieldInputs,
    runUpHours,
    start: {
      profile: profileAt(
        soil.fieldCapacity - 0.4 * uniform(keyAt(key, 3)) * (soil.fieldCapacity - soil.wiltingPoint),
        0.4 + 0.7 * uniform(keyAt(key, 2)),
      ),
      temperaturesC: nodesCm.map((depth) =>
        climateTemperatureC(weather, startMs - runUpHours * 3_600_000, depth),
      ),
      queuedMm: 0,
      demandMmDay: 3,
      suppliedMm: 0,
      suppliedSaltG: 0,
      usedMm: 0,
    },
    step,
    put(state, input, amount) {
      const { irrigationMm, saltG } = fieldInput(input, amount);
      return fertilised({ ...state, queuedMm: state.queuedMm + irrigationMm }, saltG);
    },
    truth({ profile, temperaturesC }, _atMs, _sky, depthCm = usualDepthCm) {
      const layer = layerAtCm(depthCm);
      const content = contentOf(profile, layer);
      const temperatureC = temperatureAtCm(temperaturesC, depthCm);
      const saltGL = profile.saltG[layer]! / profile.waterMm[layer]!;
      return {
        "soil.moisture": content * 100,
        "soil.temperature": temperatureC,
        "soil.ec": bulkConductivityDsM(content, saltGL, temperatureC, traits.texture),
        "soil.tension": tensionKpa(soil, content),
      };
    },
  };
}

function parcelTraits(key: number, startMs: number, known: Partial<ParcelTraits> | undefined): ParcelTraits {
  return {
    texture: textures[Math.floor(uniform(key) * textures.length)]!,
    crop: parcelCrops[Math.floor(uniform(keyAt(key, 1)) * parcelCrops.length)]!,
    sownMs: startMs - Math.floor(60 * uniform(keyAt(key, 4))) * dayMs,
    isTended: true,
    irrigationSalinity: 0.1 + 0.2 * uniform(keyAt(key, 5)),
    ...known,
  };
}

function fertilised(state: ParcelState, saltG: number): ParcelState {
  const [top, ...rest] = state.profile.saltG;
  const profile = { ...state.profile, saltG: [top! + saltG, ...rest] };
  return { ...state, profile, suppliedSaltG: state.suppliedSaltG + saltG };
}

/** Bare ground gets some 18 °C hotter than the air at full sun; under a closed crop it is a few degrees. */
function surfaceC(airC: number, irradiance: number, cover: number): number {
  return airC + irradiance * (0.003 + 0.017 * (1 - cover));
}

const yearS = 365.25 * 86_400;

/** The wave of the year, damped and late, that the climate sends down to this depth. */
function climateTemperatureC(weather: Weather, atMs: number, depthCm: number): number {
  const depth = depthCm / 100 / dampingDepthM(yearS);
  const lateMs = (depth / (2 * Math.PI)) * yearS * 1000;
  return weather.meanOfYearC + Math.exp(-depth) * (weather.usualC(atMs - lateMs) - weather.meanOfYearC);
}
