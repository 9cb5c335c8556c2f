import type { InfluxClient } from "./influx-client.ts";

/** A point that InfluxDB will not take as it is, with its own words for it. */
export interface RefusedPoint<Point> {
  readonly point: Point;
  readonly words: string;
}

/**
 * Writes points in as few requests as the server lets us: one, as a rule. A batch that is too large goes in halves, and so does one
 * of which points were refused, until it is known which; what goes a second time is stored once all the same.
 *
 * @returns the points that the server refused for what they are; all others are stored
 * @throws InfluxError when it is not known that all others are stored: the whole batch has to come again
 */
export async function writePoints<Point extends { readonly line: string }>(
  client: Pick<InfluxClient, "write">,
  points: readonly Point[],
): Promise<RefusedPoint<Point>[]> {
  if (points.length === 0) return [];
  const written = await client.write(points.map(({ line }) => line));
  if (written.outcome === "stored") return [];
  const { words } = written;
  const isAll = written.outcome === "points-refused" && written.dropped === points.length;
  if (isAll || points.length === 1) return points.map((point) => ({ point, words }));
  const half = points.length >>> 1;
  return [
    ...(await writePoints(client, points.slice(0, half))),
    ...(await writePoints(client, points.slice(half))),
  ];
}

/** Requests that are under way at once: a server with several cores works on several. */
const mostRequests = 4;
/** A request of fewer points is not worth its way. */
const fewestPoints = 2_500;

/**
 * The same in several requests at once. Points of one device go in one request, in their order: of two with the same key
 * the later must win.
 */
export async function writePointsAtOnce<Point extends { readonly line: string; readonly device: string }>(
  client: Pick<InfluxClient, "write">,
  points: readonly Point[],
): Promise<RefusedPoint<Point>[]> {
  const parts = partsOf(points, Math.min(mostRequests, Math.ceil(points.length / fewestPoints)));
  // Every request is over before anything is said of the batch: none comes in behind the batch's next try.
  const written = await Promise.allSettled(parts.map((part) => writePoints(client, part)));
  return written.flatMap((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}

function partsOf<Point extends { readonly device: string }>(
  points: readonly Point[],
  count: number,
): Point[][] {
  const parts: Point[][] = Array.from({ length: count }, () => []);
  const partOf = new Map<string, Point[]>();
  for (const point of points) {
    let part = partOf.get(point.device);
    if (part === undefined) {
      part = parts[partOf.size % count]!;
      partOf.set(point.device, part);
    }
    part.push(point);
  }
  return parts;
}
