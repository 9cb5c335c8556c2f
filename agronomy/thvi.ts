import { windSpeed, within } from "./bounds.ts";
import { wetBulbC } from "./wet-bulb.ts";

/** What Tao and Xin blew at their birds. Stiller air than 0.2 m/s would send the index to infinity. */
const triedAirSpeedMs = { min: 0.2, max: 1.2 } as const;

/**
 * Temperature-humidity-velocity index of market-size broilers, °C-like. Tao and Xin (2003), Trans. ASAE 46:491:
 * (0.85 Tdb + 0.15 Twb) V^-0.058, fitted at 35..41 °C, dew points 19.4 and 26.1 °C, 0.2..1.2 m/s. Air speeds outside
 * are taken as the nearest that was tried; cooler air is computed as it stands and ranks sheds, no more. Wet bulb by
 * Stull; undefined where that is (below 5 % humidity, outside -20..50 °C).
 */
export function broilerThvi(air: {
  readonly temperatureC: number;
  readonly relativeHumidityPct: number;
  readonly airSpeedMs: number;
}): number | undefined {
  const speed = within(windSpeed, air.airSpeedMs);
  const wetBulb = wetBulbC(air.temperatureC, air.relativeHumidityPct);
  if (wetBulb === undefined) return undefined;
  const tried = Math.min(triedAirSpeedMs.max, Math.max(triedAirSpeedMs.min, speed));
  return (0.85 * air.temperatureC + 0.15 * wetBulb) * tried ** -0.058;
}
