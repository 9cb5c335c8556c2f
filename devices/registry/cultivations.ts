import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { Cultivation, CultivationTold } from "./cultivation.ts";
import { Mirror, type Row } from "./mirror.ts";

/**
 * What grew where when. Kept is what was told, each from a day on: so the soil, told once, holds through all the crops that are told
 * of later, and what is told late changes the past.
 */
export class Cultivations {
  readonly mirror: Mirror<readonly Cultivation[]>;
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.mirror = new Mirror<readonly Cultivation[]>(db, {
      select: "SELECT place, from_ms AS fromMs, told FROM cultivations",
      key: "place",
      order: "from_ms",
      read: cultivationsOf,
    });
  }

  /** The same moment told again adds to what was told of it. */
  put(place: string, fromMs: number, told: CultivationTold): void {
    this.#db
      .prepare(
        "INSERT INTO cultivations (place, from_ms, told) VALUES (?, ?, ?) " +
          // Not json_patch, for which null means to leave out.
          "ON CONFLICT (place, from_ms) DO UPDATE SET told = excluded.told",
      )
      .run(place, fromMs, JSON.stringify({ ...this.#toldAt(place, fromMs), ...told }));
  }

  of(place: string): readonly Cultivation[] {
    return this.mirror.get(place) ?? [];
  }

  at(place: string, atMs: number): Cultivation | undefined {
    return this.of(place).findLast(({ fromMs }) => fromMs <= atMs);
  }

  #toldAt(place: string, fromMs: number): CultivationTold {
    const row = this.#db
      .prepare("SELECT told FROM cultivations WHERE place = ? AND from_ms = ?")
      .get(place, fromMs);
    return row === undefined ? {} : (JSON.parse(String(row.told)) as CultivationTold);
  }
}

const nothing = {
  crop: null,
  variety: null,
  stage: null,
  soilTexture: null,
  rootDepthM: null,
  altitudeM: null,
};

function cultivationsOf(rows: readonly Row[]): readonly Cultivation[] {
  let known: Omit<Cultivation, "place" | "fromMs" | "toMs"> = nothing;
  return rows.map((row, at) => {
    const told = JSON.parse(String(row.told)) as Partial<typeof known>;
    // Another crop begins anew: its variety and stage are not those of the one before.
    if (told.crop !== undefined) known = { ...known, variety: null, stage: null, rootDepthM: null };
    known = { ...known, ...told };
    const next = rows[at + 1]?.fromMs;
    return {
      place: String(row.place),
      fromMs: Number(row.fromMs),
      toMs: next === undefined ? null : Number(next),
      ...known,
    };
  });
}
