import { z } from "zod";
import type { SilenceRule } from "../rule.ts";
import { commonParts, silenceFields, spanMs } from "../rule-fields.ts";

/** Fires when nothing was heard of a device for longer than its habit, or a fixed time, allows. */
export const deviceSilent = z
  .strictObject({
    kind: z.literal("device-silent"),
    ...silenceFields,
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
  })
  .superRefine(({ intervals, afterMs }, context) => {
    if (intervals === undefined && afterMs === undefined)
      context.addIssue({ code: "custom", message: "needs `intervals`, `afterMs`, or both" });
  })
  .transform(
    (config): SilenceRule => ({
      ...commonParts(config, [config.severity, config.intervals ?? null, config.afterMs ?? null]),
      watches: "silence",
      severity: config.severity,
      told: () => config,
      afterMs(intervalMs) {
        if (config.intervals !== undefined && intervalMs !== null) return config.intervals * intervalMs;
        return config.afterMs ?? null;
      },
    }),
  );
