import { saturationVapourPressureKpa } from "../../../agronomy/index.ts";
import { keyAt, keyOf, uniform } from "../../chance.ts";
import { amountWithin, type SiteModel, type Stretch } from "../site.ts";
import type { SiteParts } from "../site-parts.ts";
import { solarDays } from "../sky/days.ts";
import {
  type Animal,
  activityAt,
  ammoniaOf,
  carbonDioxideM3HPerHpu,
  type Husbandry,
  heatAt20W,
  heatOf,
  husbandries,
  litterWarmth,
  soiledAfter,
  soilsInDays,
} from "./animals.ts";
import { agreedAirM3H, airAfter, type HouseAir, type HouseLoad, type Inlet, inletOf } from "./house-air.ts";

export interface ShedTraits {
  readonly animal: Animal;
  readonly heads: number;
  /** Since housing, at the start of the world. */
  readonly startAgeDays: number;
  /** Whether curtains are let down when the power fails. */
  readonly isTended: boolean;
}

export interface ShedState {
  readonly air: HouseAir;
  readonly heads: number;
  /** How far litter or slurry is on its way from fresh (0) to giving off all it can (1). */
  readonly soiled: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const heightM = 3.2;
const runUpHours = 10 * 24;
/** Least air: keeps CO2 near 2,500 ppm. Most: the tunnel fans of a closed house. m³/h for a hpu. */
const leastM3HPerHpu = 90;
const mostM3HPerHpu = 1100;
/** The controller opens from least to most over so many degrees. */
const bandC = 4;
/** Pads are wetted when the fans alone no longer do. */
const padsAboveC = 5;
/** Gas brooders for chicks. */
const brooderWM2 = 90;

/** A shed with its animals, litter and controller. */
export function shedModel({ seed, place, startMs }: SiteParts): SiteModel<ShedState> {
  const key = keyOf(seed, `shed ${place.id}`);
  const traits = shedTraits(key, place.shed);
  const husbandry = husbandries[traits.animal];
  const floorM2 = Math.max(20, traits.heads * husbandry.floorM2);
  const volumeM3 = floorM2 * heightM;
  const hourOf = (atMs: number) => (solarDays(atMs, place.longitude) % 1) * 24;

  const ageAt = (atMs: number) => {
    const days = traits.startAgeDays + (atMs - startMs) / dayMs;
    const cycle = husbandry.batchDays + husbandry.emptyDays;
    if (!Number.isFinite(cycle)) return Math.max(0, days);
    return ((days % cycle) + cycle) % cycle;
  };

  function step(state: ShedState, stretch: Stretch): ShedState {
    const { sky, hours, middleMs, isPowered } = stretch;
    const flock = flockAt(state, traits.animal, ageAt(middleMs));
    // What is on or off for the whole step is switched by how it begins: then a look into the middle of it sees the same.
    const wantedC = husbandry.wantedC(ageAt(middleMs - (hours / 2) * hourMs));
    const isCold = flock.heads > 0 && traits.animal === "broiler" && state.air.temperatureC < wantedC - 0.5;
    const load = loadOf(state, {
      ...{ animal: traits.animal, husbandry, flock, volumeM3, floorM2 },
      activity: activityAt(husbandry, hourOf(middleMs)),
      heaterW: isCold ? brooderWM2 * floorM2 : 0,
    });
    const arePadsWet = isPowered && (stretch.isOn("cool") || state.air.temperatureC > wantedC + padsAboveC);
    const inlet = inletOf(sky, arePadsWet);
    const naturalM3H = volumeM3 * naturalChanges(traits, sky.wind);
    const airM3H = isPowered
      ? Math.max(isOpenSided(traits) ? naturalM3H : 0, fannedM3H(load, flock, stretch, inlet))
      : naturalM3H;
    return {
      ...state,
      air: airAfter(state.air, { load, sky, inlet, airM3H }, hours),
      soiled: flock.isGone ? 0.05 : 1 - (1 - state.soiled) * Math.exp(-hours / 24 / soilsInDays),
    };
  }

  return {
    isOpen: false,
    actions: ["ventilate", "cool"],
    inputs: ["heads", "litterM2"],
    runUpHours,
    start: { air: freshAir, heads: traits.heads, soiled: soiledAtStart(traits, husbandry) },
    step,
    put(state, input, amount) {
      if (input === "heads") {
        const heads = amountWithin(input, amount, -state.heads, 2 * traits.heads);
        return { ...state, heads: state.heads + Math.round(heads) };
      }
      const share = amountWithin(input, amount, 0, floorM2) / floorM2;
      return { ...state, soiled: state.soiled * (1 - share) };
    },
    truth({ air }, atMs, sky) {
      const { lightFromHour, lightHours, lightLx } = husbandry;
      const sinceOn = (hourOf(atMs) - lightFromHour + 24) % 24;
      const daylightLx = traits.animal === "dairy" ? 3 * sky.irradiance : 0.02 * sky.irradiance;
      return {
        "air.temperature": air.temperatureC,
        "air.relativeHumidity": Math.min(
          100,
          (100 * air.vapourKpa) / saturationVapourPressureKpa(air.temperatureC),
        ),
        "air.pressure": sky.pressure,
        "air.nh3": air.ammoniaPpm,
        "air.co2": air.carbonDioxidePpm,
        "air.h2s": air.sulphidePpm,
        "air.lightIntensity": (sinceOn < lightHours ? lightLx : 0.5) + daylightLx,
      };
    },
  };
}

/** Who is in the shed at an age of the batch, which is empty when it is sold. */
interface Flock {
  readonly isGone: boolean;
  readonly heads: number;
  readonly weightKg: number;
  readonly hpu: number;
  readonly wantedC: number;
}

function flockAt(state: ShedState, animal: Animal, ageDays: number): Flock {
  const husbandry = husbandries[animal];
  const isGone = ageDays > husbandry.batchDays;
  const heads = isGone ? 0 : state.heads;
  const weightKg = husbandry.weightKg(ageDays);
  const hpu = (heads * heatAt20W(animal, weightKg)) / 1000;
  return { isGone, heads, weightKg, hpu, wantedC: husbandry.wantedC(ageDays) };
}

const isOpenSided = ({ animal }: ShedTraits) => animal === "dairy";

/** What the fans move: all they can when told so, else what the controller finds right. */
function fannedM3H(load: HouseLoad, { hpu, wantedC }: Flock, { sky, isOn }: Stretch, inlet: Inlet): number {
  const leastM3H = Math.max(load.volumeM3 * 0.5, leastM3HPerHpu * hpu);
  const mostM3H = Math.max(load.volumeM3 * 2, mostM3HPerHpu * hpu);
  if (isOn("ventilate")) return mostM3H;
  return agreedAirM3H(load, sky, inlet, controllerOf({ leastM3H, mostM3H }, wantedC));
}

/** Air changes an hour by wind alone: an open barn, a house with its curtains down, one that stays shut. */
function naturalChanges(traits: ShedTraits, wind: number): number {
  if (isOpenSided(traits)) return 8 + 8 * wind;
  return traits.isTended ? 4 + 4 * wind : 0.6 + 0.4 * wind;
}

const freshAir: HouseAir = {
  temperatureC: 27,
  vapourKpa: 2.4,
  ammoniaPpm: 5,
  carbonDioxidePpm: 900,
  sulphidePpm: 0.05,
};

const usualHeads: Readonly<Record<Animal, readonly [number, number]>> = {
  broiler: [3000, 8000],
  pig: [100, 400],
  dairy: [20, 60],
};

function shedTraits(key: number, known: Partial<ShedTraits> | undefined): ShedTraits {
  const drawn = uniform(key);
  const animal = known?.animal ?? (drawn < 0.5 ? "broiler" : drawn < 0.9 ? "pig" : "dairy");
  const [least, most] = usualHeads[animal];
  return {
    animal,
    heads: Math.round(least + (most - least) * uniform(keyAt(key, 1))),
    startAgeDays: Math.floor((animal === "pig" ? 90 : 30) * uniform(keyAt(key, 2))),
    isTended: true,
    ...known,
  };
}

/** As after the days since housing, which the run-up then adds to. */
function soiledAtStart({ startAgeDays, animal }: ShedTraits, { batchDays }: Husbandry): number {
  if (animal === "dairy") return 0.8;
  const age = Math.max(0, Math.min(startAgeDays, batchDays) - runUpHours / 24);
  return soiledAfter(age);
}

interface LoadParts {
  readonly animal: Animal;
  readonly husbandry: Husbandry;
  readonly flock: Flock;
  readonly activity: number;
  readonly volumeM3: number;
  readonly floorM2: number;
  readonly heaterW: number;
}

function loadOf({ air, soiled }: ShedState, parts: LoadParts): HouseLoad {
  const { animal, husbandry, flock, activity, volumeM3, floorM2, heaterW } = parts;
  const { heads, hpu, weightKg } = flock;
  const { sensibleW, latentW } = heatOf(animal, hpu, air.temperatureC, activity);
  return {
    volumeM3,
    floorM2,
    sensibleW,
    latentW,
    heaterW,
    // Breath goes with the heat that is made.
    carbonDioxideM3H: (carbonDioxideM3HPerHpu * (sensibleW + latentW)) / 1000,
    ammoniaMgH: heads * ammoniaOf(husbandry, { weightKg, airC: air.temperatureC, soiled }),
    sulphideMgH: heads * husbandry.sulphideMgH * litterWarmth(air.temperatureC),
  };
}

function controllerOf(
  { leastM3H, mostM3H }: { readonly leastM3H: number; readonly mostM3H: number },
  wantedC: number,
): (temperatureC: number) => number {
  return (temperatureC) =>
    leastM3H + (mostM3H - leastM3H) * Math.min(1, Math.max(0, (temperatureC - wantedC) / bandC));
}
