const beganMs = performance.now();

/** A clock that goes on from noon of one day of June, so that weather and outages are the same whenever a test runs. */
export function now(): number {
  return Date.UTC(2026, 5, 10, 5) + Math.floor(performance.now() - beganMs);
}
