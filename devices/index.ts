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
export {
  alertTopic,
  type Channel,
  channels,
  type DeviceTopic,
  type DeviceTopics,
  deviceIdRule,
  isDeviceId,
  isTopicFilter,
  parseTopic,
  topicsOf,
} from "./topics.ts";
export type { Uplink } from "./uplink.ts";
