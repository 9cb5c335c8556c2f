import { createReadStream } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { UserError } from "../commands/context.ts";
import type { Mapping } from "./mapping.ts";

/** One line of the file. */
export interface Row {
  /** As an editor counts them, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

type Shape = Pick<Mapping, "delimiter" | "skipLines" | "comment">;

/**
 * The lines of a CSV file, the header among them, one after the other; never the whole file at once.
 *
 * @param file path; `.gz` is unpacked on the way
 * @throws UserError when it cannot be read or is no CSV
 */
export async function* readRows(file: string, { delimiter, skipLines, comment }: Shape): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    delimiter,
    from_line: skipLines + 1,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    ...(comment !== undefined && { comment, comment_no_infix: true }),
  });
  const lines = pipeline([...bytesOf(file), parser], () => {}) as unknown as AsyncIterable<{
    info: { lines: number };
    record: string[];
  }>;
  try {
    for await (const { info, record } of lines) yield { line: info.lines, cells: record };
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function bytesOf(file: string): (Readable | NodeJS.ReadWriteStream)[] {
  const bytes = createReadStream(file);
  return file.endsWith(".gz") ? [bytes, createGunzip()] : [bytes];
}
