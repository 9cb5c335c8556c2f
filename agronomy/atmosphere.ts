import { airPressure, altitude, type Bound, windSpeed, within } from "./bounds.ts";

/** Pressure and wind of the open air, after FAO-56, chapter 3. */

/** P, kPa, of the standard atmosphere at this height above the sea. FAO-56 eq. 7; weather moves it by 1 to 2 %. */
export function atmosphericPressureKpa(altitudeM: number): number {
  return 101.3 * ((293 - 0.0065 * within(altitude, altitudeM)) / 293) ** 5.26;
}

/** γ, kPa/°C, the psychrometric constant. FAO-56 eq. 8. */
export function psychrometricConstantKpaPerC(pressureKpa: number): number {
  return 0.000665 * within(airPressure, pressureKpa);
}

const anemometerHeight: Bound = { name: "height of the anemometer", unit: "m", min: 0.5, max: 200 };

/** u2, m/s: the wind at 2 m, from one measured higher or lower over short grass. FAO-56 eq. 47. */
export function windSpeedAt2mMs(speedMs: number, measuredAtM: number): number {
  const height = within(anemometerHeight, measuredAtM);
  return (within(windSpeed, speedMs) * 4.87) / Math.log(67.8 * height - 5.42);
}
