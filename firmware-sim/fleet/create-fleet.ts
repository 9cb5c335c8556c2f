import { setTimeout as sleep } from "node:timers/promises";
import { keyAt, keyOf, uniform } from "../chance.ts";
import { Latencies } from "../link/latencies.ts";
import { Link } from "../link/link.ts";
import type { NodeKind } from "../node/probes.ts";
import type { SimulatedDevice } from "../node/simulated-node.ts";
import { createField, type FieldParts, whereaboutsOf } from "./field.ts";
import { createLorawan, type LorawanAccount, type LorawanParts } from "./lorawan/create-lorawan.ts";
import { createSimClock } from "./sim-clock.ts";
import { createTroubleAccount, type TroubleRecords } from "./trouble-account.ts";

export interface FleetDevice extends SimulatedDevice {
  readonly secret: string;
}

export interface FleetParts extends Omit<FieldParts, "devices"> {
  readonly devices: readonly FleetDevice[];
  /** Nodes that do not speak MQTT themselves. Default: none. */
  readonly lorawan?: LorawanParts | undefined;
  readonly broker: { readonly host: string; readonly port: number };
  /** How much faster than real time simulated time goes until it has caught up. Default 1. */
  readonly speed?: number | undefined;
  /** Unacknowledged uplinks of one node. Default 16. */
  readonly window?: number | undefined;
  /** Real time, milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly events?: FleetEvents;
}

export interface FleetEvents {
  /** The broker did not let a device or a service in. It tries again, ever more seldom. */
  readonly refused?: (name: string, why: string) => void;
}

/** Counts of readings (single values), where nothing else is said. LoRaWAN is in `lorawan` alone. */
export interface FleetAccount {
  /** Nodes; with an open connection; asleep until their next uplink; without network in the simulation. */
  readonly devices: number;
  readonly connected: number;
  readonly asleep: number;
  readonly withoutNetwork: number;
  /** `sent + buffered + dropped`. */
  readonly measured: number;
  /** Handed to the network at least once: `acknowledged + inFlight`. */
  readonly sent: number;
  readonly acknowledged: number;
  readonly inFlight: number;
  /** In the flash of the nodes, not sent yet. */
  readonly buffered: number;
  /** Overwritten in a full flash. */
  readonly dropped: number;
  /** Messages sent for the first time, and again after a reconnect. */
  readonly uplinks: number;
  readonly resent: number;
  /** Connections after a break; waking up is none. */
  readonly reconnects: number;
  /** Attempts to connect that the broker refused. */
  readonly refused: number;
  /** Commands carried out. */
  readonly commands: number;
  /** By kind of trouble that has struck. */
  readonly troubles: TroubleRecords;
  /** From sending a message to its acknowledgement, milliseconds; null while there is none. */
  readonly latencyMs: {
    readonly median: number | null;
    readonly p99: number | null;
    readonly longest: number | null;
  };
  /** Null without LoRaWAN nodes. */
  readonly lorawan: LorawanAccount | null;
  /** Simulated time, and whether it is real time by now. */
  readonly simulatedMs: number;
  readonly isLive: boolean;
}

/** Simulated nodes that talk to a real broker. */
export interface Fleet {
  /** Begins to measure and to connect. */
  start(): void;
  account(): FleetAccount;
  /** Whether simulated time is real time, and whoever has network and is let in has sent what it had. */
  isCaughtUp(): boolean;
  /** Ends measuring, waits some seconds for what is on its way, says goodbye, for good. What was not acknowledged is in the account. */
  stop(): Promise<FleetAccount>;
}

const loopMs = 50;
const linkTickMs = 250;
const mostConnectingAtOnce = 200;
/** So much work between two looks at the sockets: a broker waits for no node that is busy, and a place's first step takes long. */
const mostStepsAtOnce = 2_000;
const longestStretchMs = 500;
/** When there is more to do at once. */
const pauseMs = 2;
/** While catching up, time waits for a node that has more measurements than this to send. */
const mostWaitingInHaste = 480;
const longestGoodbyeMs = 5_000;

