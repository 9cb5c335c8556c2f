import { airTemperature, relativeHumidity, within } from "./bounds.ts";

/**
 * Wet-bulb temperature, °C, at sea-level pressure. Stull (2011), J. Appl. Meteorol. Climatol. 50:2267, eq. 1: within
 * -1.0 to +0.65 °C for 5..99 % and -20..50 °C, worst where it is cold and dry. Undefined outside, but for air wetter
 * than 99 %: fogged sheds stand there for hours, and saturated air is its own wet bulb.
 */
export function wetBulbC(temperatureC: number, relativeHumidityPct: number): number | undefined {
  const t = within(airTemperature, temperatureC);
  const rh = Math.min(99, relativeHumidity(relativeHumidityPct));
  if (rh < 5 || t < -20 || t > 50) return undefined;
  const wetBulb =
    t * Math.atan(0.151977 * Math.sqrt(rh + 8.313659)) +
    Math.atan(t + rh) -
    Math.atan(rh - 1.676331) +
    0.00391838 * rh ** 1.5 * Math.atan(0.023101 * rh) -
    4.686035;
  return Math.min(t, wetBulb);
}
