import { createHash } from "node:crypto";
import type { Registry } from "../../devices/index.ts";
import {
  applicationId,
  downFilter,
  type Gateway,
  gatewayFilter,
  type LorawanDevice,
  type LorawanParts,
  type NodeKind,
} from "../../firmware-sim/index.ts";
import type { Enlisted } from "../replay/enlist.ts";
import type { FarmNode } from "../replay/simulated-farm.ts";

/** A device that is registered with its model and its DevEUI. */
interface EnlistedLorawan extends Enlisted {
  readonly model: string;
  readonly devEui: string;
  readonly mountingHeightCm: number;
}

/** A LoRaWAN node of the simulated farm. */
export interface LorawanNode extends LorawanDevice {
  readonly enlisted: EnlistedLorawan;
}

/** What a farm's nodes are, and those of them that do not speak MQTT themselves. */
export interface SharedFarm {
  readonly own: readonly FarmNode[];
  readonly lorawan: readonly LorawanNode[];
}

/** The service account under which the simulated network server and its gateways connect. */
export const networkServer = {
  name: "sim-chirpstack",
  publish: [`application/${applicationId}/#`, gatewayFilter],
  subscribe: [downFilter],
};

/** What stands in which place, one after the other. */
const modelsFor: Partial<Record<NodeKind, readonly string[]>> = {
  soil: ["dragino-lse01", "milesight-uc511", "milesight-em500-smtc"],
  pond: ["dragino-wqs-lb"],
  shed: ["milesight-gs301", "milesight-em300-th"],
};
const mountingHeightCm = 250;
/** A gateway of eight channels would hear more; but a commune is too wide for one. */
const nodesAtGateway = 250;
const dayMs = 86_400_000;

/** Makes so many of a farm's nodes LoRaWAN nodes, spread evenly: `sim-lse01-0002` stands where `sim-soil-0002` would. */
export function sharedFarm(farm: readonly FarmNode[], share: number): SharedFarm {
  const isLorawan = (i: number) => Math.floor((i + 1) * share) > Math.floor(i * share);
  const chosen = farm.filter((_, i) => isLorawan(i));
  const seen = new Map<NodeKind, number>();
  const lorawan = chosen.map((node) => {
    const models = modelsFor[node.kind]!;
    const count = seen.get(node.kind) ?? 0;
    seen.set(node.kind, count + 1);
    return lorawanNode(node, models[count % models.length]!);
  });
  return { own: farm.filter((_, i) => !isLorawan(i)), lorawan };
}

function lorawanNode({ id: farmId, kind, place, enlisted }: FarmNode, model: string): LorawanNode {
  const name = model.slice(model.indexOf("-") + 1);
  const id = `sim-${name}-${farmId.slice(farmId.lastIndexOf("-") + 1)}`;
  const devEui = euiOf(id);
  return {
    ...{ id, devEui, model, kind, place, mountingHeightCm },
    ...(enlisted.place?.communeName && { commune: enlisted.place.communeName }),
    enlisted: { ...enlisted, id, model, devEui, mountingHeightCm, label: `${enlisted.label}, LoRaWAN` },
  };
}

/** Some hundred metres from the middle of each commune's nodes stands a gateway; a large commune has several, a kilometre apart. */
export function gatewaysFor(nodes: readonly LorawanNode[]): Gateway[] {
  const communes = Map.groupBy(nodes, ({ commune }) => commune ?? "");
  return [...communes].flatMap(([commune, members]) => {
    const middle = { latitude: meanOf(members, "latitude"), longitude: meanOf(members, "longitude") };
    return Array.from({ length: Math.ceil(members.length / nodesAtGateway) }, (_, i) => ({
      name: `Trạm thu ${i + 1} ${commune} (mô phỏng)`,
      eui: euiOf(`gateway ${i + 1} ${commune}`),
      commune: commune === "" ? null : commune,
      latitude: Number((middle.latitude + 0.006 - 0.01 * i).toFixed(5)),
      longitude: Number((middle.longitude + 0.003).toFixed(5)),
    }));
  });
}

/**
 * Lets the network server in, and names its gateways, so that they are watched. Its secret is made anew each time; the one before goes on
 * working for a day, for a fleet that still runs.
 */
export function admitNetworkServer(
  registry: Registry,
  gateways: readonly Gateway[],
  nowMs: number,
): LorawanParts["service"] {
  return registry.atomically(() => {
    for (const gateway of gateways) nameGateway(registry, gateway, nowMs);
    const { name } = networkServer;
    if (registry.service(name) === undefined) {
      return { name, secret: registry.addService(networkServer, nowMs).secret };
    }
    registry.updateService(name, networkServer, nowMs);
    return { name, secret: registry.rotateServiceSecret(name, nowMs, { oldValidUntilMs: nowMs + dayMs }) };
  });
}

function nameGateway(
  registry: Registry,
  { eui: id, name: label, latitude, longitude }: Gateway,
  nowMs: number,
): void {
  const there = registry.gateway(id);
  if (there === undefined || there.removedAtMs !== null) {
    registry.addGateway({ id, label, latitude, longitude }, nowMs);
  }
}

/** EUI-64 in the range of locally administered addresses, the same for the same name. */
function euiOf(name: string): string {
  return `02${createHash("sha256").update(name).digest("hex").slice(0, 14)}`;
}

function meanOf(nodes: readonly LorawanNode[], side: "latitude" | "longitude"): number {
  return nodes.reduce((sum, { place }) => sum + place[side], 0) / nodes.length;
}
