import { z } from "zod";
import { spanMs } from "./rule-fields.ts";

/** How long a device may be silent: the same words in every kind of rule about silence. */
export const patienceFields = {
  intervals: z
    .number()
    .min(1.5, "must be at least 1.5: one late uplink is no silence")
    .max(1000)
    .optional()
    .describe("Fires after this many of the device's usual intervals."),
  afterMs: spanMs
    .positive()
    .optional()
    .describe("Fires after this time; beside `intervals`, only for devices whose interval is not known."),
};

interface Patience {
  readonly intervals?: number | undefined;
  readonly afterMs?: number | undefined;
}

export function checkPatience({ intervals, afterMs }: Patience, context: z.core.$RefinementCtx): void {
  if (intervals === undefined && afterMs === undefined)
    context.addIssue({ code: "custom", message: "needs `intervals`, `afterMs`, or both" });
}

/** How long a device with this usual interval may be silent; null when that cannot be told. */
export function patienceOf({ intervals, afterMs }: Patience) {
  return (intervalMs: number | null): number | null => {
    if (intervals !== undefined && intervalMs !== null) return intervals * intervalMs;
    return afterMs ?? null;
  };
}
