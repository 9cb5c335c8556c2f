import {
  atmosphericPressureKpa,
  dewPointFromVapourPressureC,
  et0Hourly,
  psychrometricConstantKpaPerC,
  saturationVapourPressureKpa,
  solarElevationRad,
  wetBulbC,
} from "../../../agronomy/index.ts";
import { keyOf, smooth } from "../../chance.ts";
import { climateAt } from "./climate.ts";
import { createDays, type DaySky, solarDays } from "./days.ts";
import {
  createAlmanac,
  type Foehn,
  type HeavyRain,
  type Overcast,
  type SkyEvent,
  strengthAt,
} from "./events.ts";
import { fallenMm, intensityMmH, type Shower } from "./rain.ts";
import { type Typhoon, type TyphoonHere, typhoonAt } from "./typhoon.ts";

/** The sky over one place at one time. */
export interface Sky {
  /** °C */
  readonly airTemperature: number;
  /** %, at most 100. */
  readonly relativeHumidity: number;
  /** kPa */
  readonly vapourPressure: number;
  /** Global, on level ground, W/m². */
  readonly irradiance: number;
  /** Of what a cloudless sky would let through, 0 to 1. */
  readonly clearness: number;
  /** mm/h */
  readonly rain: number;
  /** m/s at 2 m: the mean of some minutes, and the strongest gust in them. */
  readonly wind: number;
  readonly gust: number;
  /** Degrees from north, clockwise, where the wind comes from. */
  readonly windFrom: number;
  /** At the place itself, hPa. */
  readonly pressure: number;
}

/** A function of time alone: asked twice, or out of order, it says the same. */
export interface Weather {
  readonly altitudeM: number;
  readonly meanOfYearC: number;
  /** What the air has at this time of the year on average, °C. */
  usualC(atMs: number): number;
  at(atMs: number): Sky;
  /** What rains between two times not far from each other, mm. */
  rainMm(fromMs: number, toMs: number): number;
  /** Reference evapotranspiration of the clock hour of this time, mm/h; below zero where dew forms. */
  et0MmH(atMs: number): number;
}

