/** An alert as the platform publishes it while it is open; what else it says is handed on as it is. */
export interface PublishedAlert {
  readonly id: string;
  readonly rule: string;
  readonly severity: "info" | "warning" | "critical";
  readonly state: string;
  readonly [field: string]: unknown;
}

export type AlertEvent = "fired" | "worsened" | "over";

/** The open alerts by their topics: what the flow has been told. */
export type OpenAlerts = Readonly<Record<string, readonly PublishedAlert[]>>;

export interface AlertNews {
  readonly event: AlertEvent;
  readonly alert: PublishedAlert;
}

const severities = ["info", "warning", "critical"] as const;
export const graveness = (severity: PublishedAlert["severity"]) => severities.indexOf(severity);

/**
 * What is new in a message, which is always the whole of what is open on its topic; told again after a reconnection, it is
 * no news.
 *
 * @param payload empty: nothing is open there any more
 */
export function newsIn(
  known: OpenAlerts,
  topic: string,
  payload: string,
): { readonly open: OpenAlerts; readonly news: readonly AlertNews[] } {
  const before = known[topic] ?? [];
  const now = payload === "" ? [] : (JSON.parse(payload) as { alerts: readonly PublishedAlert[] }).alerts;
  const { [topic]: _gone, ...others } = known;
  const ended = before.filter(({ id }) => !now.some((alert) => alert.id === id));
  return {
    open: now.length === 0 ? others : { ...others, [topic]: now },
    news: [
      ...ended.map((alert) => ({ event: "over" as const, alert: { ...alert, state: "resolved" } })),
      ...now.flatMap((alert) => newsOf(alert, before)),
    ],
  };
}

function newsOf(alert: PublishedAlert, before: readonly PublishedAlert[]): AlertNews[] {
  const known = before.find(({ id }) => id === alert.id);
  if (known === undefined) return [{ event: "fired", alert }];
  return graveness(alert.severity) > graveness(known.severity) ? [{ event: "worsened", alert }] : [];
}
