import type { Registry } from "../../devices/index.ts";
import type { Completeness, HourlyMean } from "../../ingest/stores/reading-store.ts";
import { type HourlySeries, marksOfHours } from "../../linkage/evidence/marks-of-hours.ts";
import type { DevicePlacement, EvidenceSource, HourMarks, HumanAct } from "../../linkage/index.ts";

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the count asks of stored readings: a `ReadingStore` answers it, and so does the running server by its API. */
export interface HourlyReadings {
  /** Every quantity of these devices at once, where the store can do that. */
  hourMarks?(query: Span & { devices: readonly string[] }): Promise<readonly HourMarks[]>;
  hourlyMeans(query: Span & { devices: readonly string[]; quantity: string }): Promise<readonly HourlyMean[]>;
  completeness(query: Span & { quantity: string }): Promise<readonly Completeness[]>;
}

export interface EvidenceParts {
  readonly registry: Registry;
  readonly readings: HourlyReadings;
  readonly quantities: Iterable<string>;
  /** When persons acknowledged alerts of one device; what lies outside of the span does no harm. */
  acknowledgements(device: string, span: Span): Promise<readonly number[]>;
}

/** The evidence of this installation: who stood where by the registry, hours by the store, use by acknowledged alerts. */
export function createEvidenceSource(parts: EvidenceParts): EvidenceSource {
  const placements = (span: Span) => placementsIn(parts.registry, span);
  const quantities = [...parts.quantities];
  /** Of one span, which devices have readings of a quantity: asked once in a count. */
  let known: { readonly span: Span; readonly devicesOf: ReadonlyMap<string, ReadonlySet<string>> } | null =
    null;

  async function devicesOf(span: Span) {
    if (known?.span.fromMs === span.fromMs && known.span.toMs === span.toMs) return known.devicesOf;
    const found = new Map<string, ReadonlySet<string>>();
    for (const quantity of quantities) {
      const rows = await parts.readings.completeness({ ...span, quantity });
      const devices = rows.filter(({ hoursWithData }) => hoursWithData > 0).map(({ device }) => device);
      if (devices.length > 0) found.set(quantity, new Set(devices));
    }
    known = { span, devicesOf: found };
    return found;
  }

  return {
    placements: async (span) => {
      // Every count begins here; what has come since the one before counts too.
      known = null;
      return placements(span);
    },
    hours: async ({ devices, fromMs, toMs }) => {
      if (parts.readings.hourMarks !== undefined) return parts.readings.hourMarks({ devices, fromMs, toMs });
      const series: HourMarks[] = [];
      for (const [quantity, having] of await devicesOf({ fromMs, toMs })) {
        const asked = devices.filter((device) => having.has(device));
        if (asked.length === 0) continue;
        const rows = await parts.readings.hourlyMeans({ fromMs, toMs, devices: asked, quantity });
        series.push(...seriesOf(quantity, rows).map((one) => marksOfHours(one, { fromMs, toMs })));
      }
      return series;
    },
    acts: async (span) => {
      const stood = Map.groupBy(placements(span), ({ device }) => device);
      const acts: HumanAct[] = [];
      for (const [device, stretches] of stood) {
        for (const atMs of await parts.acknowledgements(device, span)) {
          const there = stretches.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
          if (there !== undefined) acts.push({ place: there.place, model: there.model, atMs });
        }
      }
      return acts;
    },
  };
}

/** Also at places that name no model: the register of linkage may date what they took part in. */
function placementsIn(
  registry: Registry,
  { fromMs, toMs }: Span,
): (DevicePlacement & { readonly place: string })[] {
  return registry.devices({ removed: true }).flatMap((device) =>
    registry.placementsOf(device.id).flatMap((placement) => {
      const untilMs = Math.min(placement.toMs ?? toMs, device.removedAtMs ?? toMs);
      const { place } = placement;
      const model = registry.place(place)?.linkageModel ?? null;
      if (placement.fromMs >= toMs || untilMs <= fromMs) return [];
      const { latitude, longitude, intervalMs } = device;
      const position = latitude === null || longitude === null ? null : { latitude, longitude };
      return [
        { device: device.id, place, model, fromMs: placement.fromMs, toMs: untilMs, intervalMs, position },
      ];
    }),
  );
}

function seriesOf(quantity: string, rows: readonly HourlyMean[]): HourlySeries[] {
  return [...Map.groupBy(rows, ({ device }) => device)].map(([device, hours]) => {
    const inOrder = hours.toSorted((a, b) => a.hourMs - b.hourMs);
    return {
      device,
      quantity,
      hoursMs: inOrder.map(({ hourMs }) => hourMs),
      min: inOrder.map(({ min }) => min),
      max: inOrder.map(({ max }) => max),
    };
  });
}
