import type { EvidenceSource } from "../../linkage/index.ts";
import type { Calls, Handlers } from "./calls.ts";

/** The source of the other thread. Hours travel in arrays of numbers, which are copied whole and not one by one. */
export function sourceOver(calls: Calls): EvidenceSource {
  return {
    placements: (span) => calls.call("placements", span) as ReturnType<EvidenceSource["placements"]>,
    acts: (span) => calls.call("acts", span) as ReturnType<EvidenceSource["acts"]>,
    hours: (query) => calls.call("hours", query) as ReturnType<EvidenceSource["hours"]>,
  };
}

/** The other side of it. */
export function answersFrom(source: EvidenceSource): Handlers {
  return {
    placements: (span: Parameters<EvidenceSource["placements"]>[0]) => source.placements(span),
    acts: (span: Parameters<EvidenceSource["acts"]>[0]) => source.acts(span),
    hours: (query: Parameters<EvidenceSource["hours"]>[0]) => source.hours(query),
  };
}
