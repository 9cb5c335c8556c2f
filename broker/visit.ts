import type { ConnectPacket } from "aedes";
import type { Pending } from "./acknowledgements.ts";
import type { AedesClient } from "./aedes-client.ts";
import type { ServiceRights } from "./broker.ts";
import type { TokenBucket } from "./guards/token-bucket.ts";

/** Who has proved to be on the other end. */
export type Visitor =
  | { readonly kind: "device"; readonly id: string }
  | { readonly kind: "service"; readonly id: string; readonly rights: ServiceRights };

/** One connection, from the accepted socket to its end: what the guards know of it. */
export interface Visit {
  readonly client: AedesClient;
  readonly address: string;
  readonly openedAtMs: number;
  /** What it asked for, until it is decided. */
  connect: ConnectPacket | null;
  visitor: Visitor | null;
  /** Its subscriptions that were granted. */
  readonly filters: Set<string>;
  /** What it published and was not answered yet, oldest first. */
  readonly pending: Pending[];
  /** Message ids whose PUBACK is written at the end of this turn of the event loop. */
  readonly owedAcks: number[];
  /** Bits of `pause`: why its socket is not read. */
  pausedFor: number;
  allowance: TokenBucket | null;
}

export const pause = { inFlight: 1, rate: 2, pending: 4, closing: 8 } as const;
type Pause = (typeof pause)[keyof typeof pause];

export function createVisit(client: AedesClient, address: string, nowMs: number): Visit {
  return {
    client,
    address,
    openedAtMs: nowMs,
    connect: null,
    visitor: null,
    filters: new Set(),
    pending: [],
    owedAcks: [],
    pausedFor: 0,
    allowance: null,
  };
}

/** Fields that name the visitor in a log line. */
export function nameOf(visit: Visit): object {
  const { visitor, address, client } = visit;
  if (visitor === null) return { clientId: visit.connect?.clientId.slice(0, 100) ?? client.id, address };
  return { [visitor.kind]: visitor.id, address };
}

/** Stops reading the socket, so that TCP holds the sender back. @returns whether this reason is new */
export function stopReading(visit: Visit, reason: Pause): boolean {
  if ((visit.pausedFor & reason) !== 0) return false;
  if (visit.pausedFor === 0) visit.client.pause();
  visit.pausedFor |= reason;
  return true;
}

/** Takes one reason back; reads on when it was the last. */
export function readOn(visit: Visit, reason: Pause): void {
  if ((visit.pausedFor & reason) === 0) return;
  visit.pausedFor &= ~reason;
  if (visit.pausedFor !== 0 || visit.client.closed) return;
  // While paused, Aedes does not count finished packets off, so the count would never come down to 0 again and the
  // socket would stay silent for ever. What waits for the disk is bounded by our own count.
  visit.client._parsingBatch = 1;
  visit.client.resume();
}
