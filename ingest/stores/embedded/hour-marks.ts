import type { HourMarks, Span } from "../reading-store.ts";
import { type DayRange, dayOf, daysOf, hourMs, startOf } from "./day.ts";
import { lowAndHigh, marksSql } from "./marks-sql.ts";
import type { Snapshot } from "./reader.ts";
import { markSources, type Selection, touchedDays } from "./relation.ts";
import { eachChunk } from "./rows.ts";
import { texts } from "./sql.ts";

type Query = Span & { readonly devices: readonly string[] };

/** Rows of days as they come, laid out by day; `first` and `last` as of `marksSql`, NaN for null. */
interface Laid {
  readonly heard: Int32Array;
  readonly still: Int32Array;
  readonly same: Int32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
}

/**
 * From the marks of sealed days, and from the readings where these say more: of days still open, of what came late to a
 * sealed one, and of files that have no marks yet.
 */
export async function hourMarks(snapshot: Snapshot, query: Query): Promise<HourMarks[]> {
  const days = { firstDay: dayOf(query.fromMs), lastDay: dayOf(query.toMs - 1) };
  const devices = [...new Set(query.devices)].sort();
  const quantities = quantitiesIn(snapshot);
  if (query.fromMs >= query.toMs || devices.length === 0 || quantities.length === 0) return [];
  const selection: Selection = {
    fromMs: startOf(days.firstDay),
    toMs: startOf(days.lastDay + 1),
    devices,
  };
  const sources = markSources(snapshot, selection, await touchedDays(snapshot, selection));
  const laid = await laidOut(snapshot, sqlOf(sources, devices, quantities), days, quantities.length);
  const inSpan = hoursInSpan(query, days);
  return [...laid.keys()]
    .sort((a, b) => a - b)
    .map((key) => ({
      device: devices[Math.floor(key / quantities.length)]!,
      quantity: quantities[key % quantities.length]!,
      firstDay: days.firstDay,
      ...joined(laid.get(key)!, inSpan),
    }))
    .filter(({ heard }) => heard.some((mask) => mask !== 0));
}

/** The rows of a query as of `sqlOf`, by the place of the device times the number of quantities, plus that of the quantity. */
async function laidOut(
  { connection }: Snapshot,
  sql: string,
  days: DayRange,
  quantities: number,
): Promise<ReadonlyMap<number, Laid>> {
  const { length } = daysOf(days);
  const laid = new Map<number, Laid>();
  await eachChunk(connection, sql, (columns) => {
    const [device, quantity, day, heard, still, same] = columns as unknown as Int32Array[];
    const [first, last] = columns.slice(6) as unknown as Float64Array[];
    for (let row = 0; row < device!.length; row++) {
      const key = device![row]! * quantities + quantity![row]!;
      const series = laid.get(key) ?? layOut(length);
      laid.set(key, series);
      const at = day![row]! - days.firstDay;
      series.heard[at] = heard![row]!;
      series.still[at] = still![row]!;
      series.same[at] = same![row]!;
      series.first[at] = first![row]!;
      series.last[at] = last![row]!;
    }
  });
  return laid;
}

/** Names as places in sorted lists: of a million rows a text each would cost more than all the rest. */
function sqlOf(
  { sealed, readings }: ReturnType<typeof markSources>,
  devices: readonly string[],
  quantities: readonly string[],
): string {
  const rows = [...sealed, marksSql(lowAndHigh(readings.join(" UNION ALL ")))];
  return `
    SELECT enum_code(device::ENUM(${texts(devices)}))::INTEGER, enum_code(quantity::ENUM(${texts(quantities)}))::INTEGER,
      day, heard, still, same, coalesce(first, 'nan'), coalesce(last, 'nan')
    FROM (${rows.map((source) => `(${source})`).join(" UNION ALL ")})`;
}

function quantitiesIn({ manifest, book }: Snapshot): string[] {
  const sealed = manifest.files.flatMap(({ quantities }) => Object.keys(quantities));
  const open = [...book.all()].map(({ quantity }) => quantity);
  return [...new Set([...sealed, ...open])].sort();
}

function layOut(length: number): Laid {
  return {
    heard: new Int32Array(length),
    still: new Int32Array(length),
    same: new Int32Array(length),
    first: new Float64Array(length).fill(Number.NaN),
    last: new Float64Array(length).fill(Number.NaN),
  };
}

/** For each day, the hours that begin in the span. */
function hoursInSpan({ fromMs, toMs }: Span, days: DayRange): Int32Array {
  return Int32Array.from(daysOf(days), (day) => {
    const startMs = startOf(day);
    const from = Math.min(24, Math.max(0, Math.ceil((fromMs - startMs) / hourMs)));
    const to = Math.min(24, Math.max(0, Math.ceil((toMs - startMs) / hourMs)));
    return ((1 << to) - 1) & ~((1 << from) - 1);
  });
}

/** The hours in the span, where the first of a day may go on with what was the last of a day before. */
function joined({ heard, still, same, first, last }: Laid, inSpan: Int32Array): Omit<Laid, "first" | "last"> {
  let before = Number.NaN;
  for (let at = 0; at < heard.length; at++) {
    const hours = heard[at]! & inSpan[at]!;
    const earliest = hours & -hours;
    const goesOn = first[at] === before ? earliest : 0;
    heard[at] = hours;
    still[at] = still[at]! & hours;
    same[at] = (same[at]! & hours & ~earliest) | goesOn;
    if (hours !== 0) before = last[at]!;
  }
  return { heard, still, same };
}
