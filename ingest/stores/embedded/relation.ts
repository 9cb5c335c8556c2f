import type { Span } from "../reading-store.ts";
import { type Day, type DayRange, dayMs, dayOf, daysOf, hourMs, startOf } from "./day.ts";
import type { SealedFile } from "./manifest.ts";
import type { Snapshot } from "./reader.ts";
import { rowsOf } from "./rows.ts";
import { isRemoval, moment, parquet, text, texts } from "./sql.ts";

/** Which readings a query is about. */
export interface Selection extends Span {
  readonly devices?: readonly string[];
  readonly quantities?: readonly string[];
}

/** Sealed files to read, and the part of the span to read them for. */
interface Scan extends Span {
  readonly files: readonly SealedFile[];
}

/** A table expression with the columns `device, quantity, ts, value, delay`: each reading once, its last value. */
export function readingsOf(snapshot: Snapshot, selection: Selection): string {
  return union(readingSources(snapshot, selection, [{ ...selection, files: filesIn(snapshot, selection) }]));
}

/**
 * A table expression with the columns `device, quantity, hour, n, total, low, high, minutes`: one row for each series
 * and hour with readings in the span. Whole hours of sealed days come from the roll-ups where there are any.
 *
 * @param files sealed files that are read, all of the span unless given
 */
export function hoursOf(
  snapshot: Snapshot,
  selection: Selection,
  files: readonly SealedFile[] = filesIn(snapshot, selection),
): string {
  const whole = wholeHours(selection);
  const rolled = whole.fromMs < whole.toMs ? files.filter((file) => isRolled(snapshot, file)) : [];
  const edges = [
    { fromMs: selection.fromMs, toMs: whole.fromMs },
    { fromMs: whole.toMs, toMs: selection.toMs },
  ];
  const scans: Scan[] = [
    { ...selection, files: files.filter((file) => !rolled.includes(file)) },
    ...(rolled.length > 0 ? edges.map((edge) => ({ ...edge, files: overlapping(rolled, edge) })) : []),
  ];
  const sealed = [...sealedSources(snapshot, selection, scans), ...amendedSources(snapshot, selection)];
  return union([
    ...(rolled.length > 0 ? [rolledSource(snapshot, selection, whole, rolled)] : []),
    ...(sealed.length > 0 ? [hoursIn("device, quantity", union(sealed))] : []),
    // Grouped by number, and named afterwards: by texts it takes half as long again.
    withNames("hour, n, total, low, high, minutes", hoursIn("series", openSource(snapshot, selection))),
  ]);
}

function hoursIn(series: string, readings: string): string {
  return `
    SELECT ${series}, ts - ts % ${hourMs} AS hour, count(*) AS n, sum(value) AS total, min(value) AS low,
      max(value) AS high, bit_or(1::UBIGINT << (ts // 60000 % 60)::UBIGINT) AS minutes
    FROM (${readings}) GROUP BY ALL`;
}

/** Whole days of a span: their readings are counted in the marks of `counted`, and to be found in `others`. */
export interface CountedDays extends DayRange {
  readonly counted: readonly SealedFile[];
  readonly others: readonly SealedFile[];
}

/** Which whole days of a span need not be looked at hour by hour. */
export function countedDays(snapshot: Snapshot, span: Span): CountedDays {
  const days = { firstDay: Math.ceil(span.fromMs / dayMs), lastDay: Math.floor(span.toMs / dayMs) - 1 };
  const files = overlapping(snapshot.manifest.files, spanOf(days));
  const counted = files.filter((file) => file.marks !== null && file.tallied && !isAmended(snapshot, file));
  return { ...days, counted, others: files.filter((file) => !counted.includes(file)) };
}

export function spanOf({ firstDay, lastDay }: DayRange): Span {
  return { fromMs: startOf(firstDay), toMs: startOf(lastDay + 1) };
}

/** A table expression with the tallies (as of `talliesSql`) of these days. */
export function talliesOf(
  snapshot: Snapshot,
  selection: Selection,
  { counted, firstDay, lastDay }: CountedDays,
): string {
  return `(
    SELECT * FROM ${parquet(counted.map(({ marks }) => snapshot.path(marks!)))}
    WHERE day BETWEEN ${firstDay} AND ${lastDay} AND ${named(selection)})`;
}

/** By sealed day: the devices of which newer rows wait. */
export type Touched = ReadonlyMap<Day, ReadonlySet<string>>;

/**
 * What the marks of hours are made of, of whole days: `sealed` are the rows of marks (as of `marksSql`) that say all there is;
 * where they do not, `readings` are (`device, quantity, ts, value`).
 */
