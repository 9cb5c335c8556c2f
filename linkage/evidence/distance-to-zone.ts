import type { Geometry } from "../registry/zone.ts";

interface Position {
  readonly latitude: number;
  readonly longitude: number;
}
type Ring = readonly (readonly [number, number])[];

const metresPerDegree = 111_320;

/**
 * Metres from a position to a zone's outline; 0 inside. On a plane that touches the earth at the position, which is exact
 * to a few metres over the sizes of zones.
 */
export function distanceToZoneM(position: Position, geometry: Geometry): number {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return Math.min(...polygons.map((rings) => distanceToPolygonM(position, rings)));
}

function distanceToPolygonM({ latitude, longitude }: Position, rings: readonly Ring[]): number {
  const perLongitude = metresPerDegree * Math.cos((latitude * Math.PI) / 180);
  const plane = rings.map((ring) =>
    ring.map(([x, y]) => [(x - longitude) * perLongitude, (y - latitude) * metresPerDegree] as const),
  );
  // Inside the outer ring and inside no hole: an odd number of crossings over all rings.
  const crossings = plane.reduce((count, ring) => count + crossingsOf(ring), 0);
  if (crossings % 2 === 1) return 0;
  return Math.min(...plane.map(distanceToRing));
}

/** How often a ray from the origin to the east crosses the ring. */
function crossingsOf(ring: Ring): number {
  return edgesOf(ring).filter(([[ax, ay], [bx, by]]) => {
    if (ay > 0 === by > 0) return false;
    return ax + ((0 - ay) / (by - ay)) * (bx - ax) > 0;
  }).length;
}

function distanceToRing(ring: Ring): number {
  return Math.min(
    ...edgesOf(ring).map(([[ax, ay], [bx, by]]) => {
      const [dx, dy] = [bx - ax, by - ay];
      const length2 = dx * dx + dy * dy;
      const along = length2 === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length2));
      return Math.hypot(ax + along * dx, ay + along * dy);
    }),
  );
}

function edgesOf(ring: Ring): (readonly [Ring[number], Ring[number]])[] {
  return ring.slice(1).map((point, i) => [ring[i]!, point] as const);
}
