import {
  type NodeTroubles,
  nodeTroubles,
  troublesByDevice,
  type Whereabouts,
} from "../../faults/node-troubles.ts";
import type { Trouble } from "../../faults/trouble.ts";
import { downFilter } from "../../gateway/chirpstack-event.ts";
import { DownlinkQueue } from "../../gateway/downlink-queue.ts";
import { EventQueue } from "../../gateway/event-queue.ts";
import { createGateways, type Gateway } from "../../gateway/gateways.ts";
import { Link } from "../../link/link.ts";
import { frameEncoders } from "../../node/frames/frame-encoders.ts";
import { type Dweller, type SpotOf, whereaboutsOf } from "../field.ts";
import { FrameAccount, type FrameCounts, type FrameNote, type FrameRecords } from "./frame-account.ts";
import { GatewayBridge, type ServiceAccount } from "./gateway-bridge.ts";
import { LoraPost, type LorawanDevice, valveModel } from "./lora-post.ts";

/** Models that can stand on wire time. */
export const lorawanModels: readonly string[] = [...frameEncoders.map(({ model }) => model), valveModel];

/** LoRaWAN nodes, the gateways around them, and how their network server signs in. */
export interface LorawanParts {
  readonly devices: readonly LorawanDevice[];
  readonly gateways: readonly Gateway[];
  readonly service: ServiceAccount;
}

export interface LorawanSurroundings {
  readonly broker: { readonly host: string; readonly port: number };
  readonly seed: number;
  readonly startMs: number;
  readonly intervalMs: number;
  readonly troubles?: readonly Trouble[] | undefined;
  readonly refused: (name: string, why: string) => void;
  readonly simulatedMs: () => number;
  /** Real time. */
  readonly now: () => number;
  readonly random: () => number;
}

/** Frames, where nothing else is said. */
export interface LorawanAccount extends FrameCounts {
  readonly devices: number;
  readonly gateways: number;
  /** Gateways with an open connection. */
  readonly gatewaysOnline: number;
  /** Whether the network server has one. */
  readonly isConnected: boolean;
  /** Not sent, because the duty cycle forbade it. */
  readonly withheld: number;
  /** Events that the network server published a second time, and messages that went again after a reconnect. */
  readonly duplicates: number;
  readonly resent: number;
  readonly reconnects: number;
  /** Attempts to connect that the broker refused. */
  readonly refused: number;
  /** Commands taken from the platform, and those that a node has heard. */
  readonly commands: number;
  readonly commandsHeard: number;
  /** By kind of trouble that has struck. */
  readonly troubles: FrameRecords;
}

/** The LoRaWAN half of a fleet. */
export interface Lorawan {
  /** Its nodes, to live in the field. */
  dwellers(spotOf: SpotOf): readonly Dweller[];
  /** Connections to be tended: the network server's first, then those of the gateways. */
  readonly links: readonly Link[];
  /** Sends what is due by now; gateways follow their power. */
  follow(): void;
  /** Whether more is waiting than the broker should be behind. */
  isTooFull(): boolean;
  /** Time ends: what is on its way to the network server arrives. */
  flush(): void;
  isDrained(): boolean;
  account(): LorawanAccount;
}

const window = 256;
/** What the network server keeps while its broker is away: a day of 1,000 nodes that send every ten minutes. */
const mostEvents = 144_000;
/** While catching up, time waits for the broker when more than this waits to be sent. */
const mostWaitingInHaste = 2_000;

export function createLorawan(
  { devices, gateways: all, service }: LorawanParts,
  surroundings: LorawanSurroundings,
): Lorawan {
  const { seed, troubles = [], simulatedMs, now, random, broker, refused } = surroundings;
  const gateways = createGateways(all, troubles, seed);
  const nodes = devices.map((device) => {
    const { best } = gateways.around(device.id, device.place);
    return { ...whereaboutsOf(device), gateway: best?.name ?? null };
  });
  const account = new FrameAccount(nodes, troubles);
  const downlinks = new DownlinkQueue();
  const events = new EventQueue<FrameNote | null>({
    now: simulatedMs,
    capacity: mostEvents,
    published: (note) => note !== null && account.published(note),
    confirmed: (note) => note !== null && account.acknowledged(note),
    overwritten: (note) => note !== null && account.overwritten(note),
  });
  let commands = 0;
  const server = new Link({
    broker,
    identity: { id: service.name, secret: service.secret },
    outbox: events,
    listensTo: [downFilter],
    heard(topic, payload) {
      if (downlinks.take(topic, payload)) commands++;
    },
    refused: (why) => refused(service.name, why),
    now,
    random,
    window,
  });
  const bridges = new Map(
    all.map((gateway) => {
      const refusedHere = (why: string) => refused(`gateway ${gateway.name}`, why);
      const parts = { gateway, broker, service, refused: refusedHere, now, simulatedMs, random };
      return [gateway.eui, { gateway, bridge: new GatewayBridge(parts) }];
    }),
  );
  const links = [server, ...[...bridges.values()].map(({ bridge }) => bridge.link)];
  let posts: readonly LoraPost[] = [];

  function passed(gateway: string, way: "up" | "down"): void {
    const { bridge } = bridges.get(gateway)!;
    if (way === "up") bridge.received();
    else bridge.emitted();
  }

  return {
    links,
    dwellers(spotOf) {
      const felt = troublesOfNodes(nodes, troubles);
      posts = devices.map((device, index) => {
        const spot = spotOf(device.place, device.kind);
        const ofPost = { device, index, spot, troubles: felt[index]!, gateways, account, events, downlinks };
        return new LoraPost({ ...surroundings, ...ofPost, passed });
      });
      return posts;
    },
    follow() {
      server.want();
      server.pump();
      const atMs = simulatedMs();
      for (const { gateway, bridge } of bridges.values()) bridge.follow(gateways.isUp(gateway, atMs));
    },
    isTooFull: () => events.waiting >= mostWaitingInHaste && !server.isRefused,
    flush() {
      events.flush();
      server.pump();
    },
    isDrained: () => server.isRefused || (events.waiting === 0 && events.inFlight === 0),
    account() {
      const ofServer = server.account();
      const all = links.map((link) => link.account());
      return {
        devices: devices.length,
        gateways: bridges.size,
        gatewaysOnline: links.slice(1).filter(({ state }) => state === "open").length,
        isConnected: server.state === "open",
        ...account.counts(),
        withheld: posts.reduce((sum, post) => sum + post.withheld, 0),
        duplicates: account.duplicates,
        resent: ofServer.resent,
        reconnects: all.reduce((sum, { reconnects }) => sum + reconnects, 0),
        refused: all.reduce((sum, { refusals }) => sum + refusals, 0),
        commands,
        commandsHeard: posts.reduce((sum, post) => sum + post.downlinks, 0),
        troubles: account.records(simulatedMs()),
      };
    },
  };
}

function troublesOfNodes(nodes: readonly Whereabouts[], troubles: readonly Trouble[]): NodeTroubles[] {
  const mayConcern = troublesByDevice(troubles);
  return nodes.map((where) => nodeTroubles(where, mayConcern(where.device)));
}