export function markSources(
  snapshot: Snapshot,
  selection: Selection,
  touched: Touched,
): { readonly sealed: readonly string[]; readonly readings: readonly string[] } {
  const files = filesIn(snapshot, selection);
  const marked = files.filter(({ marks }) => marks !== null);
  const amended = marked.filter((file) => daysOf(file).some((day) => touched.has(day)));
  const whole = marked.filter((file) => !amended.includes(file));
  const scans: Scan[] = [{ ...selection, files: files.filter(({ marks }) => marks === null) }];
  const readings = [
    ...readingSources(snapshot, selection, scans),
    ...byDevices(amended, touched).map((group) => touchedReadings(snapshot, selection, group)),
  ];
  return {
    sealed: [
      ...marksIn(snapshot, selection, whole),
      ...marksIn(snapshot, selection, amended).map(
        (marks) =>
          `SELECT * FROM (${marks}) ANTI JOIN (${touchedSql(snapshot, selection)}) USING (device, quantity, day)`,
      ),
    ],
    readings: readings.map((source) => `SELECT device, quantity, ts, value FROM (${source})`),
  };
}

interface FilesOfDevices {
  readonly files: readonly SealedFile[];
  readonly devices: readonly string[];
}

/** More would cost more to plan than they save. */
const mostGroups = 12;

/** Files in which the same devices were touched. By name first, a reader skips most of what is in a file. */
function byDevices(files: readonly SealedFile[], touched: Touched): FilesOfDevices[] {
  const devicesIn = (of: readonly SealedFile[]) => [
    ...new Set(of.flatMap(daysOf).flatMap((day) => [...(touched.get(day) ?? [])])),
  ];
  const alike = Map.groupBy(files, (file) => devicesIn([file]).sort().join("\n"));
  const groups = [...alike.values()].toSorted((a, b) => b.length - a.length);
  const rest = groups.slice(mostGroups - 1).flat();
  return [...groups.slice(0, mostGroups - 1), rest]
    .filter((group) => group.length > 0)
    .map((group) => ({ files: group, devices: devicesIn(group) }));
}

function marksIn(snapshot: Snapshot, selection: Selection, files: readonly SealedFile[]): string[] {
  const [from, to] = [dayOf(selection.fromMs), dayOf(selection.toMs - 1)];
  // Files with and without tallies have not the same columns: they cannot be read as one.
  return [...Map.groupBy(files, ({ tallied }) => tallied).values()].map(
    (alike) =>
      `SELECT device, quantity, day, heard, still, same, first, last
      FROM ${parquet(alike.map(({ marks }) => snapshot.path(marks!)))}
      WHERE day BETWEEN ${from} AND ${to} AND ${named(selection)}`,
  );
}

/** The series and days for which newer rows wait. */
function touchedSql(snapshot: Snapshot, selection: Selection): string {
  return `SELECT DISTINCT device, quantity, (ts // ${dayMs})::INTEGER AS day FROM amended JOIN series ON id = series
    WHERE ${numbered(snapshot, selection)}`;
}

/** What is sealed of these series and days. */
function touchedReadings(
  snapshot: Snapshot,
  selection: Selection,
  { files, devices }: FilesOfDevices,
): string {
  const theirs = { ...selection, devices };
  const sealed = sealedSource(snapshot, theirs, { ...selection, files });
  return `SELECT * FROM (SELECT *, (ts // ${dayMs})::INTEGER AS day FROM (${sealed}))
    SEMI JOIN (${touchedSql(snapshot, theirs)}) USING (device, quantity, day)`;
}

/** Which devices of the selection were touched on which days. */
export async function touchedDays(snapshot: Snapshot, selection: Selection): Promise<Touched> {
  const touched = new Map<Day, Set<string>>();
  const sql = `SELECT DISTINCT (ts // ${dayMs})::INTEGER, series FROM amended WHERE ${numbered(snapshot, selection)}`;
  await rowsOf(snapshot.connection, sql, (day: number, series: number) => {
    const devices = touched.get(day) ?? new Set();
    touched.set(day, devices.add(snapshot.book.byId(series).device));
  });
  return touched;
}

/** The whole hours inside a span; none when it ends before it begins. */
function wholeHours({ fromMs, toMs }: Span): Span {
  return { fromMs: Math.ceil(fromMs / hourMs) * hourMs, toMs: Math.floor(toMs / hourMs) * hourMs };
}

/** Whether the file's roll-ups say all there is: none of its days has rows waiting to replace others. */
function isRolled({ amendedDays }: Snapshot, file: SealedFile): boolean {
  return file.hours !== null && !isAmended({ amendedDays }, file);
}

function isAmended({ amendedDays }: Pick<Snapshot, "amendedDays">, file: SealedFile): boolean {
  return daysOf(file).some((day) => amendedDays.has(day));
}

function rolledSource(
  snapshot: Snapshot,
  selection: Selection,
  whole: Span,
  files: readonly SealedFile[],
): string {
  return `
    SELECT device, quantity, epoch_ms(hour) AS hour, n, total, low, high, minutes
    FROM ${parquet(files.map((file) => snapshot.path(file.hours!)))}
    WHERE hour >= ${moment(whole.fromMs)} AND hour < ${moment(whole.toMs)} AND ${named(selection)}`;
}

function readingSources(snapshot: Snapshot, selection: Selection, scans: readonly Scan[]): string[] {
  return [
    ...sealedSources(snapshot, selection, scans),
    withNames("ts, value, delay", openSource(snapshot, selection)),
    ...amendedSources(snapshot, selection),
  ];
}

