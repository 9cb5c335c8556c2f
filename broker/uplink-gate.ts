import type { PublishPacket } from "aedes";
import type { Acknowledgements, Pending } from "./acknowledgements.ts";
import type { UplinkSink, UplinkUsage } from "./broker.ts";
import type { BrokerLimits } from "./broker-settings.ts";
import { fullBucket, solvent, take } from "./guards/token-bucket.ts";
import { isRouted, markRouted } from "./quiet-aedes.ts";
import { type Refusals, Refused } from "./refusals.ts";
import { nameOf, pause, readOn, stopReading, type Visit } from "./visit.ts";

type Limits = Pick<BrokerLimits, "uplinksPerSecond" | "uplinkBurst" | "maxPendingBytes">;

export interface UplinkGateParts {
  readonly sink: UplinkSink;
  readonly limits: Limits;
  readonly acknowledgements: Acknowledgements;
  readonly refusals: Refusals;
  readonly now: () => number;
  /** Whether anybody wants the message besides us. */
  readonly wanted: (topic: string) => boolean;
  /** Told of clients that are closed because the sink failed. */
  readonly notKept: (visit: Visit) => void;
}

/** Lets uplinks through to the sink, and holds their acknowledgement until they are safe there. */
export interface UplinkGate {
  /** @param done Aedes' callback: without an error it acknowledges, with one it closes the connection */
  submit(visit: Visit, device: string, packet: PublishPacket, done: (error: Error | null) => void): void;
  tick(nowMs: number): void;
  usage(): UplinkUsage;
  /** Calls back when nothing is on its way to the disk any more. */
  whenIdle(then: () => void): void;
}

const nothing = Buffer.alloc(0);

/** @returns the message id when the PUBACK is ours to write, and Aedes has been told that there is none */
function takeOverAck(packet: PublishPacket): number | null {
  const { qos, messageId } = packet as PublishPacket & { readonly messageId?: number };
  if (qos !== 1 || messageId === undefined || !isRouted(packet)) return null;
  packet.qos = 0;
  return messageId;
}

export function createUplinkGate(parts: UplinkGateParts): UplinkGate {
  const { sink, limits, acknowledgements, refusals, now, wanted, notKept } = parts;
  const rate = { perSecond: limits.uplinksPerSecond, burst: limits.uplinkBurst };
  const overRate = new Set<Visit>();
  const overPending = new Set<Visit>();
  const pauses = { rate: 0, pending: 0 };
  const totals = { accepted: 0, acceptedBytes: 0, failed: 0, pending: 0, pendingBytes: 0 };
  let onIdle: (() => void)[] = [];

  function enter(visit: Visit, bytes: number, nowMs: number): void {
    totals.pending++;
    totals.pendingBytes += bytes;
    if (totals.pendingBytes > limits.maxPendingBytes && stopReading(visit, pause.pending)) {
      pauses.pending++;
      overPending.add(visit);
    }
    if (visit.visitor?.kind === "device") throttle(visit, nowMs);
  }

  function throttle(visit: Visit, nowMs: number): void {
    visit.allowance ??= fullBucket(rate, nowMs);
    if (take(visit.allowance, rate, nowMs) || !stopReading(visit, pause.rate)) return;
    pauses.rate++;
    overRate.add(visit);
  }

  function leave(bytes: number): void {
    totals.pending--;
    totals.pendingBytes -= bytes;
    if (overPending.size > 0 && totals.pendingBytes * 2 <= limits.maxPendingBytes) releaseOverPending();
    if (totals.pending === 0 && onIdle.length > 0) tellIdle();
  }

  function releaseOverPending(): void {
    const held = [...overPending];
    overPending.clear();
    for (const visit of held) readOn(visit, pause.pending);
  }

  function tellIdle(): void {
    const told = onIdle;
    onIdle = [];
    for (const then of told) then();
  }

  function settle(pending: Pending, bytes: number, error: Error | null): void {
    if (error === null) {
      totals.accepted++;
      totals.acceptedBytes += bytes;
    }
    acknowledgements.settle(pending, error === null ? null : fail(pending.visit, error));
    leave(bytes);
  }

  function fail(visit: Visit, error: Error): Refused {
    totals.failed++;
    const message = "uplink not acknowledged, the device keeps it: it could not be written to disk";
    refusals.note("not-stored", { ...nameOf(visit), error: error.message }, message);
    notKept(visit);
    return new Refused(message);
  }

  return {
    submit(visit, device, packet, done) {
      const receivedAtMs = now();
      const uplink = { device, topic: packet.topic, payload: packet.payload as Buffer, receivedAtMs };
      const bytes = uplink.payload.length;
      if (!wanted(packet.topic)) {
        markRouted(packet);
        // Waiting for the disk, the packet must not keep the whole chunk that it came in.
        packet.payload = nothing;
      }
      enter(visit, bytes, receivedAtMs);
      const pending = acknowledgements.expect(visit, done, takeOverAck(packet));
      try {
        sink.accept(uplink, (error) => settle(pending, bytes, error));
      } catch (error) {
        settle(pending, bytes, error as Error);
      }
    },
    tick(nowMs) {
      for (const visit of overRate) {
        if (!visit.client.closed && !solvent(visit.allowance!, rate, nowMs)) continue;
        overRate.delete(visit);
        readOn(visit, pause.rate);
      }
    },
    usage: () => ({ ...totals, pauses: { inFlight: acknowledgements.pauses, ...pauses } }),
    whenIdle(then) {
      if (totals.pending === 0) then();
      else onIdle.push(then);
    },
  };
}
