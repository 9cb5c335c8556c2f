import { concerns, type Whereabouts } from "../faults/node-troubles.ts";
import { spanOf, type Trouble, type TroubleKind } from "../faults/trouble.ts";

/** Whom troubles strike, and when. Times are simulated; nodes go by their index. */
export interface Strikes {
  /** Kinds of trouble that a node has at some time between these two. */
  during(index: number, fromMs: number, toMs: number): ReadonlySet<TroubleKind>;
  /** How often each kind has struck a node by now. */
  struckBy(atMs: number): ReadonlyMap<TroubleKind, number>;
}

export function createStrikes(troubles: readonly Trouble[], nodes: readonly Whereabouts[]): Strikes {
  const indexOf = new Map(nodes.map(({ device }, index) => [device, index]));
  const ofNode = nodes.map(() => [] as { readonly kind: TroubleKind; fromMs: number; toMs: number }[]);
  const strikes = troubles.map((each) => {
    const span = { kind: each.kind, ...spanOf(each) };
    const struck = victimsOf(each, nodes, indexOf);
    for (const index of struck) ofNode[index]!.push(span);
    return { ...span, nodes: struck.length };
  });

  return {
    during(index, fromMs, toMs) {
      const then = ofNode[index]!.filter((each) => each.fromMs <= toMs && each.toMs >= fromMs);
      return new Set(then.map(({ kind }) => kind));
    },
    struckBy(atMs) {
      const begun = strikes.filter(({ fromMs }) => fromMs <= atMs);
      const byKind = Map.groupBy(begun, ({ kind }) => kind);
      return new Map(
        [...byKind].map(([kind, all]) => [kind, all.reduce((sum, each) => sum + each.nodes, 0)]),
      );
    },
  };
}

function victimsOf(
  each: Trouble,
  nodes: readonly Whereabouts[],
  indexOf: ReadonlyMap<string, number>,
): number[] {
  const device = "device" in each ? each.device : undefined;
  if (device === undefined) return [...nodes.keys()].filter((index) => concerns(each, nodes[index]!));
  const index = indexOf.get(device);
  return index !== undefined && concerns(each, nodes[index]!) ? [index] : [];
}
