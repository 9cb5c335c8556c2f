import type { Whereabouts } from "../../faults/node-troubles.ts";
import type { Trouble, TroubleKind } from "../../faults/trouble.ts";
import { createStrikes } from "../strikes.ts";

/** Frames, each counted once. `sent = lost + acknowledged + inFlight + buffered + overwritten`, always. */
export interface FrameCounts {
  /** Gone into the air. */
  readonly sent: number;
  /** Heard by no gateway that could pass it on. */
  readonly lost: number;
  /** Their event is with the broker. */
  readonly acknowledged: number;
  /** Their event is published and not acknowledged. */
  readonly inFlight: number;
  /** Their event waits at the network server. */
  readonly buffered: number;
  /** Their event gave room to newer ones, because the broker was away for too long. */
  readonly overwritten: number;
}

/** Frames sent by nodes under one kind of trouble, and what became of them. */
export interface FrameRecord extends Pick<FrameCounts, "sent" | "lost" | "acknowledged"> {
  /** How often it has struck a node, by now. */
  readonly struck: number;
  /** Events that the network server published a second time. */
  readonly duplicates: number;
}
export type FrameRecords = Readonly<Partial<Record<TroubleKind, FrameRecord>>>;

/** One frame on its way to the broker: what it counts for. */
export interface FrameNote {
  readonly kinds: readonly TroubleKind[];
  readonly isCopy: boolean;
}

type Sum = { sent: number; lost: number; acknowledged: number; duplicates: number };

/** These befall connections of nodes that speak MQTT themselves. */
const ofConnections: ReadonlySet<TroubleKind> = new Set([
  "half-open",
  "slow-network",
  "missed-puback",
  "reconnect-storm",
]);

/** Keeps account of frames, in all and by kind of trouble. Nodes go by their index. */
export class FrameAccount {
  readonly #strikes: ReturnType<typeof createStrikes>;
  readonly #all = {
    sent: 0,
    lost: 0,
    heard: 0,
    published: 0,
    acknowledged: 0,
    overwritten: 0,
    duplicates: 0,
  };
  readonly #byKind = new Map<TroubleKind, Sum>();

  constructor(nodes: readonly Whereabouts[], troubles: readonly Trouble[]) {
    const felt = troubles.filter(({ kind }) => !ofConnections.has(kind));
    this.#strikes = createStrikes(felt, nodes);
  }

  /** Events that the network server published a second time. */
  get duplicates(): number {
    return this.#all.duplicates;
  }

  /** A frame went into the air at this simulated time. */
  sent(index: number, atMs: number, isHeard: boolean): FrameNote {
    const kinds = [...this.#strikes.during(index, atMs, atMs)];
    this.#all.sent++;
    if (isHeard) this.#all.heard++;
    else this.#all.lost++;
    this.#add(kinds, isHeard ? { sent: 1 } : { sent: 1, lost: 1 });
    return { kinds, isCopy: false };
  }

  /** The network server publishes it once more. */
  copied({ kinds }: FrameNote): FrameNote {
    this.#all.duplicates++;
    this.#add(kinds, { duplicates: 1 });
    return { kinds, isCopy: true };
  }

  published({ isCopy }: FrameNote): void {
    if (!isCopy) this.#all.published++;
  }

  acknowledged({ kinds, isCopy }: FrameNote): void {
    if (isCopy) return;
    this.#all.acknowledged++;
    this.#add(kinds, { acknowledged: 1 });
  }

  overwritten({ isCopy }: FrameNote): void {
    if (!isCopy) this.#all.overwritten++;
  }

  counts(): FrameCounts {
    const { sent, lost, heard, published, acknowledged, overwritten } = this.#all;
    return {
      ...{ sent, lost, acknowledged, overwritten },
      inFlight: published - acknowledged,
      buffered: heard - published - overwritten,
    };
  }

  records(atMs: number): FrameRecords {
    const none: Sum = { sent: 0, lost: 0, acknowledged: 0, duplicates: 0 };
    const records = [...this.#strikes.struckBy(atMs)].map(([kind, struck]): [TroubleKind, FrameRecord] => {
      return [kind, { struck, ...none, ...this.#byKind.get(kind) }];
    });
    return Object.fromEntries(records);
  }

  #add(kinds: readonly TroubleKind[], more: Partial<Sum>): void {
    for (const kind of kinds) {
      const sum = this.#byKind.get(kind) ?? { sent: 0, lost: 0, acknowledged: 0, duplicates: 0 };
      for (const [what, count] of Object.entries(more) as [keyof Sum, number][]) sum[what] += count;
      this.#byKind.set(kind, sum);
    }
  }
}
