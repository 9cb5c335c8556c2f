import { type Conversion, conversion, converted, isDeviceId, quantityOf } from "../../devices/index.ts";
import { UserError } from "../commands/context.ts";
import type { Column, DeviceMapping, Mapping, ValueMapping } from "./mapping.ts";
import { type Row, readRows } from "./rows.ts";
import { timeReader } from "./time-format.ts";

/** What one device measured at one time, as it will be sent. */
export interface Measurement {
  readonly device: string;
  readonly measuredAtMs: number;
  /** Numbers in the catalogue's unit. What is no number stays as it was written: to refuse it is the server's part. */
  readonly values: Readonly<Record<string, number | string>>;
  /** Values that the source itself has rejected. */
  readonly flagged: number;
}

/** A line from which nothing could be taken. */
export interface Unreadable {
  readonly line: number;
  readonly reason: string;
}

export type Interpreted =
  | { readonly measurements: readonly Measurement[] }
  | { readonly unreadable: Unreadable };

export interface InterpretOptions {
  /** Leave out what the source has rejected. */
  readonly skipFlagged: boolean;
}

/**
 * Reads a file through its mapping, line after line.
 * @throws UserError when the file is not what the mapping says
 */
export async function* interpret(
  file: string,
  mapping: Mapping,
  options: InterpretOptions,
): AsyncGenerator<Interpreted> {
  let read: ((row: Row) => Interpreted) | null = null;
  for await (const row of readRows(file, mapping)) {
    if (read === null) {
      read = rowReader(mapping, mapping.header ? row.cells : [], file, options);
      if (mapping.header) continue;
    }
    yield read(row);
  }
}

interface ValueReader {
  readonly quantity: string;
  readonly index: number;
  readonly way: Conversion;
  readonly flag: { readonly index: number; readonly rejected: readonly string[] } | null;
}

interface DeviceReader {
  readonly id: (row: Row) => string;
  readonly isOf: (row: Row) => boolean;
  readonly values: readonly ValueReader[];
}

function rowReader(
  mapping: Mapping,
  header: readonly string[],
  file: string,
  { skipFlagged }: InterpretOptions,
): (row: Row) => Interpreted {
  const problems: string[] = [];
  const find = (column: Column) => columnIndex(column, header, problems);
  const timeColumns = mapping.time.columns.map(find);
  const devices = mapping.devices.map((device) => deviceReader(device, find));
  if (problems.length > 0)
    throw new UserError(`${file} is not what the mapping says:\n  ${problems.join("\n  ")}`);

  const { format, zone, shift } = mapping.time;
  const readTime = timeReader({ format, zone, shiftYears: shift.years });
  const missing = new Set(mapping.missing);

  function measurement(device: DeviceReader, row: Row, measuredAtMs: number): Measurement | null {
    const values: Record<string, number | string> = {};
    let flagged = 0;
    for (const { quantity, index, way, flag } of device.values) {
      const cell = row.cells[index] ?? "";
      if (missing.has(cell)) continue;
      const isFlagged = flag?.rejected.some((start) => row.cells[flag.index]?.startsWith(start)) ?? false;
      if (isFlagged && skipFlagged) continue;
      if (isFlagged) flagged++;
      values[quantity] = numberIn(cell, way, mapping.decimalComma);
    }
    if (Object.keys(values).length === 0) return null;
    return { device: device.id(row), measuredAtMs, values, flagged };
  }

  return (row) => {
    const told = timeColumns.map((index) => row.cells[index] ?? "").join(" ");
    const ms = readTime(told);
    if (ms === null)
      return { unreadable: { line: row.line, reason: `"${told}" is no time of the form ${format}` } };
    const measuredAtMs = ms + Math.round(shift.days * 86_400_000);
    const measurements = devices
      .filter(({ isOf }) => isOf(row))
      .map((device) => measurement(device, row, measuredAtMs))
      .filter((found) => found !== null);
    const nameless = measurements.find(({ device }) => !isDeviceId(device));
    if (nameless === undefined) return { measurements };
    return { unreadable: { line: row.line, reason: `"${nameless.device}" is no device id` } };
  };
}

function deviceReader({ id, where, values }: DeviceMapping, find: (column: Column) => number): DeviceReader {
  const asked = where === undefined ? null : { index: find(where.column), is: new Set([where.is].flat()) };
  return {
    id: idReader(id, find),
    isOf: (row) => asked?.is.has(row.cells[asked.index] ?? "") ?? true,
    values: Object.entries(values).map(([quantity, value]) => valueReader(quantity, value, find)),
  };
}

function valueReader(quantity: string, value: ValueMapping, find: (column: Column) => number): ValueReader {
  const { column, unit, factor = 1, offset = 0, flag } = value as Extract<ValueMapping, { unit?: unknown }>;
  return {
    quantity,
    index: find(column),
    way: wayOf(quantity, unit, factor, offset),
    flag: flag === undefined ? null : { index: find(flag.column), rejected: flag.rejected },
  };
}

/** The mapping has been read: a unit that it tells can become the quantity's. */
function wayOf(quantity: string, unit: string | undefined, factor: number, offset: number): Conversion {
  if (unit === undefined) return { times: factor, over: 1, plus: offset };
  return conversion(unit, quantityOf(quantity)!.unit)!;
}

/** What stands in the row's column, as an id may be written: lower case, and `-` for what an id cannot hold. */
function idReader(template: string, find: (column: Column) => number): (row: Row) => string {
  const parts = template.split(/\{([^{}]+)\}/);
  if (parts.length === 1) return () => template;
  const pieces = parts.map((part, i) => (i % 2 === 0 ? part : find(part)));
  return ({ cells }) =>
    pieces
      .map((piece) => (typeof piece === "string" ? piece : (cells[piece] ?? "").toLowerCase()))
      .join("")
      .replace(/[^a-z0-9._-]+/g, "-");
}

/** "12,5" is 12.5 only where the mapping says so; what is no number is left for the server to refuse. */
function numberIn(cell: string, way: Conversion, decimalComma: boolean): number | string {
  const text = decimalComma ? cell.replace(",", ".") : cell;
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
  return isNumber ? converted(Number(text), way) : cell;
}

function columnIndex(column: Column, header: readonly string[], problems: string[]): number {
  if (typeof column === "number") return column - 1;
  const exact = header.indexOf(column);
  if (exact !== -1) return exact;
  const similar = header.flatMap((name, index) => (name.startsWith(column) ? [index] : []));
  if (similar.length === 1) return similar[0]!;
  const found = similar.length === 0 ? "no column begins so" : `${similar.length} columns begin so`;
  problems.push(`"${column}": ${found}; there are ${header.map((name) => `"${name}"`).join(", ")}`);
  return -1;
}
