import type { Uplink } from "../../devices/index.ts";
import { gaussian, keyOf, uniform } from "../chance.ts";
import { nodeTroubles } from "../faults/node-troubles.ts";
import type { TroubleOf } from "../faults/trouble.ts";
import { createGateways, type Gateways } from "../gateway/gateways.ts";
import type { Message } from "../link/outbox.ts";
import { frameEncoderOf } from "../node/frames/frame-encoders.ts";
import type { SentFrame } from "../node/lora-node.ts";
import { SimulatedNode } from "../node/simulated-node.ts";
import type { Site } from "../world/site.ts";
import { createWorld, type Spot } from "../world/world.ts";
import type { FarmAccount, TruthAt } from "./create-farm.ts";
import { LoraStation } from "./lora-station.ts";
import { MqttStation } from "./mqtt-station.ts";
import { ownFirmware, type Plan, type PlannedNode, type PlannedPlace } from "./plan.ts";
import type { Station } from "./platform.ts";
import { type Actor, Timeline } from "./timeline.ts";

/** What an onlooker may be told; for checks and accounts. */
export interface FarmEvents {
  /** A node that speaks MQTT has got its acknowledgement. */
  readonly acknowledged?: (device: string, message: Message, atMs: number) => void;
  /** A LoRaWAN node has sent; `receivedAtMs` is when the network server had it, null when no gateway heard it. */
  readonly radiated?: (device: string, frame: SentFrame, receivedAtMs: number | null) => void;
}

export interface OpenFieldParts {
  readonly plan: Plan;
  readonly seed: number;
  readonly startMs: number;
  readonly climateEvents: boolean;
  readonly deeds: readonly {
    readonly atMs: number;
    readonly place: string;
    readonly act: (site: Site) => void;
  }[];
  /** By place and quantity, separated by a space. */
  readonly observed: ReadonlyMap<string, { readonly everyMs: number; readonly seen: TruthAt[] }>;
  readonly events: FarmEvents;
}

/** A plan come alive. */
export interface OpenField {
  readonly stations: readonly Station[];
  /** @returns what has arrived by then and was not returned before, in the order of its arrival */
  liveUntil(untilMs: number): Uplink[];
  account(): FarmAccount;
}

/** Standard deviation of quartzes, parts in a million. */
const quartzPpm = 12;
const redeliveredShare = 0.005;

export function openField(parts: OpenFieldParts): OpenField {
  const { plan, seed, startMs, events } = parts;
  const world = createWorld(seed, startMs, { events: plan.sky, climateEvents: parts.climateEvents });
  const timeline = new Timeline();
  const gateways = createGateways(
    plan.gateways.map((gateway) => ({ ...gateway, eui: euiOf(seed, `gateway ${gateway.name}`) })),
    plan.troubles,
    seed,
  );
  const spotOf = ({ world: at, kind }: PlannedPlace): Spot => world.spot(at, kind);
  const placeNamed = (name: string) => plan.places.find((place) => place.name === name)!;
  let arriving: Uplink[] = [];
  const counts = { arrived: 0, frames: 0, framesHeard: 0 };
  const mqtt: MqttStation[] = [];
  const arrived = (uplink: Uplink) => void arriving.push(uplink);

  function putUp(place: PlannedPlace, planned: PlannedNode): void {
    const station = planned.model === ownFirmware ? putUpMqtt(place, planned) : putUpLora(place, planned);
    timeline.add(station);
    for (const theft of plan.troubles.filter((each) => each.kind === "theft")) {
      if (theft.device === planned.id) carryAway(station, theft);
    }
  }

  function putUpMqtt(place: PlannedPlace, { id, everyMs, flashItems }: PlannedNode): MqttStation {
    const troubles = nodeTroubles({ device: id, place: place.name, commune: place.commune }, plan.troubles);
    const node = new SimulatedNode({
      device: { id, kind: place.kind, place: place.world },
      spot: spotOf(place),
      seed,
      startMs,
      intervalMs: everyMs,
      outagesPerDay: 0,
      flashItems,
      troubles,
      driftPpm: quartzPpm * gaussian(keyOf(seed, `quartz ${id}`)),
    });
    const station = new MqttStation({
      node,
      troubles,
      seed,
      arrived: (device, { message, atMs }) =>
        arrived({
          device,
          topic: message.topic,
          payload: Buffer.from(message.payload),
          receivedAtMs: atMs,
        }),
      acknowledged: (device, message, atMs) => events.acknowledged?.(device, message, atMs),
    });
    mqtt.push(station);
    return station;
  }

  function putUpLora(place: PlannedPlace, planned: PlannedNode): LoraStation {
    const { id, model, everyMs, mountingHeightCm } = planned;
    const { best } = gateways.around(id, place.world);
    const where = { device: id, place: place.name, commune: place.commune, gateway: best?.name ?? null };
    return new LoraStation({
      device: { id, devEui: euiOf(seed, `device ${id}`), place: place.world, mountingHeightCm },
      encoder: frameEncoderOf(model)!,
      spot: spotOf(place),
      seed,
      startMs,
      intervalMs: everyMs,
      troubles: nodeTroubles(where, plan.troubles),
      gateways,
      redeliveredShare,
      arrived,
      sent(device, frame, receivedAtMs) {
        counts.frames++;
        if (receivedAtMs !== null) counts.framesHeard++;
        events.radiated?.(device, frame, receivedAtMs);
      },
    });
  }

  function carryAway({ node }: MqttStation | LoraStation, { atMs, toPlace }: TroubleOf<"theft">): void {
    timeline.add(once(atMs, () => node.moveTo(spotOf(placeNamed(toPlace)))));
  }

  for (const { atMs, place, act } of parts.deeds) {
    timeline.add(once(atMs, () => onSite(spotOf(placeNamed(place)), atMs, act)));
  }
  for (const cut of plan.troubles.filter((each) => each.kind === "power-cut")) {
    for (const place of plan.places.filter((each) => goesDark(each, cut))) {
      timeline.add(
        once(cut.fromMs, () => onSite(spotOf(place), cut.fromMs, (site) => site.cutPower(cut.toMs))),
      );
    }
  }
  for (const place of plan.places) for (const node of place.nodes) putUp(place, node);
  for (const [key, { everyMs, seen }] of parts.observed) {
    const cut = key.lastIndexOf(" ");
    const { site } = spotOf(placeNamed(key.slice(0, cut)));
    timeline.add(observer(site, key.slice(cut + 1), startMs, everyMs, seen));
  }

  return {
    stations: stationsOf(plan, seed, gateways),
    liveUntil(untilMs) {
      timeline.advanceTo(untilMs);
      for (const station of mqtt) station.settle(untilMs);
      const sorted = arriving.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
      const here = sorted.findIndex(({ receivedAtMs }) => receivedAtMs > untilMs);
      arriving = here === -1 ? [] : sorted.slice(here);
      const taken = here === -1 ? sorted : sorted.slice(0, here);
      counts.arrived += taken.length;
      return taken;
    },
    account: () => ({ nodes: plan.places.flatMap(({ nodes }) => nodes).length, ...counts, ...sumOf(mqtt) }),
  };
}

