export { createNotifiers } from "./create-notifiers.ts";
export { notifierFilesFrom } from "./files-from.ts";
export { notifiers } from "./notifier-kinds.ts";
export type { CreateNotifier, NotifierParts, Publish } from "./notifier-parts.ts";
