export { platformBeyond, servePlatform } from "./farms/between-threads.ts";
export type { Commune, NodeWords, PlaceInWords, PlaceWords } from "./farms/commune.ts";
export {
  createFarm,
  type Farm,
  type FarmAccount,
  type FarmParts,
  type TruthAt,
  uplinkLine,
} from "./farms/create-farm.ts";
export type { FarmEvents } from "./farms/open-field.ts";
export type { Platform, Station, StationPlace } from "./farms/platform.ts";
export { badSeason, type Rates, randomTroubles } from "./faults/random-troubles.ts";
export { type Trouble, type TroubleKind, trouble } from "./faults/trouble.ts";
export {
  createFleet,
  type Fleet,
  type FleetAccount,
  type FleetDevice,
  type FleetEvents,
  type FleetParts,
} from "./fleet/create-fleet.ts";
export { createField, type Field, type FieldParts } from "./fleet/field.ts";
export {
  type LorawanAccount,
  type LorawanParts,
  lorawanModels,
} from "./fleet/lorawan/create-lorawan.ts";
export type { FrameRecord } from "./fleet/lorawan/frame-account.ts";
export type { LorawanDevice } from "./fleet/lorawan/lora-post.ts";
export type { TroubleRecord } from "./fleet/trouble-account.ts";
export { applicationId, downFilter } from "./gateway/chirpstack-event.ts";
export { gatewayFilter } from "./gateway/gateway-messages.ts";
export type { Gateway } from "./gateway/gateways.ts";
export { Link, type LinkAccount, type LinkParts } from "./link/link.ts";
export type { Message, Outbox } from "./link/outbox.ts";
export { FlashBuffer } from "./node/flash.ts";
export { frameEncoders } from "./node/frames/frame-encoders.ts";
export { type NodeKind, nodeKinds, probesOf } from "./node/probes.ts";
export type { SimulatedDevice } from "./node/simulated-node.ts";
export type { Panel, Plot, Point, SeenPoint, Stretch } from "./plot/plot.ts";
export { plotSvg } from "./plot/plot-svg.ts";
export { putUp } from "./scenarios/put-up.ts";
export { type Scenario, scenario, startOf, troublesOf } from "./scenarios/scenario.ts";
export { skyStretches, troubleStretches } from "./scenarios/stretches.ts";
export type { SimulatedPlace } from "./world/world.ts";
