import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { parse } from "csv-parse";
import type { Reading } from "../../../../devices/index.ts";

/** What an export does not tell: `live` is left to whoever knows. */
export type ExportedReading = Omit<Reading, "live">;

/**
 * The readings of a CSV that a store has exported, some at a time; never the whole file at once.
 *
 * @param atOnce how many of them; the last part may be smaller
 * @throws when a line is no reading: a file cut short is no history
 */
export async function* exportedReadings(file: string, atOnce: number): AsyncGenerator<ExportedReading[]> {
  const parser = parse({ from_line: 2 });
  const lines = pipeline(createReadStream(file), parser, () => {}) as AsyncIterable<string[]>;
  let part: ExportedReading[] = [];
  for await (const cells of lines) {
    part.push(readingIn(cells));
    if (part.length < atOnce) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

/** Columns as `ReadingStore.export` names them. */
function readingIn(cells: readonly string[]): ExportedReading {
  const [device = "", quantity = "", , measuredAt = "", receivedAt = "", value = ""] = cells;
  const [measuredAtMs, receivedAtMs] = [Date.parse(measuredAt), Date.parse(receivedAt)];
  if (value === "" || !Number.isFinite(measuredAtMs + receivedAtMs + Number(value)))
    throw new Error(`a line of the export is no reading: ${cells.join(",")}`);
  return { device, quantity, measuredAtMs, receivedAtMs, value: Number(value) };
}