function sealedSources(snapshot: Snapshot, selection: Selection, scans: readonly Scan[]): string[] {
  return scans.filter(({ files }) => files.length > 0).map((scan) => sealedSource(snapshot, selection, scan));
}

function sealedSource(snapshot: Snapshot, selection: Selection, { files, fromMs, toMs }: Scan): string {
  const sql = `
    SELECT device, quantity, epoch_ms(measured_at) AS ts, value, delay_s AS delay
    FROM ${parquet(files.map((file) => snapshot.path(file.readings)))}
    WHERE measured_at >= ${moment(fromMs)} AND measured_at < ${moment(toMs)} AND ${named(selection)}`;
  if (!files.some((file) => isAmended(snapshot, file))) return sql;
  return `SELECT * FROM (${sql}) ANTI JOIN (${newerThanSealed(snapshot, selection)}) USING (device, quantity, ts)`;
}

/** What days still open have, by the numbers of their series: `series, ts, value, delay`. */
function openSource(snapshot: Snapshot, selection: Selection): string {
  const rows = `SELECT series, ts, value, delay FROM`;
  const wanted = numbered(snapshot, selection);
  const hot = `${rows} body WHERE ${ofQuantities(snapshot, selection)} AND ${wanted} UNION ALL ${rows} tail WHERE ${wanted}`;
  if (!snapshot.hasLate) return hot;
  const late = `SELECT series, ts, ${newest} FROM late WHERE ${wanted} GROUP BY ALL`;
  return `SELECT * FROM (${hot}) ANTI JOIN (${late}) USING (series, ts) UNION ALL ${present(late)}`;
}

function withNames(columns: string, numberedRows: string): string {
  return `SELECT device, quantity, ${columns} FROM (${numberedRows}) JOIN series ON id = series`;
}

/** What came for sealed days since they were sealed. */
function amendedSources(snapshot: Snapshot, selection: Selection): string[] {
  return snapshot.amendedDays.size > 0 ? [present(newerThanSealed(snapshot, selection))] : [];
}

/** Without the rows that only say what is removed. */
function present(rows: string): string {
  return `SELECT * FROM (${rows}) WHERE NOT ${isRemoval("value")}`;
}

/** The last word on each key. */
const newest = "arg_max(value, seq) AS value, arg_max(delay, seq) AS delay";

/** The last word on each key of a sealed day among the rows that came late. */
function newerThanSealed(snapshot: Snapshot, selection: Selection): string {
  return `
    SELECT device, quantity, ts, ${newest} FROM amended JOIN series ON id = series
    WHERE ${numbered(snapshot, selection)} GROUP BY ALL`;
}

/** Selection by the names that sealed files carry. */
function named({ devices, quantities }: Selection): string {
  return `${isOneOf("device", devices, text, texts)} AND ${isOneOf("quantity", quantities, text, texts)}`;
}

/** Selection by the numbers of the hot file. */
function numbered({ book }: Snapshot, { fromMs, toMs, devices, quantities }: Selection): string {
  const ids = devices || quantities ? book.ids(devices, quantities) : undefined;
  return `ts >= ${fromMs} AND ts < ${toMs} AND ${isSeries(ids, book.size)}`;
}

/** From so many on a bit for each series there is says in half the time whether a row is of one of them. */
const manySeries = 32;
/** Up to so many the bits are read in no time: 3 ms for 100,000. */
const mostBits = 200_000;

function isSeries(ids: readonly number[] | undefined, known: number): string {
  const asBits = ids !== undefined && ids.length >= manySeries && known <= mostBits;
  if (!asBits) return isOneOf("series", ids, String, String);
  const bits = new Array<"0" | "1">(known).fill("0");
  for (const id of ids) bits[id] = "1";
  return `get_bit('${bits.join("")}'::BIT, series) = 1`;
}

/** By quantity first: the runs are sorted so, and a reader skips the others. */
function ofQuantities({ book }: Snapshot, { quantities }: Selection): string {
  return isOneOf("quantity", quantities && book.quantityIds(quantities), String, String);
}

/** One value is compared directly: that is what skips row groups by their statistics. */
function isOneOf<T>(
  column: string,
  values: readonly T[] | undefined,
  one: (value: T) => string,
  many: (values: readonly T[]) => string,
): string {
  if (!values) return "true";
  if (values.length === 0) return "false";
  return values.length === 1 ? `${column} = ${one(values[0]!)}` : `${column} IN (${many(values)})`;
}

function filesIn({ manifest }: Snapshot, span: Span): SealedFile[] {
  return overlapping(manifest.files, span);
}

/** The files that have days of the span. */
export function overlapping(files: readonly SealedFile[], { fromMs, toMs }: Span): SealedFile[] {
  if (fromMs >= toMs) return [];
  const [first, last]: [Day, Day] = [dayOf(fromMs), dayOf(toMs - 1)];
  return files.filter(({ firstDay, lastDay }) => firstDay <= last && first <= lastDay);
}

function union(sources: readonly string[]): string {
  return `(${sources.map((source) => `(${source})`).join(" UNION ALL ")})`;
}
