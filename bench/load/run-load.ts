import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { connectAll, type Ramp } from "./connect-ramp.ts";
import { NodeConnection, type NodeEvents } from "./node-connection.ts";
import type { OutstandingUplink } from "./outstanding.ts";
import { createPace, type Pace } from "./pace.ts";
import type { LoadPlan } from "./plan.ts";
import { type Measured, Tally } from "./tally.ts";
import { openUplinkLog, type UplinkLog } from "./uplink-log.ts";

export interface LoadReport {
  readonly connections: Omit<Ramp, "accepted"> & {
    readonly asked: number;
    readonly accepted: number;
    /** Accepted connections that the other side closed. */
    readonly closed: number;
    readonly reconnected: number;
  };
  readonly uplinks: {
    /** Distinct uplinks, those of the warm-up included. */
    readonly sent: number;
    readonly acknowledged: number;
    readonly unacknowledged: number;
    /** Copies that left after a lost connection. */
    readonly sentAgain: number;
    /** Due in an open loop, but without a connection or a free message id to leave by. */
    readonly skipped: number;
    /** Acknowledged before an earlier uplink of the same node, which [MQTT-4.6.0-2] forbids. */
    readonly outOfOrder: number;
    readonly probes: number;
  };
  /** Between the warm-up and the drain. */
  readonly measured: Measured;
}

/** A node that lost its connection waits this long and up to as much again, so that not all come back in one moment. */
const reconnectMs = 100;

/**
 * Connects the nodes, lets them send, waits for the last acknowledgements and says good-bye.
 *
 * @param stop ends the sending early; the drain and the report follow
 */
export async function runLoad(plan: LoadPlan, stop: AbortSignal): Promise<LoadReport> {
  const run = new LoadRun(plan);
  const ramp = await connectAll(run.nodes, plan.connectAtOnce);
  const measured = await run.send(ramp.accepted, stop);
  await run.drain();
  run.end();
  return report(run, ramp, measured);
}

class LoadRun implements NodeEvents {
  readonly nodes: readonly NodeConnection[];
  readonly tally = new Tally();
  readonly #plan: LoadPlan;
  readonly #ackLog: UplinkLog | null;
  readonly #probeLog: UplinkLog | null;
  #pace: Pace | null = null;
  #over = false;

  constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.nodes = readCredentials(plan).map((node) => new NodeConnection({ ...plan, ...node }, this));
    this.#ackLog = plan.ackLog ? openUplinkLog(plan.ackLog) : null;
    this.#probeLog = plan.probeLog ? openUplinkLog(plan.probeLog) : null;
  }

  async send(nodes: readonly NodeConnection[], stop: AbortSignal): Promise<Measured> {
    const { pace, resend, warmUpSeconds, seconds } = this.#plan;
    this.#pace = createPace(pace, resend, {
      nodes,
      tally: this.tally,
      send: (node, count) => this.#sendNew(node, count),
    });
    const pings = setInterval(() => {
      for (const node of nodes) node.pingIfQuiet();
    }, 1000);
    this.#pace.start();
    await waitUnless(stop, warmUpSeconds * 1000);
    this.tally.beginMeasuring();
    await waitUnless(stop, seconds * 1000);
    this.#pace.stop();
    clearInterval(pings);
    return this.tally.endMeasuring();
  }

  async drain(): Promise<void> {
    const untilMs = performance.now() + this.#plan.drainSeconds * 1000;
    const { counts } = this.tally;
    while (counts.acknowledged < counts.sent && performance.now() < untilMs) await wait(5);
  }

  end(): void {
    this.#over = true;
    for (const node of this.nodes) node.end();
    this.#ackLog?.close();
    this.#probeLog?.close();
  }

  lost(node: NodeConnection): void {
    if (this.#over) return;
    this.tally.counts.closed += 1;
    if (this.#plan.resend) void this.#comeBack(node);
  }

  acknowledged(node: NodeConnection, uplink: OutstandingUplink, inOrder: boolean): void {
    if (this.#over) return;
    const nowMs = epochNowMs();
    this.tally.acknowledged(nowMs - uplink.sentAtMs, inOrder);
    log(this.#ackLog, node, uplink, nowMs);
  }

  acknowledgedAll(node: NodeConnection): void {
    this.#pace?.acknowledged(node);
  }

  #sendNew(node: NodeConnection, count: number): void {
    const { counts } = this.tally;
    const { probeEvery } = this.#plan;
    const probes = Array.from(
      { length: count },
      () => ++counts.sent % (probeEvery ?? Number.POSITIVE_INFINITY) === 0,
    );
    const nowMs = epochNowMs();
    for (const uplink of node.send(probes, nowMs)) {
      if (!uplink.probe) continue;
      counts.probes += 1;
      log(this.#probeLog, node, uplink, nowMs);
    }
  }

  async #comeBack(node: NodeConnection): Promise<void> {
    while (!this.#over) {
      await wait(reconnectMs * (1 + Math.random()));
      if (this.#over || (await node.connect()) !== 0) continue;
      this.tally.counts.reconnected += 1;
      this.tally.counts.sentAgain += node.sendAgain();
      // In a closed loop that had nothing outstanding, no acknowledgement would come to set it going.
      this.#pace?.acknowledged(node);
      return;
    }
  }
}

function report(run: LoadRun, ramp: Ramp, measured: Measured): LoadReport {
  const { sent, acknowledged, sentAgain, skipped, outOfOrder, probes, closed, reconnected } =
    run.tally.counts;
  return {
    connections: { ...ramp, asked: run.nodes.length, accepted: ramp.accepted.length, closed, reconnected },
    uplinks: {
      sent,
      acknowledged,
      unacknowledged: sent - acknowledged,
      sentAgain,
      skipped,
      outOfOrder,
      probes,
    },
    measured,
  };
}

function readCredentials({
  credentials,
  connections,
}: LoadPlan): { device: number; id: string; secret: string }[] {
  const lines = readFileSync(credentials, "utf8").split("\n");
  const nodes = lines.flatMap((line, device) => {
    const [id, secret] = line.trim().split(",");
    return id && secret ? [{ device, id, secret }] : [];
  });
  return nodes.slice(0, connections);
}

function log(
  log: UplinkLog | null,
  node: NodeConnection,
  { seq, tsMs }: OutstandingUplink,
  atMs: number,
): void {
  log?.add({ device: node.parts.device, seq, tsMs, atMs });
}

async function waitUnless(stop: AbortSignal, ms: number): Promise<void> {
  await wait(ms, undefined, { signal: stop }).catch(() => undefined);
}

/** Milliseconds since 1970 with fractions; steady while the process runs. */
function epochNowMs(): number {
  return performance.timeOrigin + performance.now();
}
