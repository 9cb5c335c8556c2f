const dayMs = 86_400_000;
const yearDays = 365.2425;

/** Part of the year that has passed, 0 to 1; 1 January 1970 is 0. */
export function yearShareAt(atMs: number): number {
  const years = atMs / (yearDays * dayMs);
  return years - Math.floor(years);
}

/** Mean solar time: days since 1970 as the sun at this longitude counts them; .5 is noon. */
export function solarDays(atMs: number, longitude: number): number {
  return atMs / dayMs + longitude / 360;
}

/** Sine of the sun's height above the horizon; below 0 at night. */
export function sunHeight(atMs: number, latitude: number, longitude: number): number {
  const toRadians = Math.PI / 180;
  // FAO-56, equation 24: the sun's declination.
  const declination = 0.409 * Math.sin(2 * Math.PI * yearShareAt(atMs) - 1.39);
  const hourAngle = 2 * Math.PI * (solarDays(atMs, longitude) - 0.5);
  return (
    Math.sin(latitude * toRadians) * Math.sin(declination) +
    Math.cos(latitude * toRadians) * Math.cos(declination) * Math.cos(hourAngle)
  );
}
