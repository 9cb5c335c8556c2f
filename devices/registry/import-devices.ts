import { CsvError, parse } from "csv-parse/sync";
import { DeviceFields, type NewDevice } from "./device.ts";
import { DevEui } from "./fields.ts";
import type { Registry } from "./registry.ts";

export interface ImportProblem {
  /** As an editor counts them: the header is line 1. */
  readonly line: number;
  readonly column: Column | null;
  readonly message: string;
}

export interface ImportedDevice {
  readonly line: number;
  readonly id: string;
  /** Cannot be had again. */
  readonly secret: string;
}

export type ImportReport =
  | { readonly ok: true; readonly devices: readonly ImportedDevice[] }
  | { readonly ok: false; readonly problems: readonly ImportProblem[] };

const columns = [
  "id",
  "label",
  "model",
  "dev_eui",
  "interval_s",
  "place",
  "latitude",
  "longitude",
  "mounting_height_cm",
] as const;
type Column = (typeof columns)[number];

const columnOfField: Readonly<Record<string, Column>> = {
  id: "id",
  label: "label",
  model: "model",
  devEui: "dev_eui",
  intervalMs: "interval_s",
  latitude: "latitude",
  longitude: "longitude",
  mountingHeightCm: "mounting_height_cm",
};

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Row {
  readonly line: number;
  readonly device: NewDevice;
  readonly place: string | null;
}

/**
 * Adds every device of a table, or none when anything is wrong with it; then all that is wrong is reported at once.
 * The table is CSV with a header; `;` and tabs separate as well, and with them a comma may be the decimal sign, as
 * Excel writes it in Viet Nam. Devices with a place stand there from `nowMs` on.
 */
export function importDevices(registry: Registry, csvText: string, nowMs: number): ImportReport {
  const table = readTable(csvText);
  if ("problems" in table) return { ok: false, problems: table.problems };
  return registry.atomically(() => {
    const problems: ImportProblem[] = [];
    const rows = table.lines.map((line) => readRow(line, table, problems));
    reportTaken(rows, registry, problems);
    if (problems.length > 0) return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line) };
    return { ok: true, devices: rows.map((row) => add(row, registry, nowMs)) };
  });
}

function add({ line, device, place }: Row, registry: Registry, nowMs: number): ImportedDevice {
  const { secret } = registry.addDevice(device, nowMs);
  if (place !== null) registry.moveDevice(device.id, place, nowMs);
  return { line, id: device.id, secret };
}

interface ReadTable {
  readonly header: readonly Column[];
  readonly lines: readonly Line[];
  readonly decimalComma: boolean;
}

function readTable(csvText: string): ReadTable | { readonly problems: readonly ImportProblem[] } {
  const separator = separatorOf(csvText);
  const lines = readLines(csvText, separator);
  if ("problems" in lines) return lines;
  const [header, ...rest] = lines.lines;
  if (header === undefined)
    return { problems: [problem(1, null, `the table is empty; the first line names ${known()}`)] };
  const names = header.cells.map((name) => name.toLowerCase());
  const problems = headerProblems(header.line, names);
  if (problems.length > 0) return { problems };
  if (rest.length === 0)
    return { problems: [problem(header.line, null, "there is no device below the header")] };
  return { header: names as Column[], lines: rest, decimalComma: separator !== "," };
}

