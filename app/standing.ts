import type { Device, Place, Registry } from "../devices/index.ts";
import type { Standing } from "../ingest/rules/index.ts";

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

/** Where a device stood, from when on, in order of time; the last one lasts. */
export function standingsOf(
  device: Pick<Device, "id" | "model">,
  registry: Places,
): { readonly fromMs: number; readonly standing: Standing }[] {
  const nowhere = { fromMs: Number.NEGATIVE_INFINITY, standing: standingAt(device, undefined) };
  const stood = registry.placementsOf(device.id).flatMap(({ place, fromMs, toMs }) => [
    { fromMs, standing: standingAt(device, registry.place(place)) },
    // Whoever moves on at once leaves no gap.
    ...(toMs === null ? [] : [{ ...nowhere, fromMs: toMs }]),
  ]);
  return [nowhere, ...stood];
}
