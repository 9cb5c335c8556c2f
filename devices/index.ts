export {
  type DecodedFrame,
  type DeviceFacts,
  type DeviceModel,
  type Downlink,
  type DownlinkCommand,
  type Extra,
  type Flag,
  type FrameRejection,
  type FrameRejectionReason,
  type FrameValue,
  flags,
  type UplinkFrame,
} from "./models/device-model.ts";
export type { Example } from "./models/example.ts";
export { examplesOf } from "./models/examples-of.ts";
export { modelOf, models } from "./models/models.ts";
export { similarModels } from "./models/similar-models.ts";
export { deviceTimeMs } from "./payloads/device-time.ts";
export {
  Command,
  CommandAck,
  Config,
  DeviceTime,
  Status,
  Telemetry,
  TelemetryItem,
  TelemetryValue,
} from "./payloads/native.ts";
export { quantities, quantityOf } from "./quantities/quantities.ts";
export type { Quantity } from "./quantities/quantity.ts";
export type { Reading } from "./reading.ts";
export { type Consent, type ConsentPurpose, consentPurposes, type NewConsent } from "./registry/consent.ts";
export { type Cultivation, CultivationFields, type CultivationTold } from "./registry/cultivation.ts";
export type { Device, DevicePatch, NewDevice } from "./registry/device.ts";
export type { Gateway, GatewayPatch, NewGateway } from "./registry/gateway.ts";
export {
  type ImportedDevice,
  type ImportProblem,
  type ImportReport,
  importDevices,
} from "./registry/import-devices.ts";
export type { Change, ChangeAction, ChangeKind } from "./registry/ledger.ts";
export type { Placement } from "./registry/moves.ts";
export {
  type AddressKind,
  addressKinds,
  addressOf,
  type Language,
  languages,
  type Medium,
  media,
  type NewPerson,
  type Person,
  type PersonPatch,
  type Role,
  roles,
  Telling,
} from "./registry/person.ts";
export { maskedEmail, maskedPhone } from "./registry/phone.ts";
export { type NewPlace, type Place, type PlaceKind, type PlacePatch, placeKinds } from "./registry/place.ts";
export { openRegistry, type Registry } from "./registry/registry.ts";
export { RegistryError, type RegistryErrorCode } from "./registry/registry-error.ts";
export type { NewService, Service, ServicePatch } from "./registry/service.ts";
export {
  alertTopic,
  type Channel,
  channels,
  type DeviceTopic,
  type DeviceTopics,
  deviceIdRule,
  type ForeignSystem,
  type ForeignTopic,
  isDeviceId,
  isTopicFilter,
  parseForeignTopic,
  parseTopic,
  topicsOf,
} from "./topics.ts";
export { type Conversion, conversion, convert, converted, isUnit, unitsLike } from "./units/units.ts";
export type { Uplink } from "./uplink.ts";
