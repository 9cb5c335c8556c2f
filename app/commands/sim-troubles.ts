import { InvalidArgumentError } from "commander";
import type { FleetDevice, Gateway, LorawanDevice, Trouble } from "../../firmware-sim/index.ts";
import { UserError } from "./context.ts";

/** Who and what is there to be struck. */
export interface Struck {
  readonly own: readonly Omit<FleetDevice, "secret">[];
  readonly lorawan: readonly LorawanDevice[];
  readonly gateways: readonly Gateway[];
}

/** One trouble that was ordered: what, how long after the start, and for how long. */
export interface Strike {
  readonly kind: StrikeKind;
  readonly afterMs: number;
  readonly lastsMs: number;
}

const strikeKinds = [
  "power-cut",
  "network-down",
  "gateway-down",
  "lightning",
  "reconnect-storm",
  "restart",
] as const;
type StrikeKind = (typeof strikeKinds)[number];

const minuteMs = 60_000;
const dayMs = 86_400_000;
const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: minuteMs, h: 60 * minuteMs, d: dayMs };
/** So long chance goes on after now. */
const foreseenMs = 30 * dayMs;

/** `lightning@2m+1h`: a minute after the start and for ten minutes, unless told. */
export function strike(text: string): Strike {
  const match = /^([a-z-]+)(?:@(\d+)([smhd]))?(?:\+(\d+)([smhd]))?$/.exec(text);
  const kind = strikeKinds.find((each) => each === match?.[1]);
  if (match === null || kind === undefined) {
    throw new InvalidArgumentError(
      `KIND[@AFTER][+LASTING] is needed, such as lightning@2m+1h; kinds are ${strikeKinds.join(", ")}.`,
    );
  }
  const [, , after = "1", afterUnit = "m", lasts = "10", lastsUnit = "m"] = match;
  return { kind, afterMs: Number(after) * unitMs[afterUnit]!, lastsMs: Number(lasts) * unitMs[lastsUnit]! };
}

/** Puts what was ordered into simulated time. It strikes the first gateway, or the first commune. */
export function strikesFrom(startMs: number, ordered: readonly Strike[], struck: Struck): Trouble[] {
  const { own, lorawan, gateways } = struck;
  const commune = [...own, ...lorawan].find((device) => device.commune !== undefined)?.commune;
  return ordered.map((each) => struckBy(each, startMs + each.afterMs, commune, gateways[0]));
}

function struckBy(
  { kind, lastsMs }: Strike,
  fromMs: number,
  commune: string | undefined,
  gateway: Gateway | undefined,
): Trouble {
  const span = { fromMs, toMs: fromMs + lastsMs };
  switch (kind) {
    case "power-cut":
    case "network-down":
      return { kind, ...span, commune };
    case "gateway-down":
    case "lightning":
      if (gateway === undefined) throw new UserError(`${kind}: there is no gateway; --lorawan puts some up.`);
      return { kind, ...span, gateway: gateway.name };
    case "reconnect-storm":
    case "restart":
      return { kind, atMs: fromMs, commune };
  }
}

/** Everything that can go wrong, by chance and by the seed. */
export async function badSeasonFor(
  { own, lorawan, gateways }: Struck,
  seed: number,
  startMs: number,
  nowMs: number,
) {
  const { badSeason, frameEncoders, probesOf, randomTroubles } = await import("../../firmware-sim/index.ts");
  const quantitiesOf = (model: string) =>
    frameEncoders.find((each) => each.model === model)?.probes.map(({ quantity }) => quantity) ?? [];
  const all = [...own, ...lorawan];
  const struck = {
    devices: [
      ...own.map(({ id, kind }) => ({ id, quantities: probesOf[kind].map(({ quantity }) => quantity) })),
      ...lorawan.map(({ id, model }) => ({ id, quantities: quantitiesOf(model) })),
    ],
    communes: [...new Set(all.flatMap(({ commune }) => (commune === undefined ? [] : [commune])))],
    gateways: gateways.map(({ name }) => name),
    places: [...new Set(all.map(({ place }) => place.id))],
  };
  return randomTroubles(seed, struck, { fromMs: startMs, toMs: nowMs + foreseenMs }, badSeason);
}
