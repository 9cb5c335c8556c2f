/** Saturation vapour pressure over water, kPa, at a temperature in °C (FAO-56, equation 11). */
export function saturationPressure(celsius: number): number {
  return 0.6108 * Math.exp((17.27 * celsius) / (celsius + 237.3));
}

/** Slope of that curve, kPa/°C (FAO-56, equation 13). */
export function saturationSlope(celsius: number): number {
  return (4098 * saturationPressure(celsius)) / (celsius + 237.3) ** 2;
}
