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