/** Whether a power cut reaches a place: pumps and aerators stand still there. */
function goesDark({ name, commune }: PlannedPlace, cut: TroubleOf<"power-cut">): boolean {
  if (cut.device !== undefined) return false;
  return (cut.place ?? name) === name && (cut.commune ?? commune) === commune;
}

function sumOf(stations: readonly MqttStation[]) {
  const sum = {
    measured: 0,
    acknowledged: 0,
    inFlight: 0,
    buffered: 0,
    dropped: 0,
    resent: 0,
    connects: 0,
  };
  for (const { node, link } of stations) {
    const { acknowledged, inFlight, waiting, dropped } = node.account();
    sum.measured += acknowledged + inFlight + waiting + dropped;
    sum.acknowledged += acknowledged;
    sum.inFlight += inFlight;
    sum.buffered += waiting;
    sum.dropped += dropped;
    sum.resent += link.resent;
    sum.connects += link.connects;
  }
  return sum;
}

function stationsOf({ places }: Plan, seed: number, gateways: Gateways): Station[] {
  return places.flatMap(({ id, name, kind, commune, world, nodes }) =>
    nodes.map((node, i) => {
      const { latitude, longitude } = world;
      const about = {
        id: node.id,
        label: `${name}, nút ${i + 1}`,
        intervalMs: node.everyMs,
        place: { id, name, kind, commune, latitude, longitude },
      };
      if (node.model === ownFirmware) {
        return { ...about, model: `${kind}-node`, devEui: null, mountingHeightCm: null, heardBy: null };
      }
      const { best } = gateways.around(node.id, world);
      return {
        ...about,
        model: node.model,
        devEui: euiOf(seed, `device ${node.id}`),
        mountingHeightCm: node.mountingHeightCm,
        heardBy: best && { eui: best.eui, name: best.name },
      };
    }),
  );
}

function once(atMs: number, act: () => void): Actor {
  let dueMs = atMs;
  return {
    get dueMs() {
      return dueMs;
    },
    proceed() {
      dueMs = Number.POSITIVE_INFINITY;
      act();
    },
  };
}

function onSite({ site }: Spot, atMs: number, act: (site: Site) => void): void {
  site.advanceTo(atMs);
  act(site);
}

function observer(site: Site, quantity: string, startMs: number, everyMs: number, seen: TruthAt[]): Actor {
  let dueMs = Math.ceil(startMs / everyMs) * everyMs;
  return {
    get dueMs() {
      return dueMs;
    },
    proceed(atMs) {
      site.advanceTo(atMs);
      const value = site.truthAt(atMs)[quantity];
      if (value !== undefined) seen.push({ atMs, value });
      dueMs = atMs + everyMs;
    },
  };
}

/** EUI-64 in the range of locally administered addresses. */
function euiOf(seed: number, name: string): string {
  const [high, low] = [uniform(keyOf(seed, `${name} high`)), uniform(keyOf(seed, `${name} low`))];
  const hex = (share: number) =>
    Math.floor(share * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return `02${hex(high).slice(2)}${hex(low)}`;
}
