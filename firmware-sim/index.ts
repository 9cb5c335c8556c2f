export {
  createFleet,
  type Fleet,
  type FleetAccount,
  type FleetDevice,
  type FleetEvents,
  type FleetParts,
} from "./fleet/create-fleet.ts";
export { createField, type Field, type FieldParts } from "./fleet/field.ts";
export { Link, type LinkAccount, type LinkParts } from "./link/link.ts";
export type { Message, Outbox } from "./link/outbox.ts";
export { FlashBuffer } from "./node/flash.ts";
export { type NodeKind, nodeKinds } from "./node/probes.ts";
export type { SimulatedDevice } from "./node/simulated-node.ts";
export type { SimulatedPlace } from "./world/world.ts";
