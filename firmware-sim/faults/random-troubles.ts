import { keyAt, keyOf, uniform } from "../chance.ts";
import type { Trouble, TroubleKind } from "./trouble.ts";

/** Whom chance may strike. */
export interface Struck {
  readonly devices: readonly { readonly id: string; readonly quantities: readonly string[] }[];
  readonly communes: readonly string[];
  readonly gateways: readonly string[];
  /** Where thieves carry nodes; without any nothing is stolen. */
  readonly places?: readonly string[];
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How often each kind happens to one of those it can happen to, in thirty days. What is left out never does. */
export type Rates = Partial<Record<TroubleKind, number>>;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A bad season in the countryside: what a province sees in a year happens in a month. */
export const badSeason: Rates = {
  "power-cut": 3,
  "network-down": 4,
  "half-open": 3,
  "slow-network": 4,
  "missed-puback": 4,
  "reconnect-storm": 6,
  "gateway-down": 2,
  lightning: 1,
  flood: 0.5,
  "clock-reset": 1,
  restart: 3,
  "stuck-probe": 0.7,
  "drifting-probe": 0.5,
  "lying-probe": 0.5,
  "noisy-probe": 0.5,
  "disconnected-probe": 0.7,
  theft: 0.1,
};

/** Makes troubles by chance; the same seed makes the same. */
export function randomTroubles(seed: number, struck: Struck, span: Span, rates: Rates): Trouble[] {
  return (Object.keys(rates) as TroubleKind[])
    .flatMap((kind) => ofKind(kind, seed, struck, span, rates[kind]!))
    .toSorted((a, b) => beginOf(a) - beginOf(b));
}

const beginOf = (each: Trouble) => ("atMs" in each ? each.atMs : each.fromMs);

function ofKind(kind: TroubleKind, seed: number, struck: Struck, span: Span, rate: number): Trouble[] {
  return victimsOf(kind, struck).flatMap((victim, index) => {
    const key = keyOf(seed, `${kind} ${victim}`);
    const days = Math.floor((span.toMs - span.fromMs) / dayMs);
    return Array.from({ length: days }, (_, day) => keyAt(key, day)).flatMap((chance, day) =>
      uniform(chance) < rate / 30 ? [made(kind, struck, index, chance, span.fromMs + day * dayMs, span)] : [],
    );
  });
}

const ofCommunes: ReadonlySet<TroubleKind> = new Set([
  "power-cut",
  "network-down",
  "slow-network",
  "reconnect-storm",
]);
const ofGateways: ReadonlySet<TroubleKind> = new Set(["gateway-down", "lightning"]);

function victimsOf(
  kind: TroubleKind,
  { devices, communes, gateways, places = [] }: Struck,
): readonly string[] {
  if (kind === "theft" && places.length === 0) return [];
  if (ofCommunes.has(kind)) return communes;
  return ofGateways.has(kind) ? gateways : devices.map(({ id }) => id);
}

/** From ten minutes to a day and a half, short ones more often; over before the span ends. */
function spanAfter(dayStartMs: number, chance: number, { toMs }: Span): Span {
  const fromMs = dayStartMs + Math.floor(uniform(keyAt(chance, 1)) * dayMs);
  const lastsMs = (hourMs / 6) * 200 ** uniform(keyAt(chance, 2));
  return { fromMs, toMs: Math.min(toMs, Math.round(fromMs + lastsMs)) };
}

function made(
  kind: TroubleKind,
  struck: Struck,
  index: number,
  chance: number,
  dayStartMs: number,
  whole: Span,
): Trouble {
  const span = spanAfter(dayStartMs, chance, whole);
  const share = uniform(keyAt(chance, 3));
  const commune = struck.communes[index]!;
  const gateway = struck.gateways[index]!;
  const { id: device = "", quantities = [] } = struck.devices[index] ?? {};
  const quantity = quantities[Math.floor(uniform(keyAt(chance, 4)) * quantities.length)]!;
  switch (kind) {
    case "power-cut":
    case "network-down":
      return { kind, ...span, commune };
    case "slow-network":
      return { kind, ...span, commune, latencyMs: Math.round(500 + 20_000 * share) };
    case "reconnect-storm":
      return { kind, atMs: span.fromMs, commune };
    case "gateway-down":
    case "lightning":
      return { kind, ...span, gateway };
    case "half-open":
      return { kind, ...span, device };
    case "missed-puback":
      return { kind, ...span, device, share: 0.05 + 0.4 * share };
    case "flood":
      return { kind, ...span, toMs: Math.min(span.toMs, span.fromMs + hourMs), device, everyMs: 5_000 };
    case "clock-reset":
    case "restart":
      return { kind, atMs: span.fromMs, device };
    case "stuck-probe":
    case "disconnected-probe":
      return { kind, ...span, device, quantity };
    case "drifting-probe":
      return { kind, ...span, device, quantity, perDay: 10 * (share - 0.5) };
    case "lying-probe":
      return { kind, ...span, device, quantity, by: 8 * (share - 0.5) };
    case "noisy-probe":
      return { kind, ...span, device, quantity, times: 2 + 8 * share };
    case "theft":
      return {
        kind,
        atMs: span.fromMs,
        device,
        toPlace: struck.places![Math.floor(share * struck.places!.length)]!,
      };
  }
}
