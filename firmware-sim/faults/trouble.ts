import { z } from "zod";

/*
 * What goes wrong in the countryside, as data. One declaration serves scripts in code, scenario files and chance; times are
 * simulated, milliseconds since 1970 UTC, from inclusive to exclusive.
 */

const span = { fromMs: z.number(), toMs: z.number() };
const name = z.string().min(1);
/** Whom it strikes: one node, one place, one commune; everybody when nothing is named. */
const where = { device: name.optional(), place: name.optional(), commune: name.optional() };
const probe = { device: name, quantity: name.optional().describe("All probes of the node when not given.") };

export const trouble = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("power-cut"), ...span, ...where }),
  z.strictObject({ kind: z.literal("network-down"), ...span, ...where }),
  z
    .strictObject({ kind: z.literal("half-open"), ...span, ...where })
    .describe("The connection looks open, and nothing goes through."),
  z
    .strictObject({ kind: z.literal("slow-network"), ...span, ...where, latencyMs: z.number().positive() })
    .describe("Each way takes so much longer."),
  z
    .strictObject({ kind: z.literal("missed-puback"), ...span, ...where, share: z.number().min(0).max(1) })
    .describe(
      "Of so many messages the connection breaks between arrival and acknowledgement: they come twice.",
    ),
  z
    .strictObject({ kind: z.literal("reconnect-storm"), atMs: z.number(), ...where })
    .describe("All connections break in one moment."),
  z.strictObject({ kind: z.literal("gateway-down"), ...span, gateway: name }),
  z
    .strictObject({ kind: z.literal("lightning"), ...span, gateway: name })
    .describe("The gateway is dead until it is replaced, and every node it heard best starts anew."),
  z
    .strictObject({ kind: z.literal("theft"), device: name, atMs: z.number(), toPlace: name })
    .describe("The node is carried to another place and goes on from there."),
  z
    .strictObject({ kind: z.literal("flood"), ...span, device: name, everyMs: z.number().min(1_000) })
    .describe("A firmware gone wild measures and sends so often."),
  z
    .strictObject({ kind: z.literal("clock-reset"), device: name, atMs: z.number() })
    .describe("The node starts anew without a time: 1970, until the network tells it."),
  z.strictObject({ kind: z.literal("restart"), atMs: z.number(), ...where }).describe("As after an update."),
  z.strictObject({ kind: z.literal("stuck-probe"), ...span, ...probe }),
  z
    .strictObject({ kind: z.literal("drifting-probe"), ...span, ...probe, perDay: z.number() })
    .describe("In the quantity's unit."),
  z
    .strictObject({ kind: z.literal("lying-probe"), ...span, ...probe, by: z.number() })
    .describe("Off by so much, in the quantity's unit."),
  z.strictObject({ kind: z.literal("noisy-probe"), ...span, ...probe, times: z.number().positive() }),
  z
    .strictObject({ kind: z.literal("disconnected-probe"), ...span, ...probe })
    .describe("Reads as the vendor's code for no probe."),
]);
export type Trouble = z.infer<typeof trouble>;
export type TroubleKind = Trouble["kind"];

export type TroubleOf<Kind extends TroubleKind> = Extract<Trouble, { kind: Kind }>;
export type ProbeTrouble = Extract<Trouble, { kind: `${string}-probe` }>;

export function isProbeTrouble(each: Trouble): each is ProbeTrouble {
  return each.kind.endsWith("-probe");
}

/** When it begins and ends; what happens in a moment lasts none. */
export function spanOf(each: Trouble): { readonly fromMs: number; readonly toMs: number } {
  return "fromMs" in each ? each : { fromMs: each.atMs, toMs: each.atMs };
}