/** The one that the header, which has no other punctuation, has most of. */
function separatorOf(csvText: string): string {
  const header = /^.*/.exec(csvText.trimStart())![0];
  const count = (separator: string) => header.split(separator).length;
  return [",", ";", "\t"].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function readLines(csvText: string, delimiter: string): { lines: Line[] } | { problems: ImportProblem[] } {
  try {
    const parsed = parse(csvText, { delimiter, bom: true, trim: true, relax_column_count: true, info: true });
    const lines = (parsed as unknown as { record: string[]; info: { lines: number } }[]).map(
      ({ record, info }): Line => ({ line: info.lines, cells: record }),
    );
    // Excel writes rows of nothing but separators below the table.
    return { lines: lines.filter(({ cells }) => cells.some((cell) => cell !== "")) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { problems: [problem(Number(error.lines ?? 1), null, error.message)] };
  }
}

function headerProblems(line: number, names: readonly string[]): ImportProblem[] {
  const unknown = names.filter((name) => !(columns as readonly string[]).includes(name));
  const repeated = names.filter((name, i) => names.indexOf(name) !== i && !unknown.includes(name));
  return [
    ...unknown.map((name) => problem(line, null, `unknown column "${name}"; known are ${known()}`)),
    ...repeated.map((name) => problem(line, name as Column, "the column is there twice")),
    ...(names.includes("id")
      ? []
      : [problem(line, "id", "the column is missing, and is the only one that must be there")]),
  ];
}

function readRow({ line, cells }: Line, { header, decimalComma }: ReadTable, problems: ImportProblem[]): Row {
  if (cells.slice(header.length).some((cell) => cell !== "")) {
    problems.push(problem(line, null, `has ${cells.length} cells, the header ${header.length}`));
  }
  const text = (column: Column): string | undefined => cells[header.indexOf(column)] || undefined;
  const number = (column: Column): number | undefined => {
    const cell = text(column);
    if (cell === undefined) return undefined;
    const value = Number(decimalComma ? cell.replace(",", ".") : cell);
    if (Number.isFinite(value)) return value;
    problems.push(problem(line, column, `"${cell}" is no number`));
    return undefined;
  };
  const interval = number("interval_s");
  const device = {
    id: text("id") ?? "",
    label: text("label"),
    model: text("model"),
    devEui: text("dev_eui"),
    intervalMs: interval === undefined ? undefined : Math.round(interval * 1000),
    latitude: number("latitude"),
    longitude: number("longitude"),
    mountingHeightCm: number("mounting_height_cm"),
  };
  problems.push(...fieldProblems(line, device));
  return { line, device, place: text("place") ?? null };
}

function fieldProblems(line: number, device: NewDevice): ImportProblem[] {
  const result = DeviceFields.safeParse(device);
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => {
    const column = columnOfField[String(path[0])] ?? null;
    const found = column === "id" ? `"${device.id}" ` : "";
    return problem(line, column, `${found}${message}`);
  });
}

function reportTaken(rows: readonly Row[], registry: Registry, problems: ImportProblem[]): void {
  reportTakenEuis(rows, registry, problems);
  const firstLine = new Map<string, number>();
  for (const { line, device, place } of rows) {
    const { id } = device;
    const earlier = firstLine.get(id);
    if (id !== "" && earlier !== undefined)
      problems.push(problem(line, "id", `"${id}" stands on line ${earlier} already`));
    else firstLine.set(id, line);
    if (registry.device(id)?.removedAtMs === null)
      problems.push(problem(line, "id", `there is a device "${id}" already`));
    if (place !== null && registry.place(place)?.removedAtMs !== null) {
      problems.push(
        problem(line, "place", `there is no place "${place}": add it first, or check the spelling`),
      );
    }
  }
}

function reportTakenEuis(rows: readonly Row[], registry: Registry, problems: ImportProblem[]): void {
  const firstLine = new Map<string, number>();
  for (const { line, device } of rows) {
    const devEui = DevEui.safeParse(device.devEui).data;
    if (devEui === undefined) continue;
    const earlier = firstLine.get(devEui);
    const holder = registry.deviceByEui(devEui)?.id;
    if (earlier !== undefined)
      problems.push(problem(line, "dev_eui", `"${devEui}" stands on line ${earlier} already`));
    else firstLine.set(devEui, line);
    if (holder !== undefined)
      problems.push(problem(line, "dev_eui", `"${devEui}" is the device "${holder}" already`));
  }
}

function problem(line: number, column: Column | null, message: string): ImportProblem {
  return { line, column, message };
}

function known(): string {
  return columns.join(", ");
}
