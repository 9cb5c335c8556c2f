import type { ReadingKey } from "../reading-store.ts";
import type { FoldedHours } from "./book.ts";
import type { Delete } from "./deletion.ts";
import type { InfluxClient } from "./influx-client.ts";
import { InfluxError } from "./influx-error.ts";
import { everything, identifier, within } from "./influxql.ts";
import { hourLine, hoursMeasurement, minuteField, minutesMeasurement } from "./line-protocol.ts";
import { always, deviceIn } from "./queries.ts";

export const hourMs = 3_600_000;
/** An hour is summed up once it has been over for this long: most of what is late has come by then. */
const settledMs = 2 * hourMs;
/** Clocks of two processes on one database may differ by less than this. */
const clocksMs = hourMs / 2;
/** In one go, of which there is one a minute: a year that was copied is caught up with in some hours. */
const mostAtOnce = 60;
/** What came first is asked for again after this: history may be copied in. */
const firstHoldsMs = hourMs;

type Client = Pick<InfluxClient, "ask" | "write">;

/**
 * Sums up hours on the server: how many minutes of an hour a device has data in, and how many readings. A quarter of
 * 2,000 devices is 4 million points then instead of 1.6 billion. An hour whose readings change is counted from them until it is summed up again,
 * so the sums are always as exact as a count.
 */
export interface HourSums {
  /** Sums up hours that have no sums, the newest first. @param fromMs before it there are readings whose quantities are not all kept */
  make(fromMs: number, nowMs: number): Promise<void>;
}

export function createHourSums(client: Client, hours: FoldedHours, deleteBy: Delete): HourSums {
  let first = { hourMs: Number.POSITIVE_INFINITY, askedAtMs: Number.NEGATIVE_INFINITY };

  /** Nothing was ever measured before. */
  async function firstHour(nowMs: number): Promise<number> {
    if (nowMs - first.askedAtMs >= firstHoldsMs) first = { hourMs: await askFirstHour(), askedAtMs: nowMs };
    return first.hourMs;
  }

  async function askFirstHour(): Promise<number> {
    const found = await client.ask(
      `SELECT first(${identifier(minuteField)}) FROM ${identifier(minutesMeasurement)} WHERE ${within(always)}`,
    );
    const firstMs = found[0]?.rows[0]?.[0] as number | undefined;
    return firstMs === undefined ? Number.POSITIVE_INFINITY : hourOf(firstMs);
  }

  async function sumUp(startMs: number): Promise<void> {
    const touches = hours.touches(startMs);
    const span = within({ fromMs: startMs, toMs: startMs + hourMs });
    const minutes = await countByDevice(minuteField, identifier(minutesMeasurement), span);
    const readings = await countByDevice("received", everything, span);
    // Also a device that has lost all its readings of the hour may have sums there.
    if (touches > 0) await deleteBy([`DELETE FROM ${identifier(hoursMeasurement)} WHERE ${span}`]);
    const lines = [...readings].map(([device, count]) =>
      hourLine(device, startMs, { readings: count, minutes: minutes.get(device) ?? 0 }),
    );
    if (lines.length > 0) await written(client, lines);
    hours.fold(startMs, touches);
  }

  async function countByDevice(field: string, from: string, span: string): Promise<Map<string, number>> {
    const found = await client.ask(
      `SELECT count(${identifier(field)}) FROM ${from} WHERE ${span} GROUP BY "device"`,
    );
    const counts = new Map<string, number>();
    for (const { tags, rows } of found) {
      const device = deviceIn(tags);
      for (const [, count] of rows) counts.set(device, (counts.get(device) ?? 0) + (count as number));
    }
    return counts;
  }

  return {
    async make(fromMs, nowMs) {
      const oldestMs = Math.max(await firstHour(nowMs), Math.ceil(fromMs / hourMs) * hourMs);
      const done = new Set(hours.folded(oldestMs, nowMs));
      let left = mostAtOnce;
      for (let at = hourOf(nowMs - settledMs) - hourMs; at >= oldestMs && left > 0; at -= hourMs) {
        if (done.has(at)) continue;
        await sumUp(at);
        left -= 1;
      }
    },
  };
}

export function hourOf(ms: number): number {
  return Math.floor(ms / hourMs) * hourMs;
}

/** The hours of these readings that somebody may have summed up. */
export function touchable(keys: readonly Pick<ReadingKey, "measuredAtMs">[], nowMs: number): Set<number> {
  const hours = new Set(keys.map(({ measuredAtMs }) => hourOf(measuredAtMs)));
  return new Set([...hours].filter((startMs) => startMs + hourMs <= nowMs - settledMs + clocksMs));
}

async function written(client: Client, lines: readonly string[]): Promise<void> {
  const { outcome, ...said } = await client.write(lines);
  if (outcome === "stored") return;
  const { words } = said as { words: string };
  throw new InfluxError(`InfluxDB would not take sums of an hour: ${words}`, { retryable: false });
}
