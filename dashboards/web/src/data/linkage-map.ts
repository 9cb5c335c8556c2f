/** A part of the earth, in degrees. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export type Points = readonly (readonly number[])[];

/** Metres to a degree of latitude. */
const metresPerDegree = 111_320;

/** The box around points of [longitude, latitude], with a rim; null when there is none. */
export function boxAround(points: Points): Box | null {
  if (points.length === 0) return null;
  const [longitudes, latitudes] = [points.map(([x]) => x!), points.map(([, y]) => y!)];
  const least = (of: readonly number[]) => of.reduce((a, b) => Math.min(a, b));
  const most = (of: readonly number[]) => of.reduce((a, b) => Math.max(a, b));
  return withRim({
    west: least(longitudes),
    south: least(latitudes),
    east: most(longitudes),
    north: most(latitudes),
  });
}

/** A tenth on each side, and at least some hundred metres: a single point is shown with what is around it. */
function withRim({ west, south, east, north }: Box): Box {
  const rim = Math.max(0.004, 0.1 * Math.max(east - west, north - south));
  return { west: west - rim, south: south - rim, east: east + rim, north: north + rim };
}

/** The same place, seen from `factor` times as far; below 1 from nearer. */
export function zoomed({ west, south, east, north }: Box, factor: number): Box {
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  const [dx, dy] = [((east - west) / 2) * factor, ((north - south) / 2) * factor];
  return { west: x - dx, south: y - dy, east: x + dx, north: y + dy };
}

/** The next part of the earth: steps of a third of what is seen, to the east and to the north. */
export function panned({ west, south, east, north }: Box, stepsEast: number, stepsNorth: number): Box {
  const [dx, dy] = [(stepsEast * (east - west)) / 3, (stepsNorth * (north - south)) / 3];
  return { west: west + dx, south: south + dy, east: east + dx, north: north + dy };
}

/**
 * From degrees to a drawing of this width. East and west shrink with the cosine of the latitude, so that a square field is
 * drawn square; over one province no better projection shows.
 */
export function projection(box: Box, width: number) {
  const squeeze = Math.cos((((box.south + box.north) / 2) * Math.PI) / 180);
  const scale = width / ((box.east - box.west) * squeeze);
  const point = ([longitude, latitude]: readonly number[]): readonly [x: number, y: number] => [
    round((longitude! - box.west) * squeeze * scale),
    round((box.north - latitude!) * scale),
  ];
  return {
    height: round((box.north - box.south) * scale),
    point,
    metresPerUnit: metresPerDegree / scale,
    /** Rings as the `d` of an SVG path; holes by the even-odd rule. */
    path: (polygons: readonly (readonly Points[])[]) =>
      polygons
        .flat()
        .map((ring) => `M${ring.map((one) => point(one).join(" ")).join("L")}Z`)
        .join(""),
  };
}

/** The longest of 1, 2 or 5 times a power of ten that is at most so many metres. */
export function roundLength(mostMetres: number): number {
  const power = 10 ** Math.floor(Math.log10(mostMetres));
  return [5, 2, 1].map((times) => times * power).find((length) => length <= mostMetres) ?? power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
