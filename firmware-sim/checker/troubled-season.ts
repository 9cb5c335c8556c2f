import { keyAt, uniform } from "../chance.ts";
import { createFarm, type Farm } from "../farms/create-farm.ts";
import type { Platform } from "../farms/platform.ts";
import { type NodeTroubles, nodeTroubles } from "../faults/node-troubles.ts";
import { badSeason, randomTroubles } from "../faults/random-troubles.ts";
import { spanOf, type Trouble } from "../faults/trouble.ts";
import { type NodeKind, probesOf } from "../node/probes.ts";
import { Witness } from "./witness.ts";

/** One node of the season, and the place it stands at. */
export interface SeasonNode {
  readonly id: string;
  readonly place: string;
  readonly commune: string;
  readonly kind: NodeKind;
}

export interface TroubledSeason {
  readonly farm: Farm;
  readonly witness: Witness;
  readonly nodes: readonly SeasonNode[];
  readonly startMs: number;
  readonly endMs: number;
  /** When to stop for a crash or a look. */
  readonly stops: readonly number[];
  /** Whether a node was well and connected all that time. */
  isSound(node: SeasonNode, quantity: string, fromMs: number, toMs: number): boolean;
}

export const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
export const everyMs = 15 * minuteMs;
export const loraEveryMs = 2 * everyMs;
/** As many as a gateway's loss is told from. */
export const loraNodesBehindGateway = 3;
export const observedEveryMs = 10 * minuteMs;

/** A time at the end in which nothing happens, so that all that is on its way arrives. */
const calmMs = 12 * hourMs;
/** An outage is over, and its backlog: then a node counts as connected again. */
const recoveryMs = 2 * hourMs;
/** Only these bear upon whether what a probe says is true. */
const watched = ["water.dissolvedOxygen", "soil.moisture", "air.nh3", "air.temperature"];
const crashes = 3;

/** Two communes of ponds, parcels and sheds in a season in which everything goes wrong that can. */
export function troubledSeason(seed: number, days: number, platform: Platform): TroubledSeason {
  const startMs = Date.UTC(2026, 3, 1) + (seed % 180) * dayMs;
  const endMs = startMs + days * dayMs;
  const witness = new Witness();
  const farm = createFarm({ seed, startMs, platform: witness.before(platform), events: witness.events });
  const nodes = settle(farm);
  const span = { fromMs: startMs + hourMs, toMs: endMs - calmMs };
  const troubles = randomTroubles(seed, struckAmong(nodes), span, badSeason);
  farm.suffers(...troubles);
  for (const { place, kind } of nodes) {
    for (const quantity of watched) {
      if (probesOf[kind].some((probe) => probe.quantity === quantity)) {
        farm.observe(place, quantity, observedEveryMs);
      }
    }
  }
  const stops = Array.from(
    { length: crashes },
    (_, i) => startMs + Math.floor(uniform(keyAt(seed, 1_000 + i)) * (endMs - startMs)),
  ).toSorted((a, b) => a - b);
  return {
    farm,
    witness,
    nodes,
    startMs,
    endMs,
    stops,
    isSound: (node, quantity, fromMs, toMs) =>
      fromMs > startMs + everyMs &&
      toMs < endMs &&
      !troubles.some((each) => spoils(each, node, quantity, fromMs, toMs)),
  };
}

function settle(farm: Farm): SeasonNode[] {
  const communes = [
    { name: "Quảng Điền", latitude: 16.58, longitude: 107.5 },
    { name: "Phú Vang", latitude: 16.45, longitude: 107.7 },
  ];
  return communes.flatMap(({ name: commune, ...centre }) => {
    const words = farm.commune(commune, centre).gateway(`UBND ${commune}`);
    const kinds = ["pond", "soil", "shed"] as const;
    const nodes = kinds.map((kind) => {
      const place = `${commune} ${kind}`;
      const id = `${commune === "Phú Vang" ? "pv" : "qd"}-${kind}`;
      words.place(kind, place, {}).watchedBy("node", { id, everyMs, flashItems: 500 });
      return { id, place, commune, kind };
    });
    for (let i = 1; i <= loraNodesBehindGateway; i++) {
      words.parcel(`${commune} LoRa ${i}`).watchedBy("lse01", { everyMs: loraEveryMs });
    }
    return nodes;
  });
}

function struckAmong(nodes: readonly SeasonNode[]) {
  const communes = [...new Set(nodes.map(({ commune }) => commune))];
  return {
    devices: nodes.map(({ id, kind }) => ({
      id,
      quantities: probesOf[kind].map(({ quantity }) => quantity),
    })),
    communes,
    gateways: communes.map((commune) => `UBND ${commune}`),
  };
}

/** Whether a trouble bears upon what is known of a node and one of its quantities in that time. */
function spoils(each: Trouble, node: SeasonNode, quantity: string, fromMs: number, toMs: number): boolean {
  const span = spanOf(each);
  if (span.toMs + recoveryMs < fromMs || span.fromMs > toMs) return false;
  const where = { device: node.id, place: node.place, commune: node.commune };
  if (isUntouched(nodeTroubles(where, [each]))) return false;
  return !("quantity" in each && each.quantity !== undefined && each.quantity !== quantity);
}

function isUntouched(troubles: NodeTroubles): boolean {
  return troubles.nextEdgeMs(Number.NEGATIVE_INFINITY) === Number.POSITIVE_INFINITY;
}
