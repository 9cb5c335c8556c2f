/**
 * What `Number(value.toFixed(decimals))` is, without the text in between, which takes ten times as long. A quotient of whole
 * numbers is rounded as exactly as a decimal that is read; only next to a half the product may fall on the wrong side.
 */
export function rounded(value: number, decimals: number): number {
  const steps = 10 ** decimals;
  const scaled = value * steps;
  const whole = Math.round(scaled);
  const isNearHalf = Math.abs(Math.abs(scaled - whole) - 0.5) < 1e-6;
  return isNearHalf ? Number(value.toFixed(decimals)) : whole / steps;
}
