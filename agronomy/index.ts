/** The public face of agronomy: pure functions and published data, by subject. */
export { ammoniaPerNitrogen, ammoniumPka, unionisedAmmoniaFraction, unionisedAmmoniaMgL } from "./ammonia.ts";
export { atmosphericPressureKpa, psychrometricConstantKpaPerC, windSpeedAt2mMs } from "./atmosphere.ts";
export {
  type AwdPhase,
  type AwdSeason,
  awdPhase,
  awdSeason,
  mayDryOut,
  refloodAtCm,
  refloodCm,
  refloodToCm,
} from "./awd.ts";
export { climateAdjustedKc, cropCoefficient, type StageLengths } from "./crop-coefficient.ts";
export { type CropWater, crops } from "./crops.ts";
export { type DegreeDayBase, degreeDayBases, growingDegreeDays } from "./degree-days.ts";
export {
  type DayOfWeather,
  et0DailyMm,
  et0HargreavesMm,
  et0MonthlyMm,
  monthlySoilHeatFluxMjM2,
  netRadiationMjM2,
  soilHeatFluxSincePreviousMonthMjM2,
} from "./et0.ts";
export { et0Hourly, type HourlyEt0, type HourOfWeather } from "./et0-hourly.ts";
export { hourlyExtraterrestrialMjM2 } from "./hourly-radiation.ts";
export { type AirSpan, humidHours } from "./humid-hours.ts";
export { huttonCriteriaMet, isHuttonDay, type LateBlightDay } from "./late-blight.ts";
export { isLeafWet, leafWetnessHours, type WetnessMethod } from "./leaf-wetness.ts";
export { type OxygenConditions, oxygenSaturationMgL, oxygenSaturationPct } from "./oxygen.ts";
export {
  clearSkyRadiationMjM2,
  evaporationEquivalentMm,
  extraterrestrialRadiationMjM2,
  radiantExposureMjM2,
  solarRadiationFromSunshineMjM2,
  solarRadiationFromTemperatureMjM2,
} from "./radiation.ts";
export {
  type BlastNight,
  blastNightsRunning,
  blastRiskNights,
  blastSensitiveStages,
  isBlastNight,
} from "./rice-blast.ts";
export {
  conductivityFromSalinityMsCm,
  ec25FromSalinityMsCm,
  salinityFromConductivity,
  salinityFromEc25,
} from "./salinity.ts";
export { type SoilTexture, soilTextures } from "./soil-textures.ts";
export {
  adjustedDepletionFraction,
  depletionFromWaterContentMm,
  readilyAvailableWaterMm,
  totalAvailableWaterMm,
  type WaterBalance,
  type WaterBalanceDay,
  waterBalance,
  waterContentAtDepletion,
  waterStressCoefficient,
} from "./soil-water.ts";
export { daylightHours, dayOfYear, middleDayOfMonth, type SunMoment, solarElevationRad } from "./sun.ts";
export { dairyHeatStress, pigHeatStress, temperatureHumidityIndex } from "./thi.ts";
export { broilerThvi } from "./thvi.ts";
export {
  actualVapourPressureKpa,
  dewPointC,
  dewPointFromVapourPressureC,
  meanSaturationVapourPressureKpa,
  psychrometers,
  saturationSlopeKpaPerC,
  saturationVapourPressureKpa,
  vapourPressureDeficitKpa,
  vapourPressureFromDewPointKpa,
  vapourPressureFromExtremesKpa,
  vapourPressureFromMaxHumidityKpa,
  vapourPressureFromMeanHumidityKpa,
  vapourPressureFromPsychrometerKpa,
} from "./vapour-pressure.ts";
export { wetBulbC } from "./wet-bulb.ts";
