export type Point = readonly [longitude: number, latitude: number];
export type Polygons = number[][][][];

/** About 50 m: on a map of a province, a tenth of a pixel. */
const gridDeg = 0.0005;

/**
 * Outlines with fewer points. Every point goes to the nearest crossing of a fixed grid, so that two communes that share a
 * border go on sharing it: a method that looks at one outline alone would leave gaps and overlaps between neighbours.
 * Rings that shrink to nothing are left out.
 */
export function simplified(polygons: Polygons): Polygons {
  return polygons
    .map((rings) => rings.map(simplifiedRing).filter((ring) => ring.length >= 4))
    .filter(([outer]) => outer !== undefined);
}

function simplifiedRing(ring: readonly (readonly number[])[]): number[][] {
  const points: number[][] = [];
  for (const [longitude, latitude] of ring) {
    const next = [snapped(longitude!), snapped(latitude!)];
    if (isSame(points.at(-1), next)) continue;
    // A point on the straight way from the one before to the next adds nothing.
    while (points.length >= 2 && isStraight(points.at(-2)!, points.at(-1)!, next)) points.pop();
    if (!isSame(points.at(-1), next)) points.push(next);
  }
  if (points.length > 0 && !isSame(points[0], points.at(-1)!)) points.push([...points[0]!]);
  return points;
}

function snapped(degrees: number): number {
  return Math.round(Math.round(degrees / gridDeg) * gridDeg * 10_000) / 10_000;
}

function isSame(a: readonly number[] | undefined, b: readonly number[]): boolean {
  return a !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** In steps of the grid, whose products are exact. */
function isStraight(a: readonly number[], b: readonly number[], c: readonly number[]): boolean {
  const steps = (from: number, to: number) => Math.round((to - from) / gridDeg);
  const [abX, abY] = [steps(a[0]!, b[0]!), steps(a[1]!, b[1]!)];
  const [bcX, bcY] = [steps(b[0]!, c[0]!), steps(b[1]!, c[1]!)];
  return abX * bcY === abY * bcX;
}
