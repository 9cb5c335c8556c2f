import type { Alert, AlertState, AlertStep, AlertStepKind } from "../../alerts/index.ts";
import { severities } from "../../rules/index.ts";
import { belongingTags } from "./device-points.ts";
import { stateFields, stateMeasurements, stateTags } from "./names.ts";
import { type StatePoint, statePoint } from "./state-line.ts";
import type { DeviceNow } from "./state-parts.ts";

/** What happened to an alert, each step at its time. A repeated step is the same point. */
export function stepPoints(
  alert: Alert,
  steps: readonly AlertStep[],
  device: DeviceNow | undefined,
): StatePoint[] {
  let state: AlertState = "firing";
  return steps.map(({ atMs, what, severity }) => {
    state = stateAfter[what] ?? state;
    const level = state === "resolved" ? 0 : levelOf(severity);
    return pointOf(alert, device, atMs, { level, began: what === "fired" ? 1 : null, state });
  });
}

/** Steps that are not here leave the state as it was. */
const stateAfter: Partial<Record<AlertStepKind, AlertState>> = {
  fired: "firing",
  worsened: "firing",
  acknowledged: "acknowledged",
  snoozed: "snoozed",
  woke: "firing",
  resolved: "resolved",
};

/**
 * How the alert stands at the time of a pass. Steps carry device time, which lies before the passes that did not know of
 * them yet: without this point the newest one of an alert that is over could still say that it fires.
 */
export function standingPoint(alert: Alert, device: DeviceNow | undefined, atMs: number): StatePoint {
  const level = alert.state === "resolved" ? 0 : levelOf(alert.severity);
  return pointOf(alert, device, atMs, { level, began: null, state: alert.state });
}

function pointOf(
  alert: Alert,
  device: DeviceNow | undefined,
  atMs: number,
  now: { readonly level: number; readonly began: number | null; readonly state: AlertState },
): StatePoint {
  return statePoint({
    measurement: stateMeasurements.alerts,
    tags: { ...belongingTags(device), [stateTags.device]: alert.device, [stateTags.rule]: alert.rule },
    fields: {
      [stateFields.level]: now.level,
      [stateFields.began]: now.began,
      [stateFields.state]: now.state,
      [stateFields.title]: alert.title.vi,
      [stateFields.titleEnglish]: alert.title.en,
      [stateFields.since]: alert.sinceMs,
      [stateFields.deviceName]: alert.deviceName,
      [stateFields.placeName]: alert.placeName ?? "",
    },
    atMs,
  });
}

function levelOf(severity: Alert["severity"]): number {
  return severities.indexOf(severity) + 1;
}
