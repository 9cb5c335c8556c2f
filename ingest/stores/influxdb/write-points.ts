import { setImmediate as nextTurn } from "node:timers/promises";
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

/**
 * The same in several requests at once: a server with several cores works on several. Each is made when it is its turn, so that the
 * server is at work on the first while the next is made.
 */
export async function writePartsAtOnce<Part, Point extends { readonly line: string }>(
  client: Pick<InfluxClient, "write">,
  parts: readonly Part[],
  pointsOf: (part: Part) => readonly Point[],
): Promise<RefusedPoint<Point>[]> {
  const writing: Promise<PromiseSettledResult<RefusedPoint<Point>[]>[]>[] = [];
  for (const part of parts) {
    if (writing.length > 0) await nextTurn();
    writing.push(Promise.allSettled([writePoints(client, pointsOf(part))]));
  }
  // Every request is over before anything is said of the batch: none comes in behind the batch's next try.
  const written = (await Promise.all(writing)).flat();
  return written.flatMap((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}
