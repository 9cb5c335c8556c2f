import type { Journal, JournalBatch, Position } from "../journal.ts";
import type { Damage } from "./damage.ts";
import { cannotOpen } from "./failure.ts";
import { measureReach, type Reach, startOfSegment } from "./last-segment.ts";
import { SegmentFile } from "./segment-file.ts";
import { listSegments, type Segment } from "./segment-list.ts";
import { SegmentReader } from "./segment-reader.ts";

/** Holds no file open and needs no closing. `end` moves when a read comes to it and finds more behind it. */
export type JournalReader = Pick<Journal, "start" | "end" | "read" | "positionAt">;

/**
 * Reads a journal without locking it, also while a server writes to it, and changes nothing. What was written but not
 * yet fsync'd may be among what it returns.
 *
 * @throws JournalError when the folder cannot be read
 */
export async function openJournalReader(
  folder: string,
  onDamage: (damage: Damage) => void = ({ message }) => process.emitWarning(message, "JournalDamage"),
): Promise<JournalReader> {
  const reader = new FolderReader(folder, onDamage);
  try {
    await reader.refresh();
  } catch (error) {
    throw cannotOpen(folder, error);
  }
  return reader;
}

class FolderReader implements JournalReader {
  readonly #folder: string;
  readonly #reader: SegmentReader;
  #segments: readonly Segment[] = [];
  #reach: { readonly path: string; readonly reach: Reach } | null = null;

  constructor(folder: string, onDamage: (damage: Damage) => void) {
    this.#folder = folder;
    this.#reader = new SegmentReader({ segments: () => this.#segments, damaged: onDamage });
  }

  get start(): Position {
    return this.#segments[0]?.first ?? 0;
  }

  get end(): Position {
    return this.#reach?.reach.readableEnd ?? 0;
  }

  async read(from: Position, mostUplinks: number): Promise<JournalBatch> {
    if (from >= this.end) await this.refresh();
    if (from >= this.end) return { uplinks: [], next: from };
    return this.#reader.read(from, mostUplinks, this.end);
  }

  async positionAt(receivedAtMs: number): Promise<Position> {
    await this.refresh();
    return this.#reader.positionAt(receivedAtMs, this.end);
  }

  async refresh(): Promise<void> {
    this.#segments = await listSegments(this.#folder);
    const last = this.#segments.at(-1);
    this.#reach = last ? { path: last.path, reach: await this.#measure(last) } : null;
  }

  async #measure(last: Segment): Promise<Reach> {
    const file = await SegmentFile.open(last.path);
    const seen =
      this.#reach?.path === last.path && this.#reach.reach.bytes <= file.size ? this.#reach.reach : null;
    return measureReach(file, seen ?? startOfSegment(last)).finally(() => file.close());
  }
}
