import { z } from "zod";
import { checkPatience, patienceFields, patienceOf } from "../patience.ts";
import type { SilenceRule } from "../rule.ts";
import { commonParts, silenceFields } from "../rule-fields.ts";

/** Fires when nothing was heard of a device for longer than its habit, or a fixed time, allows. */
export const deviceSilent = z
  .strictObject({ kind: z.literal("device-silent"), ...silenceFields, ...patienceFields })
  .superRefine(checkPatience)
  .transform(
    (config): SilenceRule => ({
      ...commonParts(config, [config.severity, config.intervals ?? null, config.afterMs ?? null]),
      watches: "silence",
      severity: config.severity,
      told: () => config,
      afterMs: patienceOf(config),
    }),
  );
