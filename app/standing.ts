import type { Device, Place, Registry } from "../devices/index.ts";
import { localDateMs } from "../ingest/local-day.ts";
import type { Standing } from "../ingest/rules/index.ts";
import { type PlaceFacts, stageAt } from "./place-facts.ts";

type Places = Pick<Registry, "place" | "placementsOf">;

/** What rules may ask of a device that stands at this place. */
export function standingAt(
  { model }: Pick<Device, "model">,
  place: Place | undefined,
  growing?: { readonly crop: string | null; readonly cropStage: string | null },
): Standing {
  return {
    place: place?.id ?? null,
    linkageModel: place?.linkageModel ?? null,
    model,
    ...(place !== undefined && { placeKind: place.kind, commune: place.communeCode }),
    ...growing,
  };
}

/** Where a device stood and what grew there, from when on, in order of time; the last one lasts. */
export function standingsOf(
  device: Pick<Device, "id" | "model">,
  registry: Places,
  facts: Readonly<Record<string, PlaceFacts>> = {},
): { readonly fromMs: number; readonly standing: Standing }[] {
  const nowhere = { fromMs: Number.NEGATIVE_INFINITY, standing: standingAt(device, undefined) };
  const stood = registry.placementsOf(device.id).flatMap(({ place, fromMs, toMs }) => [
    ...turnsOf(facts[place], fromMs, toMs).map((turnMs) => ({
      fromMs: turnMs,
      standing: standingAt(device, registry.place(place), growingAt(facts[place], turnMs)),
    })),
    // Whoever moves on at once leaves no gap.
    ...(toMs === null ? [] : [{ ...nowhere, fromMs: toMs }]),
  ]);
  return [nowhere, ...stood];
}

/** What grows there on this day, as far as anybody has told. */
export function growingAt(facts: PlaceFacts | undefined, atMs: number) {
  return { crop: facts?.crop ?? null, cropStage: facts ? stageAt(facts, atMs) : null };
}

/** When it came there, and when what grows there went on to another stage. */
function turnsOf(facts: PlaceFacts | undefined, fromMs: number, toMs: number | null): number[] {
  const stages = (facts?.stages ?? []).map(({ from }) => localDateMs(from));
  const within = stages.filter((ms) => ms > fromMs && ms < (toMs ?? Number.POSITIVE_INFINITY));
  return [fromMs, ...within.toSorted((one, other) => one - other)];
}
