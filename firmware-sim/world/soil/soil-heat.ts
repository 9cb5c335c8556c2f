/**
 * Heat conducted down into the soil: the equation of diffusion on a line of nodes, implicit, as Campbell (1985, Soil
 * Physics with BASIC, chapter 4) solves it. For a surface that swings as a sine it gives the damped, lagged wave of
 * the textbooks: e^(-z/d), z/d later, with d the damping depth.
 */

/** Depths of the nodes, cm. The surface is given from above, the last node from the climate. */
export const nodesCm = [5, 10, 15, 20, 25, 30, 40, 60, 100, 150] as const;
export const deepCm = 200;

/** m²/s: moist mineral soil has 0.4 to 0.7 (Campbell 1985; sand more, peat less). */
const diffusivityM2S = 5e-7;

/** Depth, m, at which a wave of this period is down to 1/e and one radian late. */
export function dampingDepthM(periodS: number): number {
  return Math.sqrt((diffusivityM2S * periodS) / Math.PI);
}

interface Links {
  /** m²/s over the distances to the node above and below, and over the node's own thickness: 1/s. */
  readonly above: number;
  readonly below: number;
}

const links: readonly Links[] = nodesCm.map((depth, n) => {
  const up = depth - (nodesCm[n - 1] ?? 0);
  const down = (nodesCm[n + 1] ?? deepCm) - depth;
  const thick = (up + down) / 2;
  const perSecond = (distance: number) => diffusivityM2S / ((distance * thick) / 1e4);
  return { above: perSecond(up), below: perSecond(down) };
});

const count = nodesCm.length;

/** The nodes' temperatures, °C, some hours later. */
export function conducted(
  temperaturesC: readonly number[],
  surfaceC: number,
  deepC: number,
  hours: number,
): number[] {
  const seconds = hours * 3600;
  const factor: number[] = new Array(count);
  const result: number[] = new Array(count);
  // Thomas' algorithm: down the line eliminating, up again inserting.
  for (let n = 0; n < count; n++) {
    const { above, below } = links[n]!;
    const a = seconds * above;
    const c = seconds * below;
    const pivot = 1 + a + c - (n > 0 ? a * factor[n - 1]! : 0);
    factor[n] = c / pivot;
    const fromAbove = a * (n > 0 ? result[n - 1]! : surfaceC);
    const fromDeep = n === count - 1 ? c * deepC : 0;
    result[n] = (temperaturesC[n]! + fromAbove + fromDeep) / pivot;
  }
  for (let n = count - 2; n >= 0; n--) result[n] = result[n]! + factor[n]! * result[n + 1]!;
  return result;
}

/** °C at a depth, between the nodes. */
export function temperatureAtCm(temperaturesC: readonly number[], depthCm: number): number {
  const below = nodesCm.findIndex((depth) => depth >= depthCm);
  if (below < 0) return temperaturesC[count - 1]!;
  if (below === 0) return temperaturesC[0]!;
  const from = nodesCm[below - 1]!;
  const share = (depthCm - from) / (nodesCm[below]! - from);
  return temperaturesC[below - 1]! * (1 - share) + temperaturesC[below]! * share;
}
