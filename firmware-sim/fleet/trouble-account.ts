import type { Whereabouts } from "../faults/node-troubles.ts";
import type { Trouble, TroubleKind } from "../faults/trouble.ts";
import { createStrikes } from "./strikes.ts";

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
  nodes: readonly Whereabouts[],
  troubles: readonly Trouble[],
): TroubleAccount {
  const strikes = createStrikes(troubles, nodes);
  const acks = new Map<TroubleKind, { count: number; longestMs: number }>();

  return {
    acknowledged(index, sentMs, atMs, tookMs) {
      for (const kind of strikes.during(index, sentMs, atMs)) {
        const { count, longestMs } = acks.get(kind) ?? { count: 0, longestMs: 0 };
        acks.set(kind, { count: count + 1, longestMs: Math.max(longestMs, tookMs) });
      }
    },
    records(atMs) {
      const records = [...strikes.struckBy(atMs)].map(([kind, struck]): [TroubleKind, TroubleRecord] => {
        const ack = acks.get(kind);
        return [kind, { struck, acknowledged: ack?.count ?? 0, longestMs: ack?.longestMs ?? null }];
      });
      return Object.fromEntries(records);
    },
  };
}
