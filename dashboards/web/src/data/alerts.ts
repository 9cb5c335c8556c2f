import type { AlertInfo, Severity } from "../../../../app/http/shapes.ts";

const severityRank: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** What nobody has seen yet first, then by severity, then the newest. */
export function byUrgency(alerts: readonly AlertInfo[]): AlertInfo[] {
  return [...alerts].sort(
    (a, b) =>
      Number(a.state !== "firing") - Number(b.state !== "firing") ||
      severityRank[a.severity] - severityRank[b.severity] ||
      b.firedAtMs - a.firedAtMs,
  );
}

/**
 * The open alerts after one of them was raised, acknowledged or resolved. One that is known keeps its place until the next
 * fetch: it must not jump away from under the finger that acknowledges it.
 */
export function openAfter(open: readonly AlertInfo[], alert: AlertInfo): AlertInfo[] {
  if (alert.state === "resolved") return open.filter(({ id }) => id !== alert.id);
  const isKnown = open.some(({ id }) => id === alert.id);
  return isKnown ? open.map((other) => (other.id === alert.id ? alert : other)) : byUrgency([...open, alert]);
}

/** The alert as it will be once the server has recorded that somebody has seen it. */
export function acknowledgedBy(alert: AlertInfo, name: string, nowMs: number): AlertInfo {
  return alert.state === "firing"
    ? { ...alert, state: "acknowledged", acknowledgedAtMs: nowMs, acknowledgedBy: name }
    : alert;
}

/** The alert as it will be once the server has recorded that nobody wants to hear of it until then. */
export function snoozedUntil(alert: AlertInfo, untilMs: number): AlertInfo {
  return { ...alert, state: "snoozed", snoozedUntilMs: untilMs };
}

export function firingCount(open: readonly AlertInfo[]): number {
  return open.filter((alert) => alert.state === "firing").length;
}

export function worstSeverity(alerts: readonly AlertInfo[]): Severity | null {
  return alerts.reduce<Severity | null>(
    (worst, { severity }) =>
      worst === null || severityRank[severity] < severityRank[worst] ? severity : worst,
    null,
  );
}
