import type { Cultivation, Device, Place, Registry } from "../devices/index.ts";
import type { Standing } from "../ingest/rules/index.ts";

type Places = Pick<Registry, "place" | "placementsOf" | "cultivationAt" | "cultivationsOf">;

/** What rules may ask of a device that stands at this place, where this grows. */
export function standingAt(
  { model }: Pick<Device, "model">,
  place: Place | undefined,
  grown?: Pick<Cultivation, "crop" | "stage">,
): Standing {
  return {
    place: place?.id ?? null,
    linkageModel: place?.linkageModel ?? null,
    model,
    ...(place !== undefined && { placeKind: place.kind, commune: place.communeCode }),
    crop: grown?.crop ?? null,
    cropStage: grown?.stage ?? null,
  };
}

/** Where a device stood and what grew there, from when on, in order of time; the last one lasts. */
export function standingsOf(
  device: Pick<Device, "id" | "model">,
  registry: Places,
): { readonly fromMs: number; readonly standing: Standing }[] {
  const nowhere = { fromMs: Number.NEGATIVE_INFINITY, standing: standingAt(device, undefined) };
  const stood = registry.placementsOf(device.id).flatMap(({ place, fromMs, toMs }) => [
    ...turnsOf(registry.cultivationsOf(place), fromMs, toMs).map((turnMs) => ({
      fromMs: turnMs,
      standing: standingAt(device, registry.place(place), registry.cultivationAt(place, turnMs)),
    })),
    // Whoever moves on at once leaves no gap.
    ...(toMs === null ? [] : [{ ...nowhere, fromMs: toMs }]),
  ]);
  return [nowhere, ...stood];
}

/** When it came there, and when another crop or stage began while it stood there. */
function turnsOf(grown: readonly Cultivation[], standsFromMs: number, toMs: number | null): number[] {
  const turns = grown.map(({ fromMs }) => fromMs);
  return [
    standsFromMs,
    ...turns.filter((ms) => ms > standsFromMs && ms < (toMs ?? Number.POSITIVE_INFINITY)),
  ];
}
