import { isDeviceId } from "../../devices/index.ts";
import type { Trouble } from "../faults/trouble.ts";
import type { Position } from "../gateway/radio.ts";
import { frameEncoderOf, frameEncoders } from "../node/frames/frame-encoders.ts";
import type { NodeKind } from "../node/probes.ts";
import type { SkyEvent } from "../world/sky/events.ts";
import type { SimulatedPlace } from "../world/world.ts";

/** One place with what stands there, before time begins. */
export interface PlannedPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly commune: string;
  /** What the world is told of it. */
  world: SimulatedPlace;
  readonly nodes: PlannedNode[];
}

export interface PlannedNode {
  readonly id: string;
  /** `node` speaks MQTT itself; else a LoRaWAN model. */
  readonly model: string;
  readonly everyMs: number;
  readonly flashItems: number;
  readonly mountingHeightCm: number;
}

export interface PlannedGateway extends Position {
  readonly name: string;
  readonly commune: string;
}

/** Everything that is decided before the first minute. */
export interface Plan {
  readonly places: PlannedPlace[];
  readonly gateways: PlannedGateway[];
  readonly troubles: Trouble[];
  readonly sky: SkyEvent[];
}

export const ownFirmware = "node";

/** Ids out of names: "Ao tôm số 2" becomes `ao-tom-so-2`. */
export function idOf(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** @throws when there is no such model, with those that there are */
export function knownModel(model: string): string {
  if (model === ownFirmware) return model;
  const encoder = frameEncoderOf(model);
  if (encoder !== undefined) return encoder.model;
  const known = frameEncoders.map((each) => each.model).join(", ");
  throw new Error(
    `${model} cannot be simulated; right is ${ownFirmware} (speaks MQTT itself) or one of ${known}`,
  );
}

/** @throws when it is no id, or another node has it */
export function freeId(id: string, { places }: Plan): string {
  if (!isDeviceId(id)) throw new Error(`${id} is no device id; right is letters, digits and hyphens`);
  if (places.some(({ nodes }) => nodes.some((node) => node.id === id))) {
    throw new Error(`${id} is already the id of another node`);
  }
  return id;
}

/** @throws when a trouble names what there is not */
export function checkTroubles({ places, gateways, troubles }: Plan): void {
  const known = {
    device: places.flatMap(({ nodes }) => nodes.map(({ id }) => id)),
    place: places.map(({ name }) => name),
    toPlace: places.map(({ name }) => name),
    commune: [...new Set([...places, ...gateways].map(({ commune }) => commune))],
    gateway: gateways.map(({ name }) => name),
  };
  for (const each of troubles) {
    for (const [role, names] of Object.entries(known)) {
      const named = (each as Record<string, unknown>)[role];
      if (named === undefined || names.includes(named as string)) continue;
      throw new Error(`${each.kind}: there is no ${role} called ${named}; there are ${names.join(", ")}`);
    }
  }
}
