import { windSpeedAt2mMs } from "../../../agronomy/index.ts";

/** A tropical cyclone on its way across the coast. */
export interface Typhoon {
  readonly kind: "typhoon";
  readonly landfallMs: number;
  /** Where its centre crosses the coast, degrees north. */
  readonly latitude: number;
  /** Greatest mean wind at 10 m before landfall, m/s: from 17.2 a storm, from 32.7 a typhoon. */
  readonly windMs: number;
}

/** What it does at a place at one time. */
export interface TyphoonHere {
  readonly rainMmH: number;
  /** At 2 m, m/s, and where it blows from. */
  readonly windMs: number;
  readonly windFromDeg: number;
  /** By how much the air pressure is lower, hPa. */
  readonly deficitHpa: number;
  /** 0 outside its clouds, 1 well inside. */
  readonly cloud: number;
}

const hourMs = 3_600_000;
/** Clouds and wind are felt this long before and after the centre crosses the coast. */
const aheadHours = 60;
const behindHours = 72;

export function typhoonSpan({ landfallMs }: Typhoon): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: landfallMs - aheadHours * hourMs, toMs: landfallMs + behindHours * hourMs };
}

/** Usual course and speed on this coast: west-north-west at 16 km/h. */
const courseDeg = 288;
const kmPerHour = 16;
const radiusOfGreatestWindKm = 40;
/** Shape of the pressure profile (Holland 1980, Mon. Weather Rev. 108:1212): 1 to 2.5. */
const hollandB = 1.3;
const airDensity = 1.15;
/** Of the wind at sea, what is left at 10 m over farmland. */
const overLand = 0.8;
const kmPerDegree = 111.2;
/** Inflow: the wind blows this much towards the centre. */
const inflowDeg = 20;

export function typhoonAt(
  typhoon: Typhoon,
  place: { readonly latitude: number; readonly longitude: number },
  atMs: number,
): TyphoonHere {
  const hours = (atMs - typhoon.landfallMs) / hourMs;
  const greatest = greatestWindMs(typhoon.windMs, hours);
  const { km, bearingDeg } = fromCentre(typhoon.latitude, place, hours);
  const x = (radiusOfGreatestWindKm / Math.max(km, 5)) ** hollandB;
  // Holland's equations 1 and 5, without the small Coriolis term; the deficit follows from the greatest wind by his eq. 7.
  const wind10Ms = overLand * greatest * Math.sqrt(x * Math.exp(1 - x)) * reachAt(km);
  const deficitOfCentreHpa = (airDensity * Math.E * greatest ** 2) / hollandB / 100;
  return {
    rainMmH: rainMmH(greatest, km),
    windMs: windSpeedAt2mMs(wind10Ms, 10),
    windFromDeg: (bearingDeg + 90 - inflowDeg + 360) % 360,
    deficitHpa: deficitOfCentreHpa * (1 - Math.exp(-x)) * reachAt(km),
    cloud: Math.min(1, Math.max(0, (600 - km) / 250)) * Math.min(1, greatest / 12),
  };
}

/** The profile has no edge; a cyclone ends where other weather begins. */
function reachAt(km: number): number {
  return Math.min(1, Math.max(0, (900 - km) / 400));
}

/** Decay over land: Kaplan and DeMaria (1995, J. Appl. Meteorol. 34:2499); after two days nothing much holds it together. */
function greatestWindMs(atSeaMs: number, hoursSinceLandfall: number): number {
  if (hoursSinceLandfall <= 0) return atSeaMs;
  const background = Math.min(13.7, 0.9 * atSeaMs);
  const left = background + (0.9 * atSeaMs - background) * Math.exp(-0.095 * hoursSinceLandfall);
  return left * Math.exp(-Math.max(0, hoursSinceLandfall - 30) / 12);
}

function fromCentre(
  landfallLatitude: number,
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
  hours: number,
): { readonly km: number; readonly bearingDeg: number } {
  const course = (courseDeg * Math.PI) / 180;
  const eastKm =
    (longitude - coastLongitude(landfallLatitude)) *
      kmPerDegree *
      Math.cos((landfallLatitude * Math.PI) / 180) -
    hours * kmPerHour * Math.sin(course);
  const northKm = (latitude - landfallLatitude) * kmPerDegree - hours * kmPerHour * Math.cos(course);
  return { km: Math.hypot(eastKm, northKm), bearingDeg: (Math.atan2(eastKm, northKm) * 180) / Math.PI };
}

/** The coast from south to north: latitude, longitude. */
const coast: readonly (readonly [number, number])[] = [
  [8.5, 105],
  [10.4, 107],
  [11.5, 109],
  [13, 109.3],
  [15, 108.9],
  [16.1, 108.2],
  [17.5, 106.6],
  [18.7, 105.75],
  [20.2, 106.6],
  [21.5, 108],
];

function coastLongitude(latitude: number): number {
  const after = Math.max(
    1,
    coast.findIndex(([north]) => north >= latitude),
  );
  const [south, from] = coast[after - 1]!;
  const [north, to] = coast[after]!;
  const share = Math.min(1, Math.max(0, (latitude - south) / (north - south)));
  return from + (to - from) * share;
}

/** R-CLIPER, the rain of an average cyclone of this wind (Tuleya, DeMaria and Kuligowski 2007, Weather Forecast. 22:56). */
function rainMmH(greatestMs: number, km: number): number {
  if (greatestMs <= 0) return 0;
  const mmHPerInchDay = 25.4 / 24;
  // Their intensity is 1 at 35 knots; below, it fades.
  const strength = 1 + (greatestMs * 1.944 - 35) / 33;
  const u = Math.max(0.5, strength);
  const centre = (-1.1 + 3.96 * u) * mmHPerInchDay;
  const most = (-1.6 + 4.8 * u) * mmHPerInchDay;
  const mostKm = Math.max(20, 64.5 - 13 * u);
  const decayKm = Math.max(60, 150 - 16 * u);
  const rate =
    km < mostKm ? centre + (most - centre) * (km / mostKm) : most * Math.exp(-(km - mostKm) / decayKm);
  const fading = Math.min(1, Math.max(0, greatestMs / 10));
  return rate < 0.05 ? 0 : rate * fading;
}