export interface WeatherParts {
  readonly seed: number;
  readonly latitude: number;
  readonly longitude: number;
  /** What is ordered of the sky. Default: nothing. */
  readonly events?: readonly SkyEvent[] | undefined;
  /** Whether typhoons and foehn come by themselves, too. Default: true. */
  readonly climateEvents?: boolean | undefined;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const hoursKept = 4;

export function createWeather(parts: WeatherParts): Weather {
  const { seed, latitude, longitude, events = [], climateEvents = true } = parts;
  const place = { latitude, longitude };
  const climate = climateAt(latitude, longitude);
  const almanac = createAlmanac(seed, place, events, climateEvents);
  const days = createDays({ seed, latitude, longitude, climate, almanac });
  const key = keyOf(seed, `weather ${Math.round(latitude * 2)}/${Math.round(longitude * 2)}`);
  const { altitudeM } = climate;
  const pressureAtHeight = atmosphericPressureKpa(altitudeM) / 101.3;
  const gamma = psychrometricConstantKpaPerC(101.3 * pressureAtHeight);
  let setting = settingOf(0, days, longitude);

  function momentAt(atMs: number): Moment {
    const x = solarDays(atMs, longitude);
    const day = Math.floor(x);
    if (day !== setting.day) setting = settingOf(day, days, longitude);
    return { atMs, x, hour: (x - day) * 24, setting };
  }

  function at(atMs: number): Sky {
    const moment = momentAt(atMs);
    const { x, hour } = moment;
    const { today, after, typhoons, foehns, glooms } = moment.setting;
    const storm = stormAt(typhoons, place, atMs);
    const rain = showersMmH(moment) + storm.rainMmH;
    const cloud = Math.max(strongest(glooms, atMs), storm.cloud);
    const flicker = smooth(key, x * 40);
    const shining = (1 - cloud) * Math.min(1, Math.max(0, (today.sunshine - flicker) * 3 + 0.5));
    const clearness = clearnessOf(shining, cloud, rain);
    const air = airOf(moment, rain, gamma, 0.5 * (flicker - 0.5));
    const wind = windOf(moment, storm, strongest(foehns, atMs), smooth(key + 1, x * 48));
    const seaLevelHpa = between(today.seaLevelHpa, after.seaLevelHpa, hour / 24);
    // The tide of the atmosphere: highest at ten, morning and evening.
    const tideHpa = 1.3 * Math.cos((2 * Math.PI * (hour - 10)) / 12);
    return {
      airTemperature: air.airTemperature,
      relativeHumidity: air.relativeHumidity,
      vapourPressure: air.vapourPressure,
      irradiance: clearness * clearSkyWm2(moment, latitude, longitude, altitudeM),
      clearness,
      rain,
      wind: wind.wind,
      gust: wind.gust,
      windFrom: wind.windFrom,
      pressure: (seaLevelHpa + tideHpa - storm.deficitHpa) * pressureAtHeight,
    };
  }

  function rainMm(fromMs: number, toMs: number): number {
    const middle = momentAt((fromMs + toMs) / 2);
    const { showers, typhoons } = middle.setting;
    const [from, to] = [solarDays(fromMs, longitude), solarDays(toMs, longitude)];
    let mm = stormAt(typhoons, place, middle.atMs).rainMmH * ((toMs - fromMs) / hourMs);
    for (const shower of showers) mm += fallenMm(shower, to) - fallenMm(shower, from);
    return mm;
  }

  const hours = new Map<number, number>();
  function et0MmH(atMs: number): number {
    const hour = Math.floor(atMs / hourMs);
    const known = hours.get(hour);
    if (known !== undefined) return known;
    const middleMs = (hour + 0.5) * hourMs;
    const sky = at(middleMs);
    const { et0Mm } = et0Hourly({
      latitudeDeg: latitude,
      longitudeDeg: longitude,
      dayOfYear: momentAt(middleMs).setting.today.dayOfYear,
      utcHours: (middleMs / hourMs) % 24,
      altitudeM,
      temperatureC: sky.airTemperature,
      actualVapourPressureKpa: sky.vapourPressure,
      windSpeed2mMs: sky.wind,
      solarMjM2: (sky.irradiance * 3600) / 1e6,
      clearnessBefore: Math.min(1, Math.max(0.3, sky.clearness)),
    });
    if (hours.size >= hoursKept) hours.delete(hours.keys().next().value!);
    hours.set(hour, et0Mm);
    return et0Mm;
  }

  return {
    altitudeM,
    meanOfYearC: climate.meanOfYearC,
    usualC: (atMs) => climate.meanC(1 + ((atMs / dayMs) % 365.2425)),
    at: remembered(at),
    rainMm,
    et0MmH,
  };
}

/** A day with its neighbours, and all that may happen in it. */
interface Setting {
  readonly day: number;
  readonly today: DaySky;
  readonly before: DaySky;
  readonly after: DaySky;
  /** Those of the evening before may last past midnight. */
  readonly showers: readonly Shower[];
  readonly typhoons: readonly Typhoon[];
  readonly foehns: readonly Foehn[];
  readonly glooms: readonly (Overcast | HeavyRain)[];
}

function settingOf(day: number, days: (day: number) => DaySky, longitude: number): Setting {
  const [before, today, after] = [days(day - 1), days(day), days(day + 1)];
  const { events } = today;
  const heavyRains = events.filter((event) => event.kind === "heavy-rain");
  const ordered = heavyRains.map(({ fromMs, toMs, mm }) => {
    return { beginDays: solarDays(fromMs, longitude), endDays: solarDays(toMs, longitude), mm };
  });
  return {
    ...{ day, before, today, after },
    showers: [...before.showers, ...today.showers, ...ordered],
    typhoons: events.filter((event) => event.kind === "typhoon"),
    foehns: events.filter((event) => event.kind === "foehn"),
    glooms: [...heavyRains, ...events.filter((event) => event.kind === "overcast")],
  };
}

interface Moment {
  readonly atMs: number;
  /** Solar days. */
  readonly x: number;
  readonly hour: number;
  readonly setting: Setting;
}

const noStorm: TyphoonHere = { rainMmH: 0, windMs: 0, windFromDeg: 0, deficitHpa: 0, cloud: 0 };

/** Where two typhoons reach at once, what the nearer one does, by its rain. */
function stormAt(
  typhoons: readonly Typhoon[],
  place: { readonly latitude: number; readonly longitude: number },
  atMs: number,
): TyphoonHere {
  let storm = noStorm;
  for (const typhoon of typhoons) {
    const here = typhoonAt(typhoon, place, atMs);
    if (here.rainMmH >= storm.rainMmH) storm = here;
  }
  return storm;
}

function strongest(events: readonly (Foehn | Overcast | HeavyRain)[], atMs: number): number {
  let most = 0;
  for (const event of events) most = Math.max(most, strengthAt(event, atMs));
  return most;
}

/** The sites under one sky ask for the same moments: some at once, some one after the other. */
function remembered(at: (atMs: number) => Sky): (atMs: number) => Sky {
  const onRaster = rememberedByStep(at);
  const between = rememberedLast(at);
  return (atMs) => (atMs % rasterMs === 0 ? onRaster(atMs) : between(atMs));
}

/** Sites look at the middles of their steps, which lie on whole multiples of this … */
const rasterMs = 5 * 60_000;
/** … and each goes its steps when one of its nodes wakes: hours after the others, at most. */
const rasterSkiesKept = 64;

function rememberedByStep(at: (atMs: number) => Sky): (atMs: number) => Sky {
  const times = new Float64Array(rasterSkiesKept).fill(Number.NaN);
  const skies: Sky[] = [];
  return (atMs) => {
    const slot = (atMs / rasterMs) % rasterSkiesKept;
    if (times[slot] === atMs) return skies[slot]!;
    const sky = at(atMs);
    times[slot] = atMs;
    skies[slot] = sky;
    return sky;
  };
}

const lastSkiesKept = 4;

function rememberedLast(at: (atMs: number) => Sky): (atMs: number) => Sky {
  const times = new Float64Array(lastSkiesKept).fill(Number.NaN);
  const skies: Sky[] = [];
  let next = 0;
  return (atMs) => {
    for (let i = 0; i < lastSkiesKept; i++) if (times[i] === atMs) return skies[i]!;
    const sky = at(atMs);
    times[next] = atMs;
    skies[next] = sky;
    next = (next + 1) % lastSkiesKept;
    return sky;
  };
}

function showersMmH({ x, setting }: Moment): number {
  let mmH = 0;
  for (const shower of setting.showers) mmH += intensityMmH(shower, x);
  return mmH;
}

/**
 * Ångström's line (FAO-56 eq. 35) over that of the clear sky: a third comes through a grey sky. Under a storm's towers
 * it is less: some 4 % of the clear sky.
 */
function clearnessOf(shining: number, cloud: number, rain: number): number {
  const grey = (0.25 + 0.5 * shining) / 0.75;
  return (grey * (1 - 0.45 * cloud)) / (1 + Math.min(4, rain / 5));
}

/** Rso, W/m², at this moment: FAO-56 eq. 21 without its integral, and 37. */
function clearSkyWm2({ setting, atMs }: Moment, latitude: number, longitude: number, altitudeM: number) {
  const { dayOfYear } = setting.today;
  const elevation = solarElevationRad({
    latitudeDeg: latitude,
    longitudeDeg: longitude,
    dayOfYear,
    utcHours: (atMs / hourMs) % 24,
  });
  if (elevation <= 0) return 0;
  const solarConstantWm2 = 1366.7;
  const nearness = 1 + 0.033 * Math.cos((2 * Math.PI * dayOfYear) / 365);
  return (0.75 + 2e-5 * altitudeM) * solarConstantWm2 * nearness * Math.sin(elevation);
}

const warmestHour = 14;

/** Between sunrise and the warmest hour, and on to the next sunrise, half a cosine each (de Wit et al. 1978). */
function dryTemperatureC({ hour, setting: { today, before, after } }: Moment): number {
  const { sunriseHour } = today;
  if (hour < sunriseHour) {
    return between(before.highC, today.lowC, (hour + 24 - warmestHour) / (sunriseHour + 24 - warmestHour));
  }
  if (hour < warmestHour) {
    return between(today.lowC, today.highC, (hour - sunriseHour) / (warmestHour - sunriseHour));
  }
  return between(today.highC, after.lowC, (hour - warmestHour) / (after.sunriseHour + 24 - warmestHour));
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * (0.5 - 0.5 * Math.cos(Math.PI * share));
}

/** The air keeps the day's dew point; rain that evaporates into it cools it towards its wet bulb and moistens it. */
function airOf(moment: Moment, rain: number, gamma: number, ripple: number) {
  const { hour } = moment;
  const { today, before, after } = moment.setting;
  const dry = dryTemperatureC(moment) + ripple;
  const [from, to, share] =
    hour < 12
      ? [before.dewPointC, today.dewPointC, hour / 24 + 0.5]
      : [today.dewPointC, after.dewPointC, hour / 24 - 0.5];
  const dewPoint = Math.min(dry, from + (to - from) * share);
  const vapour = saturationVapourPressureKpa(dewPoint);
  if (rain <= 0) return airWith(dry, vapour);
  const wetBulb = wetBulbC(dry, Math.max(5, (100 * vapour) / saturationVapourPressureKpa(dry)))!;
  const cooling = 0.9 * (1 - Math.exp(-rain / 2)) * Math.max(0, dry - wetBulb);
  return airWith(dry - cooling, vapour + gamma * cooling);
}

function airWith(airTemperature: number, vapourPressure: number) {
  const saturation = saturationVapourPressureKpa(airTemperature);
  const held = Math.min(saturation, vapourPressure);
  return {
    airTemperature,
    vapourPressure: held,
    relativeHumidity: Math.min(100, (100 * held) / saturation),
  };
}

/** Still nights, a breeze with the sun; foehn blows from the mountains day and night, and a typhoon overrules all. */
function windOf(
  { hour, setting: { today } }: Moment,
  storm: TyphoonHere,
  foehn: number,
  waver: number,
): Pick<Sky, "wind" | "gust" | "windFrom"> {
  const daylight = Math.max(0, Math.sin((Math.PI * (hour - 6)) / 13));
  const usual = today.windMs * (0.55 + 1.05 * daylight) * (0.6 + 0.8 * waver);
  const local = usual + foehn * Math.max(0, 5.5 * (0.7 + 0.6 * waver) - usual);
  const blown = storm.windMs * (0.85 + 0.3 * waver);
  const gustiness = 1.35 + 0.3 * waver;
  if (blown > local) return { wind: blown, gust: blown * gustiness, windFrom: storm.windFromDeg };
  const from = foehn > 0.5 ? 250 : today.windFromDeg;
  return { wind: local, gust: local * gustiness, windFrom: (from + 40 * (waver - 0.5) + 360) % 360 };
}

/** Dew point, °C, of the air of a sky. */
export function dewPointOf({ vapourPressure, airTemperature }: Sky): number {
  return Math.min(airTemperature, dewPointFromVapourPressureC(vapourPressure) ?? airTemperature);
}
