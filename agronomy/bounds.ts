/**
 * What no caller can mean. A value outside these is a bug of the caller (a percentage where a fraction belongs, kelvin
 * for Celsius, a sentinel that slipped through), so it throws; what is possible but outside a formula's published range
 * is no bug and is treated as each formula's docstring says.
 */

export interface Bound {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

/** The value itself. RangeError, naming value and range, when it is outside or not a number. */
export function within({ name, unit, min, max }: Bound, value: number): number {
  if (value >= min && value <= max) return value;
  throw new RangeError(`${name} must be within ${min}..${max}${unit === "" ? "" : ` ${unit}`}, got ${value}`);
}

export const airTemperature: Bound = { name: "air temperature", unit: "°C", min: -90, max: 80 };
export const waterTemperature: Bound = { name: "water temperature", unit: "°C", min: -5, max: 100 };
export const vapourPressure: Bound = { name: "vapour pressure", unit: "kPa", min: 0, max: 50 };
export const airPressure: Bound = { name: "air pressure", unit: "kPa", min: 30, max: 110 };
export const altitude: Bound = { name: "altitude", unit: "m", min: -430, max: 9000 };
export const windSpeed: Bound = { name: "wind speed", unit: "m/s", min: 0, max: 120 };
export const latitude: Bound = { name: "latitude", unit: "°", min: -90, max: 90 };
export const longitude: Bound = { name: "longitude", unit: "°", min: -180, max: 180 };
export const dayNumber: Bound = { name: "day of the year", unit: "", min: 1, max: 366 };
export const radiation: Bound = { name: "radiation", unit: "MJ/m²", min: 0, max: 60 };
/** What a day or an hour may gain or lose. */
export const energy: Bound = { name: "energy", unit: "MJ/m²", min: -60, max: 60 };
export const waterContent: Bound = { name: "soil water content", unit: "m³/m³", min: 0, max: 1 };
export const waterDepth: Bound = { name: "depth of water", unit: "mm", min: 0, max: 5000 };
export const depletionShare: Bound = { name: "depletion fraction", unit: "", min: 0, max: 1 };
export const acidity: Bound = { name: "pH", unit: "", min: 0, max: 14 };

const humidity: Bound = { name: "relative humidity", unit: "%", min: 0, max: 105 };

/** Percent, at most 100: a good capacitive probe in fog reads up to 105, and means saturated. */
export function relativeHumidity(pct: number): number {
  return Math.min(100, within(humidity, pct));
}

/** RangeError when the day's minimum is above its maximum. */
export function dayTemperatures(minC: number, maxC: number): void {
  within(airTemperature, minC);
  within(airTemperature, maxC);
  if (minC > maxC) throw new RangeError(`minimum temperature ${minC} °C is above the maximum ${maxC} °C`);
}
