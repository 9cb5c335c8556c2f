import type { Completeness, ReadingStore, Span } from "../reading-store.ts";
import type { FoldedHours } from "./book.ts";
import { hourMs } from "./hour-sums.ts";
import type { InfluxClient } from "./influx-client.ts";
import { everything, identifier, isOneOf, placeOf, within } from "./influxql.ts";
import { hourFields, hoursMeasurement, minuteField, minutesMeasurement } from "./line-protocol.ts";
import { byText, chunksOf, deviceIn } from "./queries.ts";

type Query = Parameters<ReadingStore["completeness"]>[0];
type Client = Pick<InfluxClient, "ask" | "query">;
type Devices = readonly string[] | undefined;

const leastRunMs = 6 * hourMs;

/**
 * How many minutes and hours have data. Of one quantity, its readings are counted by the minute; of any, the points that
 * stand for minutes by the hour, except in the hours that the span cuts; hours that are summed up are not counted again. The counts
 * are added up here, as they come: subqueries took InfluxDB 1.6 five times as long.
 */
export async function completeness(
  client: Client,
  hours: Pick<FoldedHours, "folded">,
  query: Query,
): Promise<Completeness[]> {
  const runs = query.quantity === undefined ? runsOf(hours, query) : [];
  const tally = new Tally();
  const parts = query.devices === undefined ? [undefined] : [...chunksOf(query.devices)];
  for (const devices of parts) {
    if (query.quantity === undefined) {
      for (const run of runs) await addSums(client, run, devices, tally);
      for (const rest of between(runs, query)) await countAny(client, rest, devices, tally);
    } else await countOne(client, query, query.quantity, devices, tally);
  }
  return tally.rows();
}

async function countOne(client: Client, span: Span, quantity: string, devices: Devices, tally: Tally) {
  const { from, where } = placeOf(quantity);
  const byMinute = `
    SELECT count("received") FROM ${from} WHERE ${within(span)} AND ${where}${isOneOf(devices)}
    GROUP BY "device", time(1m) fill(none)`;
  // The minutes of a device come in order, but its series may be cut into several answers.
  const lastHours = new Map<string, number>();
  for await (const { tags, rows } of client.query(byMinute)) {
    const device = deviceIn(tags);
    for (const [minute, readings] of rows as [number, number][]) {
      const hour = Math.floor(minute / hourMs);
      const hoursWithData = lastHours.get(device) === hour ? 0 : 1;
      lastHours.set(device, hour);
      tally.add(device, { minutesWithData: 1, hoursWithData, readings });
    }
  }
}

async function countAny(client: Client, span: Span, devices: Devices, tally: Tally) {
  const { head, whole, tail } = inHours(span);
  const chosen = isOneOf(devices);
  for (const cut of [head, tail]) await addCutHour(client, cut, chosen, tally);
  if (whole.fromMs < whole.toMs) {
    const byHour = `
      SELECT count(${identifier(minuteField)}) FROM ${identifier(minutesMeasurement)} WHERE ${within(whole)}${chosen}
      GROUP BY "device", time(1h) fill(none)`;
    for await (const { tags, rows } of client.query(byHour)) {
      for (const [, minutesWithData] of rows as [number, number][])
        tally.add(deviceIn(tags), { hoursWithData: 1, minutesWithData });
    }
  }
  const readings = `
    SELECT count("received") FROM ${everything} WHERE ${within(span)}${chosen} GROUP BY "device"`;
  for await (const { tags, rows } of client.query(readings)) {
    for (const [, readings] of rows as [number, number][]) tally.add(deviceIn(tags), { readings });
  }
}

async function addSums(client: Client, run: Span, devices: Devices, tally: Tally): Promise<void> {
  const hourReadings = identifier(hourFields.readings);
  const sums = `
    SELECT count(${hourReadings}), sum(${identifier(hourFields.minutes)}), sum(${hourReadings}) FROM ${identifier(hoursMeasurement)}
    WHERE ${within(run)}${isOneOf(devices)} GROUP BY "device"`;
  for await (const { tags, rows } of client.query(sums)) {
    for (const [, hoursWithData, minutesWithData, readings] of rows as [number, number, number, number][])
      tally.add(deviceIn(tags), { hoursWithData, minutesWithData, readings });
  }
}

/** Stretches of the span whose hours are all summed up. Each costs a question, so short ones are counted with what is around them. */
function runsOf(hours: Pick<FoldedHours, "folded">, span: Span): Span[] {
  const { whole } = inHours(span);
  const runs: { fromMs: number; toMs: number }[] = [];
  for (const startMs of hours.folded(whole.fromMs, whole.toMs)) {
    const last = runs.at(-1);
    if (last?.toMs === startMs) last.toMs += hourMs;
    else runs.push({ fromMs: startMs, toMs: startMs + hourMs });
  }
  return runs.filter(({ fromMs, toMs }) => toMs - fromMs >= leastRunMs);
}

/** What of the span lies in none of the runs. */
function between(runs: readonly Span[], { fromMs, toMs }: Span): Span[] {
  const starts = [fromMs, ...runs.map((run) => run.toMs)];
  const ends = [...runs.map((run) => run.fromMs), toMs];
  return starts
    .map((startMs, index) => ({ fromMs: startMs, toMs: ends[index]! }))
    .filter((rest) => rest.fromMs < rest.toMs);
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
  readonly #byDevice = new Map<
    string,
    { minutesWithData: number; hoursWithData: number; readings: number }
  >();

  add(device: string, more: Partial<Omit<Completeness, "device">>): void {
    let counts = this.#byDevice.get(device);
    if (counts === undefined) {
      counts = { minutesWithData: 0, hoursWithData: 0, readings: 0 };
      this.#byDevice.set(device, counts);
    }
    counts.minutesWithData += more.minutesWithData ?? 0;
    counts.hoursWithData += more.hoursWithData ?? 0;
    counts.readings += more.readings ?? 0;
  }

  rows(): Completeness[] {
    const found = [...this.#byDevice].map(([device, counts]) => ({ device, ...counts }));
    return found
      .filter(({ readings }) => readings > 0)
      .sort((one, other) => byText(one.device, other.device));
  }
}
