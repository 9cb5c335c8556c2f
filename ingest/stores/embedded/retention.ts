import { type Day, dayOf } from "./day.ts";

/** For each quantity that is not kept for ever, the first day still kept. */
export type Retention = ReadonlyMap<string, Day>;

export function retentionAt(
  nowMs: number,
  quantities: Iterable<string>,
  retentionDaysOf: (quantity: string) => number | null,
): Retention {
  const kept = new Map<string, Day>();
  for (const quantity of quantities) {
    const days = retentionDaysOf(quantity);
    if (days !== null) kept.set(quantity, dayOf(nowMs) - days);
  }
  return kept;
}
