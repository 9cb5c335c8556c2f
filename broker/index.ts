export type {
  Broker,
  BrokerUsage,
  Credentials,
  Log,
  PresenceListener,
  PublishOptions,
  ServiceRights,
  UplinkSink,
  UplinkUsage,
} from "./broker.ts";
export { type BrokerSettings, brokerSettings } from "./broker-settings.ts";
export { type BrokerParts, openBroker } from "./open-broker.ts";
export { type RefusalReason, refusalReasons } from "./refusals.ts";