/** These live on a small battery: they connect for each uplink only, and listen for a moment. */
const sleepers: ReadonlySet<NodeKind> = new Set(["soil"]);
const listensForMs = 2_000;
const shortestSleepMs = 15_000;

export function createFleet(parts: FleetParts): Fleet {
  const { devices, broker, seed, now, events = {}, speed = 1 } = parts;
  const clock = createSimClock(parts.startMs, speed, now());
  const chance = keyOf(seed, "links");
  let draws = 0;
  const random = () => uniform(keyAt(chance, draws++));
  const refused = (name: string, why: string) => events.refused?.(name, why);
  const surroundings = { ...parts, random, refused, simulatedMs: () => clock.atMs };
  const lorawan = parts.lorawan === undefined ? null : createLorawan(parts.lorawan, surroundings);
  const field = createField(parts, lorawan?.dwellers);

  const latencies = new Latencies();
  const record = createTroubleAccount(devices.map(whereaboutsOf), parts.troubles ?? []);
  /** While time flies, so does what takes its time. */
  const pace = () => (clock.isLive ? 1 : speed);
  const starts = devices.map(() => 0);
  const storms = devices.map(() => 0);

  const links = devices.map(({ id, secret }, index) => {
    const node = field.nodes[index]!;
    const { command, config, status: statusTopic } = node.topics;
    return new Link({
      broker,
      identity: { id, secret, statusTopic },
      outbox: node,
      listensTo: [command, config],
      heard(topic, payload) {
        node.receive(topic, payload, clock.atMs);
        field.reschedule(index);
      },
      refused: (why) => refused(id, why),
      acknowledgedAfter(ms) {
        latencies.record(ms);
        record.acknowledged(index, clock.atMs - ms * pace(), clock.atMs, ms);
      },
      now,
      random,
      ...(parts.window !== undefined && { window: parts.window }),
    });
  });

  /** Network server and gateways come first: there are few of them, and behind them many nodes. */
  const everyLink = [...(lorawan?.links ?? []), ...links];

  /** What befalls the connection, and not what is measured. */
  function strikeLink(index: number): void {
    const link = links[index]!;
    const troubles = field.troubles[index]!;
    const { starts: startedAgain } = field.nodes[index]!;
    if (startedAgain !== starts[index]) link.restart();
    starts[index] = startedAgain;
    const { moments } = troubles;
    for (; (moments[storms[index]!]?.atMs ?? Number.POSITIVE_INFINITY) <= clock.atMs; storms[index]!++) {
      if (moments[storms[index]!]!.kind === "reconnect-storm") link.breakOff();
    }
    link.mute(troubles.isHalfOpen(clock.atMs));
    link.slow(Math.floor(troubles.latencyMs(clock.atMs) / pace()));
    link.miss(troubles.missedPubacks(clock.atMs));
  }

  function followNode(index: number): void {
    const link = links[index];
    if (link === undefined) return;
    if (parts.troubles !== undefined) strikeLink(index);
    if (field.nodes[index]!.covered) {
      link.want();
      link.pump();
    } else link.cut();
  }

  function isTooFull(index: number): boolean {
    const node = field.nodes[index];
    if (node === undefined) return lorawan!.isTooFull();
    return node.covered && node.waiting >= mostWaitingInHaste && !links[index]!.isRefused;
  }

  /** @returns whether there was more to do than it took upon itself */
  function advanceField(nowMs: number): boolean {
    const target = clock.advance(nowMs);
    const inHaste = target < nowMs;
    let steps = 0;
    let isTired = false;
    function isHeld(index: number): boolean {
      isTired = steps >= mostStepsAtOnce || (steps > 0 && Math.abs(now() - nowMs) > longestStretchMs);
      steps++;
      return isTired || (inHaste && isTooFull(index));
    }
    const reached = field.advanceTo(target, followNode, isHeld);
    if (reached < target) clock.holdAt(reached);
    lorawan?.follow();
    return isTired;
  }

  function maySleep(index: number, nowMs: number): boolean {
    const { device, intervalMs } = field.nodes[index]!;
    return (
      clock.isLive &&
      sleepers.has(device.kind) &&
      intervalMs >= shortestSleepMs &&
      links[index]!.isQuiet(nowMs, listensForMs)
    );
  }

  function tendLinks(nowMs: number): void {
    let connecting = everyLink.filter(({ state }) => state === "connecting").length;
    for (const link of everyLink) {
      link.tick(nowMs);
      if (!link.isDue(nowMs) || connecting >= mostConnectingAtOnce) continue;
      link.connect();
      connecting++;
    }
    for (const [index, link] of links.entries()) if (maySleep(index, nowMs)) link.leave();
  }

  let timer: NodeJS.Timeout | null = null;
  let tendedMs = Number.NEGATIVE_INFINITY;
  function loop(): void {
    const nowMs = now();
    const isBehind = advanceField(nowMs);
    if (Math.abs(nowMs - tendedMs) >= linkTickMs) {
      tendLinks(nowMs);
      tendedMs = nowMs;
    }
    timer = setTimeout(loop, isBehind ? pauseMs : loopMs);
  }

  /** Whether nothing is left to send of what the network would take. */
  function isDrained(): boolean {
    if (lorawan?.isDrained() === false) return false;
    return links.every((link, index) => {
      const { covered, waiting } = field.nodes[index]!;
      return !covered || link.isRefused || (waiting === 0 && link.account().inFlight === 0);
    });
  }

  function account(): FleetAccount {
    const sum = { acknowledged: 0, inFlight: 0, buffered: 0, dropped: 0, commands: 0 };
    const sumOfLinks = { uplinks: 0, resent: 0, reconnects: 0, refused: 0, connected: 0, asleep: 0 };
    for (const [index, link] of links.entries()) {
      const ofNode = field.nodes[index]!.account();
      sum.acknowledged += ofNode.acknowledged;
      sum.inFlight += ofNode.inFlight;
      sum.buffered += ofNode.waiting;
      sum.dropped += ofNode.dropped;
      sum.commands += ofNode.commands;
      const ofLink = link.account();
      sumOfLinks.uplinks += ofLink.uplinks;
      sumOfLinks.resent += ofLink.resent;
      sumOfLinks.reconnects += ofLink.reconnects;
      sumOfLinks.refused += ofLink.refusals;
      sumOfLinks.connected += link.state === "open" ? 1 : 0;
      sumOfLinks.asleep += field.nodes[index]!.covered && !link.isWanted ? 1 : 0;
    }
    const sent = sum.acknowledged + sum.inFlight;
    return {
      devices: devices.length,
      withoutNetwork: field.nodes.filter(({ covered }) => !covered).length,
      measured: sent + sum.buffered + sum.dropped,
      sent,
      ...sum,
      ...sumOfLinks,
      troubles: record.records(clock.atMs),
      lorawan: lorawan?.account() ?? null,
      latencyMs: {
        median: latencies.quantile(0.5),
        p99: latencies.quantile(0.99),
        longest: latencies.quantile(1),
      },
      simulatedMs: clock.atMs,
      isLive: clock.isLive,
    };
  }

  async function stop(): Promise<FleetAccount> {
    if (timer !== null) clearTimeout(timer);
    const untilMs = now() + longestGoodbyeMs;
    lorawan?.flush();
    while (!isDrained() && now() < untilMs) {
      tendLinks(now());
      await sleep(10);
    }
    for (const link of everyLink) link.leave();
    return account();
  }

  let stopped: Promise<FleetAccount> | null = null;
  return {
    start() {
      if (timer !== null || stopped !== null) return;
      for (const index of links.keys()) followNode(index);
      lorawan?.follow();
      loop();
    },
    account,
    isCaughtUp: () => clock.isLive && isDrained(),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}
