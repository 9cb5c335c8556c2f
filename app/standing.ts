import { dayMs, dayStartMs } from "../calendar/index.ts";
import type { Cultivation, Device, Place, Registry } from "../devices/index.ts";
import { daysOfChange, type Standing, stageByAge } from "../ingest/rules/index.ts";

type Places = Pick<Registry, "place" | "placementsOf" | "cultivationsOf">;

/** What grows at a place at one time, and how far it is. */
export interface Grown {
  readonly crop: string | null;
  readonly stage: string | null;
}

/** What rules may ask of a device that stands at this place, where this grows. */
export function standingAt(
  { model }: Pick<Device, "model">,
  place: Place | undefined,
  grown?: Grown,
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

/**
 * What grew at this time, by everything that was told of a place in order of time. The stage is the one that a person told; else what the
 * days since sowing tell, where a source counts in days.
 */
export function grownAt(told: readonly Cultivation[], atMs: number): Grown | undefined {
  const at = told.findLastIndex(({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || atMs < toMs));
  const now = told[at];
  if (now === undefined) return undefined;
  if (now.stage !== null) return now;
  const days = (dayStartMs(atMs) - dayStartMs(sownMs(told, at))) / dayMs;
  return { crop: now.crop, stage: stageByAge(now.crop, days) };
}

/** Where a device stood and what grew there, from when on, in order of time; the last one lasts. */
export function standingsOf(
  device: Pick<Device, "id" | "model">,
  registry: Places,
): { readonly fromMs: number; readonly standing: Standing }[] {
  const nowhere = { fromMs: Number.NEGATIVE_INFINITY, standing: standingAt(device, undefined) };
  const stood = registry.placementsOf(device.id).flatMap(({ place, fromMs, toMs }) => {
    const told = registry.cultivationsOf(place);
    return [
      ...turnsOf(told, fromMs, toMs).map((turnMs) => ({
        fromMs: turnMs,
        standing: standingAt(device, registry.place(place), grownAt(told, turnMs)),
      })),
      // Whoever moves on at once leaves no gap.
      ...(toMs === null ? [] : [{ ...nowhere, fromMs: toMs }]),
    ];
  });
  return [nowhere, ...stood];
}

/** The day of which the crop was told first; what was added of it later does not make it younger. */
function sownMs(told: readonly Cultivation[], at: number): number {
  let first = at;
  while (
    first > 0 &&
    told[first - 1]!.crop === told[at]!.crop &&
    told[first - 1]!.toMs === told[first]!.fromMs
  )
    first--;
  return told[first]!.fromMs;
}

/** When it came there, and when another crop or stage began while it stood there. */
function turnsOf(told: readonly Cultivation[], standsFromMs: number, toMs: number | null): number[] {
  const turns = told.flatMap((each, at) => [
    each.fromMs,
    ...(each.stage === null ? turnsByAge(each, sownMs(told, at)) : []),
  ]);
  return [
    standsFromMs,
    ...[...new Set(turns)]
      .filter((ms) => ms > standsFromMs && ms < (toMs ?? Number.POSITIVE_INFINITY))
      .sort((one, other) => one - other),
  ];
}

function turnsByAge({ crop, fromMs, toMs }: Cultivation, sown: number): number[] {
  return daysOfChange(crop)
    .map((days) => dayStartMs(sown) + days * dayMs)
    .filter((ms) => ms > fromMs && (toMs === null || ms < toMs));
}
