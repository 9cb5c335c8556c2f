import { z } from "zod";

/** What the generator is asked to do: JSON on its standard input. */
export const LoadPlan = z.strictObject({
  host: z.string().default("127.0.0.1"),
  port: z.number().int().min(1).max(65_535),
  credentials: z.string().describe("File with one `id,secret` a line: one connection for each."),
  connections: z.number().int().positive().optional().describe("Only so many of them."),
  connectAtOnce: z.number().int().positive().default(200).describe("Connections in the making at a time."),
  keepAliveSeconds: z.number().int().min(1).max(65_535).default(60),
  pace: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("closed"),
      window: z
        .number()
        .int()
        .min(1)
        .max(10_000)
        .describe("Uplinks that each connection keeps unacknowledged."),
    }),
    z.strictObject({
      kind: z.literal("open"),
      perSecond: z.number().positive().describe("Uplinks a second of all together, evenly spread."),
    }),
    z.strictObject({ kind: z.literal("idle") }),
  ]),
  warmUpSeconds: z
    .number()
    .min(0)
    .default(0)
    .describe("Sent before the measurement begins, and not counted in it."),
  seconds: z.number().positive(),
  drainSeconds: z.number().min(0).default(5).describe("Patience for the last acknowledgements."),
  probeEvery: z
    .number()
    .int()
    .min(2)
    .optional()
    .describe("Every so many uplinks one has an air temperature of 40 to 50 °C, the others 20 to 30 °C."),
  probeLog: z
    .string()
    .optional()
    .describe("File for what was sent as a probe, and when (see uplink-log.ts)."),
  resend: z
    .boolean()
    .default(false)
    .describe(
      "Connect again after a loss, and send again what was not acknowledged, as a node with a memory does.",
    ),
  ackLog: z.string().optional().describe("File for every acknowledged uplink (see uplink-log.ts)."),
});
export type LoadPlan = z.infer<typeof LoadPlan>;
/** A plan as it is written: what has a default may be left out. */
export type LoadRequest = z.input<typeof LoadPlan>;
