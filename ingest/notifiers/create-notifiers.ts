import type { Notifier } from "../alerts/index.ts";
import type { CreateNotifier, NotifierParts } from "./notifier-parts.ts";

/** Wires the configured notifiers, each under its name. */
export function createNotifiers(
  configured: Readonly<Record<string, CreateNotifier>>,
  parts: Omit<NotifierParts, "name">,
): Record<string, Notifier> {
  return Object.fromEntries(
    Object.entries(configured).map(([name, create]) => [name, create({ ...parts, name })]),
  );
}
