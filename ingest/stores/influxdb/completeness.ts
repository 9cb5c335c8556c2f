import type { Completeness, ReadingStore, Span } from "../reading-store.ts";
import type { InfluxClient } from "./influx-client.ts";
import { everything, identifier, isOneOf, placeOf, within } from "./influxql.ts";
import { minuteMs, minutesMeasurement } from "./line-protocol.ts";
import { byText, chunksOf, deviceIn } from "./queries.ts";

type Query = Parameters<ReadingStore["completeness"]>[0];
type Client = Pick<InfluxClient, "ask">;
type Devices = readonly string[] | undefined;

const hourMs = 60 * minuteMs;

/**
 * How many minutes and hours have data. Of one quantity, the server counts its readings; of any, the points that
 * stand for minutes, except in the hours that the span cuts, whose minutes are looked at one by one.
 */
export async function completeness(client: Client, query: Query): Promise<Completeness[]> {
  const tally = new Tally();
  const parts = query.devices === undefined ? [undefined] : [...chunksOf(query.devices)];
  for (const devices of parts) {
    if (query.quantity === undefined) await countAny(client, query, devices, tally);
    else await countOne(client, query, query.quantity, devices, tally);
  }
  return tally.rows();
}

async function countOne(client: Client, span: Span, quantity: string, devices: Devices, tally: Tally) {
  const { from, where } = placeOf(quantity);
  const minutes = `
    SELECT count("received") AS "n" FROM ${from} WHERE ${within(span)} AND ${where}${isOneOf(devices)}
    GROUP BY "device", time(1m) fill(none)`;
  const hours = byHour(`count("n") AS "minutes", sum("n") AS "readings"`, minutes, span);
  const total = `count("minutes"), sum("minutes"), sum("readings")`;
  await add(client, byDevice(total, hours, span), tally, ["hoursWithData", "minutesWithData", "readings"]);
}

async function countAny(client: Client, span: Span, devices: Devices, tally: Tally) {
  const { head, whole, tail } = inHours(span);
  const chosen = isOneOf(devices);
  for (const cut of [head, tail]) await addCutHour(client, cut, chosen, tally);
  if (whole.fromMs < whole.toMs) {
    const marks = `
      SELECT "present" FROM ${identifier(minutesMeasurement)} WHERE ${within(whole)}${chosen} GROUP BY "device"`;
    const hours = byHour(`count("present") AS "minutes"`, marks, whole);
    const total = `count("minutes"), sum("minutes")`;
    await add(client, byDevice(total, hours, whole), tally, ["hoursWithData", "minutesWithData"]);
  }
  const readings = `
    SELECT count("received") FROM ${everything} WHERE ${within(span)}${chosen} GROUP BY "device"`;
  await add(client, readings, tally, ["readings"]);
}

function byHour(what: string, inner: string, span: Span): string {
  return `SELECT ${what} FROM (${inner}) WHERE ${within(span)} GROUP BY "device", time(1h) fill(none)`;
}

function byDevice(what: string, inner: string, span: Span): string {
  return `SELECT ${what} FROM (${inner}) WHERE ${within(span)} GROUP BY "device"`;
}

type Count = keyof Omit<Completeness, "device">;

/** Adds what a statement finds by device, whose columns behind the time are these counts. */
async function add(client: Client, statement: string, tally: Tally, counts: readonly Count[]): Promise<void> {
  for (const { tags, rows } of await client.ask(statement)) {
    for (const [, ...row] of rows) {
      const found = counts.map((count, column) => [count, row[column] as number]);
      tally.add(deviceIn(tags), Object.fromEntries(found));
    }
  }
}

/** Part of one hour. */
async function addCutHour(client: Client, cut: Span, chosen: string, tally: Tally): Promise<void> {
  if (cut.fromMs >= cut.toMs) return;
  const minutes = new Map<string, Set<number>>();
  const found = await client.ask(
    `SELECT count("received") FROM ${everything} WHERE ${within(cut)}${chosen} GROUP BY "device", time(1m) fill(none)`,
  );
  for (const { tags, rows } of found) {
    const device = deviceIn(tags);
    minutes.set(
      device,
      new Set([...(minutes.get(device) ?? []), ...rows.map(([startMs]) => startMs as number)]),
    );
  }
  for (const [device, { size }] of minutes) tally.add(device, { hoursWithData: 1, minutesWithData: size });
}

/** The hours that lie in the span whole, and what is cut off before and behind them. */
function inHours({ fromMs, toMs }: Span): { readonly head: Span; readonly whole: Span; readonly tail: Span } {
  const first = Math.ceil(fromMs / hourMs) * hourMs;
  const last = Math.floor(toMs / hourMs) * hourMs;
  const nothing = { fromMs: toMs, toMs };
  if (first > last) return { head: { fromMs, toMs }, whole: nothing, tail: nothing };
  return {
    head: { fromMs, toMs: first },
    whole: { fromMs: first, toMs: last },
    tail: { fromMs: last, toMs },
  };
}

class Tally {
  readonly #byDevice = new Map<string, Completeness>();

  add(device: string, more: Partial<Omit<Completeness, "device">>): void {
    const before = this.#byDevice.get(device);
    this.#byDevice.set(device, {
      device,
      minutesWithData: (before?.minutesWithData ?? 0) + (more.minutesWithData ?? 0),
      hoursWithData: (before?.hoursWithData ?? 0) + (more.hoursWithData ?? 0),
      readings: (before?.readings ?? 0) + (more.readings ?? 0),
    });
  }

  rows(): Completeness[] {
    const found = [...this.#byDevice.values()].filter(({ readings }) => readings > 0);
    return found.sort((one, other) => byText(one.device, other.device));
  }
}
