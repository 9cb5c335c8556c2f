import { concerns } from "../faults/node-troubles.ts";
import { spanOf, type Trouble, type TroubleKind } from "../faults/trouble.ts";
import type { SimulatedDevice } from "../node/simulated-node.ts";
import { whereaboutsOf } from "./field.ts";

/** What became of nodes under one kind of trouble. */
export interface TroubleRecord {
  /** How often it has struck a node, by now. */
  readonly struck: number;
  /** Messages acknowledged that were on their way while it lasted, and how long the slowest of them took, real milliseconds. */
  readonly acknowledged: number;
  readonly longestMs: number | null;
}

export type TroubleRecords = Readonly<Partial<Record<TroubleKind, TroubleRecord>>>;

/** Keeps account of what happens, by kind of trouble. Times are simulated. */
export interface TroubleAccount {
  /** A message of the node at this index was acknowledged. */
  acknowledged(index: number, sentMs: number, atMs: number, tookMs: number): void;
  records(atMs: number): TroubleRecords;
}

export function createTroubleAccount(
  devices: readonly SimulatedDevice[],
  troubles: readonly Trouble[],
): TroubleAccount {
  const acks = new Map<TroubleKind, { count: number; longestMs: number }>();
  const byDevice = devices.map(() => [] as { readonly kind: TroubleKind; fromMs: number; toMs: number }[]);
  const indexOf = new Map(devices.map(({ id }, index) => [id, index]));
  const strikes = troubles.map((each) => {
    const { fromMs, toMs } = spanOf(each);
    const struck = victimsOf(each, devices, indexOf);
    for (const index of struck) byDevice[index]!.push({ kind: each.kind, fromMs, toMs });
    return { kind: each.kind, fromMs, nodes: struck.length };
  });

  return {
    acknowledged(index, sentMs, atMs, tookMs) {
      const during = byDevice[index]!.filter(({ fromMs, toMs }) => fromMs <= atMs && toMs >= sentMs);
      for (const kind of new Set(during.map((each) => each.kind))) {
        const { count, longestMs } = acks.get(kind) ?? { count: 0, longestMs: 0 };
        acks.set(kind, { count: count + 1, longestMs: Math.max(longestMs, tookMs) });
      }
    },
    records(atMs) {
      const begun = strikes.filter(({ fromMs }) => fromMs <= atMs);
      const kinds = Map.groupBy(begun, ({ kind }) => kind);
      return Object.fromEntries(
        [...kinds].map(([kind, all]) => {
          const ack = acks.get(kind);
          const struck = all.reduce((sum, { nodes }) => sum + nodes, 0);
          return [kind, { struck, acknowledged: ack?.count ?? 0, longestMs: ack?.longestMs ?? null }];
        }),
      );
    },
  };
}

function victimsOf(
  each: Trouble,
  devices: readonly SimulatedDevice[],
  indexOf: ReadonlyMap<string, number>,
): number[] {
  const named = "device" in each && each.device !== undefined ? indexOf.get(each.device) : undefined;
  const candidates = named === undefined ? [...devices.keys()] : [named];
  return candidates.filter((index) => concerns(each, whereaboutsOf(devices[index]!)));
}
