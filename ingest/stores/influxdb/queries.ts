import { bucketWidthMs } from "../bucket-width.ts";
import type { Bucket, HourlyMean, LatestValue, ReadingStore, Span, StoredReading } from "../reading-store.ts";
import type { Cell, InfluxClient, Series } from "./influx-client.ts";
import { everything, isDevice, isOneOf, placeOf, within } from "./influxql.ts";
import { isLive, tagValue, whenReceived } from "./line-protocol.ts";

type Asked<Question extends keyof ReadingStore> = ReadingStore[Question] extends (
  query: infer Query,
) => unknown
  ? Query
  : never;
type Client = Pick<InfluxClient, "ask" | "query">;

/** All that InfluxDB can hold of our time: until 2255, its clock ends in 2262. */
export const always: Span = { fromMs: 0, toMs: 9_000_000_000_000 };
/** A statement names no more devices than this. */
const devicesAtOnce = 200;

export async function series(client: Client, query: Asked<"series">): Promise<Bucket[]> {
  const widthMs = bucketWidthMs(query, query.buckets);
  const { from, field, where } = placeOf(query.quantity);
  // Buckets of InfluxQL begin at multiples of their width since 1970; the offset moves them to the span's start.
  const buckets = `time(${widthMs}ms, ${query.fromMs % widthMs}ms) fill(none)`;
  const found = await client.ask(
    `SELECT ${summaryOf(field)} FROM ${from}
     WHERE ${within(query)} AND ${where} AND ${isDevice(query.device)} GROUP BY ${buckets}`,
  );
  return found.flatMap(({ rows }) =>
    rows.map(([startMs, ...row]) => ({ startMs: startMs as number, ...summary(row) })),
  );
}

export async function hourlyMeans(client: Client, query: Asked<"hourlyMeans">): Promise<HourlyMean[]> {
  const { from, field, where } = placeOf(query.quantity);
  const means: HourlyMean[] = [];
  for (const devices of chunksOf(query.devices)) {
    const found = await client.ask(
      `SELECT ${summaryOf(field)} FROM ${from}
       WHERE ${within(query)} AND ${where}${isOneOf(devices)} GROUP BY "device", time(1h) fill(none)`,
    );
    for (const { tags, rows } of found) {
      const device = deviceIn(tags);
      for (const [hourMs, ...row] of rows) means.push({ device, hourMs: hourMs as number, ...summary(row) });
    }
  }
  return means.sort((one, other) => byText(one.device, other.device) || one.hourMs - other.hourMs);
}

const summaryOf = (field: string) => `count(${field}), sum(${field}), min(${field}), max(${field})`;

function summary(row: readonly Cell[]) {
  const [count, sum, min, max] = row as number[] as [number, number, number, number];
  return { count, mean: sum / count, min, max };
}

/** Readings by device, quantity and time, as they come from the server: memory holds a chunk of them at a time. */
export async function* storedReadings(
  client: Client,
  query: Span & {
    readonly devices: readonly string[];
    readonly quantities: readonly string[];
    readonly received?: Span;
    readonly limit?: number;
  },
): AsyncGenerator<StoredReading> {
  const quantities = [...new Set(query.quantities)].sort(byText);
  if (quantities.length === 0) return;
  for (const device of [...new Set(query.devices)].sort(byText)) {
    const statements = quantities.map((quantity) => readingsStatement(query, device, quantity));
    for await (const { statement, rows } of client.query(statements.join(";"))) {
      const quantity = quantities[statement]!;
      for (const [measuredAtMs, value, received] of rows as [number, number, number][])
        yield { device, quantity, measuredAtMs, receivedAtMs: whenReceived(received).receivedAtMs, value };
    }
  }
}

function readingsStatement(
  query: Span & { readonly received?: Span; readonly limit?: number },
  device: string,
  quantity: string,
): string {
  const { from, field, where } = placeOf(quantity);
  const { received, limit } = query;
  const arrived =
    received === undefined ? "" : ` AND "received" >= ${received.fromMs} AND "received" < ${received.toMs}`;
  return `SELECT ${field}, "received" FROM ${from}
    WHERE ${within(query)} AND ${where} AND ${isDevice(device)}${arrived}${limit === undefined ? "" : ` LIMIT ${limit}`}`;
}

/** Stops in the middle of a device, should it have more than asked for. */
export async function readings(
  client: Client,
  query: Asked<"readings"> & { readonly quantities: readonly string[] },
): Promise<StoredReading[]> {
  const found: StoredReading[] = [];
  if (query.limit < 1) return found;
  for await (const reading of storedReadings(client, query)) {
    found.push(reading);
    if (found.length >= query.limit) break;
  }
  return found;
}

/** The newest live values of one quantity, of all devices or of one. */
export async function newestLive(client: Client, quantity: string, device?: string): Promise<LatestValue[]> {
  const { from, field, where } = placeOf(quantity);
  const ofDevice = device === undefined ? "" : ` AND ${isDevice(device)}`;
  const found = await client.ask(
    `SELECT last(${field}) FROM ${from} WHERE ${within(always)} AND ${where} AND ${isLive}${ofDevice} GROUP BY "device"`,
  );
  return found.flatMap(({ tags, rows }) =>
    rows.map(([measuredAtMs, value]) => ({
      device: deviceIn(tags),
      quantity,
      value: value as number,
      measuredAtMs: measuredAtMs as number,
    })),
  );
}

/** Every value that a tag has ever had. */
export async function valuesOfTag(client: Client, tag: "device" | "quantity"): Promise<string[]> {
  const found = await client.ask(`SHOW TAG VALUES WITH KEY = "${tag}"`);
  const values = found.flatMap(({ rows }) => rows.map(([, value]) => tagValue(value as string)));
  return [...new Set(values)].sort(byText);
}

export async function countReadings(client: Client): Promise<number> {
  const found = await client.ask(`SELECT count("received") FROM ${everything} WHERE ${within(always)}`);
  return sumOf(found);
}

function sumOf(found: readonly Series[]): number {
  return found.reduce(
    (sum, { rows }) => sum + rows.reduce((part, [, count]) => part + (count as number), 0),
    0,
  );
}

export function* chunksOf(devices: readonly string[]): Generator<readonly string[]> {
  const each = [...new Set(devices)];
  for (let at = 0; at < each.length; at += devicesAtOnce) yield each.slice(at, at + devicesAtOnce);
}

export function deviceIn(tags: Readonly<Record<string, string>>): string {
  return tagValue(tags.device ?? "");
}

export function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
