import type { EvidenceSource, HourlySeries } from "../../linkage/index.ts";
import type { Calls, Handlers } from "./calls.ts";

/** Hours as they travel between threads: arrays of numbers, which are copied whole and not one by one. */
interface Travelling extends Omit<HourlySeries, "hoursMs" | "min" | "max"> {
  readonly hoursMs: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** The source of the other thread. */
export function sourceOver(calls: Calls): EvidenceSource {
  return {
    placements: (span) => calls.call("placements", span) as ReturnType<EvidenceSource["placements"]>,
    acts: (span) => calls.call("acts", span) as ReturnType<EvidenceSource["acts"]>,
    hours: async (query) => {
      return (await calls.call("hours", query)) as Travelling[];
    },
  };
}

/** The other side of it. */
export function answersFrom(source: EvidenceSource): Handlers {
  return {
    placements: (span: Parameters<EvidenceSource["placements"]>[0]) => source.placements(span),
    acts: (span: Parameters<EvidenceSource["acts"]>[0]) => source.acts(span),
    hours: async (query: Parameters<EvidenceSource["hours"]>[0]) => {
      const series = await source.hours(query);
      return series.map(
        ({ hoursMs, min, max, ...one }): Travelling => ({
          ...one,
          hoursMs: packed(hoursMs),
          min: packed(min),
          max: packed(max),
        }),
      );
    },
  };
}

function packed(numbers: HourlySeries["min"]): Float64Array {
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
}
