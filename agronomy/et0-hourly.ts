import { atmosphericPressureKpa, psychrometricConstantKpaPerC } from "./atmosphere.ts";
import { windSpeed, within } from "./bounds.ts";
import { penmanMonteithMm } from "./et0.ts";
import { hourlyExtraterrestrialMjM2, hourlyNetLongwaveMjM2 } from "./hourly-radiation.ts";
import { clearness, clearnessBound, clearSkyRadiationMjM2, netShortwaveMjM2 } from "./radiation.ts";
import { type SunMoment, solarElevationRad } from "./sun.ts";
import { saturationSlopeKpaPerC, saturationVapourPressureKpa } from "./vapour-pressure.ts";

export interface HourOfWeather extends SunMoment {
  readonly altitudeM: number;
  readonly temperatureC: number;
  readonly actualVapourPressureKpa: number;
  readonly windSpeed2mMs: number;
  /** Rs of this hour, MJ/m². */
  readonly solarMjM2: number;
  /**
   * Clearness as the hour before gave it, used while the sun is low. To begin with, FAO-56 takes 0.4 to 0.6 for a humid
   * night and 0.7 to 0.8 for a dry one.
   */
  readonly clearnessBefore: number;
}

export interface HourlyEt0 {
  /** mm in this hour; slightly negative where dew forms. */
  readonly et0Mm: number;
  /** Rs/Rso to hand to the next hour. */
  readonly clearness: number;
}

/** Below 0.3 rad (17°) haze and hills spoil Rs/Rso. ASCE-EWRI 2005; FAO-56 says "2 to 3 hours before sunset". */
const lowSunRad = 0.3;

/** ET0 of one hour by Penman–Monteith. FAO-56 eq. 53, with 0.1 Rn into the soil by day, 0.5 Rn by night (45, 46). */
export function et0Hourly(hour: HourOfWeather): HourlyEt0 {
  const extraterrestrial = hourlyExtraterrestrialMjM2(hour);
  const sky = skyClearness(hour, extraterrestrial);
  const netRadiation = netShortwaveMjM2(hour.solarMjM2) - hourlyNetLongwaveMjM2({ ...hour, clearness: sky });
  const terms = {
    netRadiationMjM2: netRadiation,
    soilHeatFluxMjM2: netRadiation * (extraterrestrial > 0 ? 0.1 : 0.5),
    temperatureC: hour.temperatureC,
    windSpeed2mMs: within(windSpeed, hour.windSpeed2mMs),
    saturationVapourPressureKpa: saturationVapourPressureKpa(hour.temperatureC),
    actualVapourPressureKpa: hour.actualVapourPressureKpa,
    slopeKpaPerC: saturationSlopeKpaPerC(hour.temperatureC),
    psychrometricKpaPerC: psychrometricConstantKpaPerC(atmosphericPressureKpa(hour.altitudeM)),
  };
  return { et0Mm: penmanMonteithMm(terms, 37), clearness: sky };
}

function skyClearness(hour: HourOfWeather, extraterrestrialMjM2: number): number {
  if (solarElevationRad(hour) < lowSunRad) return within(clearnessBound, hour.clearnessBefore);
  return clearness(hour.solarMjM2, clearSkyRadiationMjM2(extraterrestrialMjM2, hour.altitudeM));
}
