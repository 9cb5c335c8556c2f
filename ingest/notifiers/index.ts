export { createNotifiers } from "./create-notifiers.ts";
export { type Message, messageOf } from "./message.ts";
export { notifiers } from "./notifier-kinds.ts";
export type { CreateNotifier, NotifierParts, Publish } from "./notifier-parts.ts";
