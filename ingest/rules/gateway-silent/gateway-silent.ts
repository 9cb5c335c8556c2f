import { z } from "zod";
import { checkPatience, patienceFields, patienceOf } from "../patience.ts";
import type { GatewayRule } from "../rule.ts";
import { commonParts, silenceFields } from "../rule-fields.ts";

/** Fires when so many of the devices behind one gateway fall silent that the gateway must be down. */
export const gatewaySilent = z
  .strictObject({
    kind: z.literal("gateway-silent"),
    ...silenceFields,
    ...patienceFields,
    fewestDevices: z
      .number()
      .int()
      .min(2, "must be at least 2: of one silent device nothing can be concluded")
      .default(3)
      .describe("A gateway with fewer devices behind it is not judged."),
    share: z
      .number()
      .gt(0.5, "must be more than half")
      .max(1)
      .default(0.8)
      .describe("Share of its devices that must be silent at the same time."),
  })
  .superRefine(checkPatience)
  .transform((config): GatewayRule => {
    const { severity, fewestDevices, share, intervals, afterMs } = config;
    return {
      ...commonParts(config, [severity, fewestDevices, share, intervals ?? null, afterMs ?? null]),
      watches: "gateways",
      severity,
      told: () => config,
      fewestDevices,
      share,
      afterMs: patienceOf(config),
    };
  });
