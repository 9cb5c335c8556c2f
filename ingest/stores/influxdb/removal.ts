import type { ReadingKey, Span } from "../reading-store.ts";
import type { Delete } from "./deletion.ts";
import type { InfluxClient } from "./influx-client.ts";
import { everything, identifier, isDevice, placeOf, within } from "./influxql.ts";
import { minuteMs, minutesMeasurement, tagValue } from "./line-protocol.ts";

type Client = Pick<InfluxClient, "ask">;

const dayMs = 86_400_000;

/**
 * Deletes readings, and the minutes that are empty without them. The minutes go first: should it break off between, it can be
 * done again, and until then a minute too few is counted rather than one too many.
 */
export async function removeReadings(
  client: Client,
  deleteBy: Delete,
  keys: readonly ReadingKey[],
): Promise<void> {
  const parts = Map.groupBy(
    keys,
    ({ device, measuredAtMs }) => `${Math.floor(measuredAtMs / dayMs)} ${device}`,
  );
  for (const part of parts.values()) await removeOfDay(client, deleteBy, part[0]!.device, part);
}

/** Deletes the minutes of readings that did not get in after all, unless there are others in them. */
export function removeEmptyMinutes(
  client: Client,
  deleteBy: Delete,
  keys: readonly ReadingKey[],
): Promise<void> {
  // No reading is of the quantity without a name: none is deleted.
  return removeReadings(
    client,
    deleteBy,
    keys.map((key) => ({ ...key, quantity: "" })),
  );
}

/** Keys of one device and one day. */
async function removeOfDay(
  client: Client,
  deleteBy: Delete,
  device: string,
  keys: readonly ReadingKey[],
): Promise<void> {
  const minutes = new Set(keys.map(({ measuredAtMs }) => minuteOf(measuredAtMs)));
  const stored = await storedTimes(client, device, spanOf(minutes));
  const unwanted = new Set(keys.map(({ quantity, measuredAtMs }) => `${quantity} ${measuredAtMs}`));
  const statements: string[] = [];
  for (const [quantity, timesMs] of stored) {
    const isUnwanted = (ms: number) => unwanted.has(`${quantity} ${ms}`);
    for (const ms of timesMs) if (!isUnwanted(ms)) minutes.delete(minuteOf(ms));
    const { from, where } = placeOf(quantity);
    for (const { firstMs, lastMs } of runsOf(timesMs, isUnwanted))
      statements.push(
        `DELETE FROM ${from} WHERE ${where} AND ${isDevice(device)} AND time >= ${firstMs}ms AND time <= ${lastMs}ms`,
      );
  }
  const marks = identifier(minutesMeasurement);
  const emptied = [...minutes].map(
    (ms) => `DELETE FROM ${marks} WHERE ${isDevice(device)} AND time = ${ms}ms`,
  );
  await deleteBy(emptied);
  await deleteBy(statements);
}

/** When the device has readings, by quantity, in order. */
async function storedTimes(client: Client, device: string, span: Span): Promise<Map<string, number[]>> {
  const found = await client.ask(
    `SELECT "received" FROM ${everything} WHERE ${within(span)} AND ${isDevice(device)} GROUP BY "quantity"`,
  );
  const times = new Map<string, number[]>();
  for (const { tags, rows } of found) {
    const quantity = tagValue(tags.quantity ?? "");
    times.set(quantity, [...(times.get(quantity) ?? []), ...rows.map(([ms]) => ms as number)]);
  }
  return times;
}

/** Stretches of times that are unwanted without a gap: one statement each. */
function runsOf(timesMs: readonly number[], isUnwanted: (ms: number) => boolean) {
  const runs: { firstMs: number; lastMs: number }[] = [];
  let isRunning = false;
  for (const ms of timesMs) {
    if (!isUnwanted(ms)) isRunning = false;
    else if (isRunning) runs.at(-1)!.lastMs = ms;
    else {
      runs.push({ firstMs: ms, lastMs: ms });
      isRunning = true;
    }
  }
  return runs;
}

function minuteOf(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}

function spanOf(minutes: ReadonlySet<number>): Span {
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const ms of minutes) {
    fromMs = Math.min(fromMs, ms);
    toMs = Math.max(toMs, ms + minuteMs);
  }
  return { fromMs, toMs };
}
