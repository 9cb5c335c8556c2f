import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { Mirror, type Row } from "./mirror.ts";

/** A device stood at a place from `fromMs` until before `toMs`; it still does while that is null. */
export interface Placement {
  readonly device: string;
  readonly place: string;
  readonly fromMs: number;
  readonly toMs: number | null;
}

/**
 * Where devices stood when. Kept are the moves; a placement lasts from one move to the next, so placements cannot
 * overlap, and a move told late changes the past only up to the next move that is known.
 */
export class Moves {
  readonly mirror: Mirror<readonly Placement[]>;
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.mirror = new Mirror<readonly Placement[]>(db, {
      select: "SELECT device, from_ms AS fromMs, place FROM moves",
      key: "device",
      order: "from_ms",
      read: placementsOf,
    });
  }

  put(device: string, place: string | null, fromMs: number): void {
    this.#db
      .prepare(
        "INSERT INTO moves (device, from_ms, place) VALUES (?, ?, ?) " +
          "ON CONFLICT (device, from_ms) DO UPDATE SET place = excluded.place",
      )
      .run(device, fromMs, place);
  }

  /** Whatever was planned for later is off. */
  forgetFrom(device: string, fromMs: number): void {
    this.#db.prepare("DELETE FROM moves WHERE device = ? AND from_ms >= ?").run(device, fromMs);
  }

  placementsOf(device: string): readonly Placement[] {
    return this.mirror.get(device) ?? [];
  }

  placementAt(device: string, atMs: number): Placement | undefined {
    // From the end, because nearly every question is about now.
    return this.placementsOf(device).findLast(
      ({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || atMs < toMs),
    );
  }

  /** Devices that stand there at that time or will later. */
  standingAt(place: string, atMs: number): string[] {
    const all = [...this.mirror.values()].flat();
    const there = all.filter((p) => p.place === place && (p.toMs === null || p.toMs > atMs));
    return [...new Set(there.map(({ device }) => device))];
  }
}

interface Move {
  readonly device: string;
  readonly fromMs: number;
  readonly place: string | null;
}

function placementsOf(rows: readonly Row[]): readonly Placement[] {
  const moves = rows as unknown as readonly Move[];
  const placements: Placement[] = [];
  moves.forEach(({ device, place, fromMs }, i) => {
    const toMs = moves[i + 1]?.fromMs ?? null;
    const last = placements.at(-1);
    if (place === null) return;
    if (last?.place === place && last.toMs === fromMs) placements[placements.length - 1] = { ...last, toMs };
    else placements.push({ device, place, fromMs, toMs });
  });
  return placements;
}
