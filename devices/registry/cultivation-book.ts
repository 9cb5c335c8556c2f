import { type Cultivation, CultivationFields, type CultivationTold } from "./cultivation.ts";
import { checked, Ms } from "./fields.ts";
import type { Write } from "./ledger.ts";
import { notFound } from "./registry-error.ts";
import type { Store } from "./store.ts";

export interface CultivationBook {
  /**
   * From `fromMs` on this grows or lives there, or the soil is like this. Another crop begins without the variety, the stage and the
   * roots of the one before. What is told late changes the past; the same moment told again is a correction.
   * @param nowMs when this was told, where that is not `fromMs`; for the record of changes
   */
  cultivate(place: string, told: CultivationTold, fromMs: number, nowMs?: number): Cultivation;
  /** What grew there at that time; undefined when nobody has told. */
  cultivationAt(place: string, atMs: number): Cultivation | undefined;
  /** In order of time, never overlapping. */
  cultivationsOf(place: string): readonly Cultivation[];
}

export function cultivationBook({ places, cultivations }: Store, write: Write): CultivationBook {
  return {
    cultivate: (place, told, fromMs, nowMs = fromMs) =>
      write((log) => {
        if (places.get(place)?.removedAtMs !== null) throw notFound("place", place);
        checked(Ms, fromMs, `time of what grows at "${place}"`);
        const after = checked(CultivationFields, told, `what grows at "${place}"`);
        const before = cultivations.at(place, fromMs) ?? null;
        cultivations.put(place, fromMs, after);
        log({
          ...{ atMs: nowMs, kind: "place", id: place, action: "cultivated" },
          before,
          after: { ...after, fromMs },
        });
        cultivations.mirror.reload(place);
        return cultivations.at(place, fromMs)!;
      }),
    cultivationAt: (place, atMs) => cultivations.at(place, atMs),
    cultivationsOf: (place) => cultivations.of(place),
  };
}
