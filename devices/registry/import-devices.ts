import { readTable, type TableProblem, type TableRow } from "../../csv/index.ts";
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
  const table = readTable(csvText, { columns, required: ["id"] });
  const problems = table.problems.map(inEnglish);
  if (table.rows.length === 0)
    return { ok: false, problems: problems.length > 0 ? problems : [problem(1, null, noDevice)] };
  return registry.atomically(() => {
    const rows = table.rows.map((row) => readRow(row, table.decimalComma, problems));
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

const noDevice = "there is no device below the header";

function inEnglish({ line, column, message }: TableProblem): ImportProblem {
  return problem(line, column as Column | null, message.en);
}

function readRow({ line, cells }: TableRow, decimalComma: boolean, problems: ImportProblem[]): Row {
  const text = (column: Column): string | undefined => cells[column];
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
