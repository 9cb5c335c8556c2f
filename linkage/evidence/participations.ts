import { type DateSpan, daysAfter, startOfDateMs } from "../../calendar/index.ts";
import type { Participation } from "../registry/participation.ts";
import type { DevicePlacement, HumanAct } from "./evidence-source.ts";

/** A stretch at a place that took part in a model. */
export interface Stretch extends DevicePlacement {
  readonly model: string;
  /** The days for which the register says that the place took part; null where it says nothing. */
  readonly participation: DateSpan | null;
}

/**
 * Where the register dates what a place took part in, a stretch there is cut at these days and each part counts for its model;
 * days that no record covers count for none. Elsewhere the place's own model holds.
 */
export function stretchesAt(
  placements: readonly DevicePlacement[],
  participations: readonly Participation[],
): readonly Stretch[] {
  const byPlace = Map.groupBy(participations, ({ place }) => place);
  return placements.flatMap((placement): Stretch[] => {
    const dated = byPlace.get(placement.place ?? "");
    const { model } = placement;
    if (dated === undefined) return model === null ? [] : [{ ...placement, model, participation: null }];
    return dated.flatMap((one) => cut(placement, one));
  });
}

function cut(placement: DevicePlacement, { model, validFrom, validTo }: Participation): Stretch[] {
  const fromMs = Math.max(placement.fromMs, startOfDateMs(validFrom));
  const toMs = Math.min(placement.toMs, endMs(validTo));
  if (fromMs >= toMs) return [];
  return [
    { ...placement, model, fromMs, toMs, participation: { from: validFrom, to: validTo ?? "9999-12-31" } },
  ];
}

/** The model on whose data a person acted; null when the place took part in none that day. */
export function modelOf(
  { place, model, atMs }: HumanAct,
  participations: readonly Participation[],
): string | null {
  const dated = participations.filter((one) => one.place === place);
  if (dated.length === 0) return model;
  const then = dated.find(
    ({ validFrom, validTo }) => startOfDateMs(validFrom) <= atMs && atMs < endMs(validTo),
  );
  return then?.model ?? null;
}

function endMs(validTo: string | null): number {
  return validTo === null ? Number.POSITIVE_INFINITY : startOfDateMs(daysAfter(validTo, 1));
}
