import { keyAt, keyOf, uniform } from "../chance.ts";
import type { Trouble } from "../faults/trouble.ts";
import type { SpreadingFactor } from "./airtime.ts";
import type { Reception } from "./chirpstack-event.ts";
import { heard, meanRssi, type Position, settledRate } from "./radio.ts";

export interface Gateway extends Position {
  /** As people call it; troubles name it so. */
  readonly name: string;
  /** EUI-64, 16 hexadecimal digits. */
  readonly eui: string;
  readonly commune: string | null;
}

/** The ways from one node to the gateways around it. */
export interface Surroundings {
  /** The gateway that hears it best; null when there is none. */
  readonly best: Gateway | null;
  readonly spreadingFactor: SpreadingFactor;
  /** Who hears a frame that is sent now. Empty when nobody does. */
  receive(atMs: number, frameKey: number): Reception[];
}

/** How long a gateway's copy takes to the network server. */
const backhaulMs = 40;
const backhaulJitterMs = 120;

/** The gateways of a province: which of them hears whom, when it has power and a way to the server. */
export function createGateways(gateways: readonly Gateway[], troubles: readonly Trouble[], seed: number) {
  const dead = new Map(gateways.map((gateway) => [gateway, downTimes(gateway, troubles)]));
  const isUp = (gateway: Gateway, atMs: number) =>
    !dead.get(gateway)!.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);

  return {
    /** Whether it has power and a way to the server. */
    isUp,
    around(id: string, position: Position): Surroundings {
      const ways = gateways
        .map((gateway) => ({
          gateway,
          mean: meanRssi(position, gateway, keyOf(seed, `way ${id} ${gateway.eui}`)),
        }))
        .toSorted((a, b) => b.mean - a.mean);
      const spreadingFactor = settledRate(ways[0]?.mean ?? Number.NEGATIVE_INFINITY);
      return {
        best: ways[0]?.gateway ?? null,
        spreadingFactor,
        receive(atMs, frameKey) {
          const receptions: Reception[] = [];
          for (const [i, { gateway, mean }] of ways.entries()) {
            const key = keyAt(frameKey, i);
            const hearing = isUp(gateway, atMs) ? heard(mean, spreadingFactor, key) : null;
            if (hearing === null) continue;
            const wayMs = Math.round(backhaulMs + backhaulJitterMs * uniform(keyAt(key, 7)));
            receptions.push({ gateway: gateway.eui, atMs: atMs + wayMs, ...hearing });
          }
          return receptions.toSorted((a, b) => a.atMs - b.atMs);
        },
      };
    },
  };
}
export type Gateways = ReturnType<typeof createGateways>;

/** A gateway is down with its own troubles, and with its commune's power and mobile network. */
function downTimes({ name, commune }: Gateway, troubles: readonly Trouble[]) {
  return troubles.flatMap((each) => {
    const isIts =
      each.kind === "gateway-down" || each.kind === "lightning"
        ? each.gateway === name
        : (each.kind === "power-cut" || each.kind === "network-down") &&
          each.device === undefined &&
          each.place === undefined &&
          (each.commune === undefined || each.commune === commune);
    return isIts && "fromMs" in each ? [{ fromMs: each.fromMs, toMs: each.toMs }] : [];
  });
}
