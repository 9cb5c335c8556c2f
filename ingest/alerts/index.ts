export type { Alert, AlertState, ResolveReason } from "./alert.ts";
export { resolveReasons } from "./alert.ts";
export { type AlertStep, type AlertStepKind, alertStepKinds } from "./alert-step.ts";
export { type Armed, type Arming, ArmingError, type ArmingWord, openArming } from "./arming.ts";
export type { Audience, MessageMark, Telling } from "./audience.ts";
export { gatewayOfAlert, type Names } from "./compose-alert.ts";
export { type Courier, type CourierCounters, type CourierParts, createCourier } from "./courier.ts";
export type { Log } from "./log.ts";
export { maskPersonal } from "./mask-personal.ts";
export { type Note, type Notes, openNotes } from "./notes.ts";
export {
  type AlertEvent,
  DeliveryError,
  type DeliveryFailure,
  deliveryFailures,
  type Notification,
  type Notifier,
  type ProviderCall,
  type Recipient,
  type Replies,
  type Reply,
} from "./notifier.ts";
export { openWatch } from "./open-watch.ts";
export type { Delivery, Outbox, OutboxCount, OutboxMessage } from "./outbox.ts";
export {
  openPersonRecords,
  type PersonalAction,
  type PersonalMessage,
  type PersonRecords,
} from "./person-records.ts";
export type { Keep } from "./prune.ts";
export { type RetryPolicy, usualRetries } from "./retry-policy.ts";
export type { Watch, WatchCounters, WatchParts } from "./watch.ts";
export type { AlertQuery } from "./watch-file.ts";
export { spanInWords, timeInWords, valueInWords } from "./wording.ts";
