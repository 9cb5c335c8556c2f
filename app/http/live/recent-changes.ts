import type { Reading } from "../../../devices/index.ts";
import type { AlertInfo } from "../shapes.ts";
import {
  type ConnectionState,
  createConnectionState,
  createReadingsState,
  type DeviceState,
  type ReadingsState,
} from "./device-state.ts";
import { eventText } from "./event-text.ts";

/**
 * What changed lately, in steps: everything since the last `nextStep()` belongs to the step that is under way. A page that has
 * seen all of step 7 is told what belongs to 8 and later: how each device that changed stands now, and each alert.
 */
export interface RecentChanges {
  readonly step: number;
  addReadings(readings: readonly Reading[]): void;
  addConnection(device: string, connected: boolean, available: boolean): void;
  addAlert(alert: AlertInfo): KeptAlert;
  /** Ends the step, and tells what changed in it. */
  nextStep(): readonly DeviceState[];
  statesAfter(step: number): DeviceState[];
  /** Null when some of those that came after this step are forgotten. */
  alertsAfter(step: number): readonly KeptAlert[] | null;
}

export interface KeptAlert {
  readonly step: number;
  /** Where the device stood when it fired. */
  readonly place: string | null;
  /** As it goes over the wire. */
  readonly text: string;
}

/** @param mostAlerts how many changes of alerts are kept for pages that come back */
export function createRecentChanges(mostAlerts: number): RecentChanges {
  const readingsStates = new Map<string, ReadingsState>();
  const connectionStates = new Map<string, ConnectionState>();
  let step = 1;
  let changed: DeviceState[] = [];
  let alerts: KeptAlert[] = [];
  let forgottenStep = 0;

  function toChange<State extends DeviceState>(
    states: Map<string, State>,
    device: string,
    create: (device: string) => State,
  ): State {
    let state = states.get(device);
    if (state === undefined) {
      state = create(device);
      states.set(device, state);
    }
    if (state.changedInStep !== step) {
      state.changedInStep = step;
      changed.push(state);
    }
    return state;
  }

  /** Half at a time, so that it costs nothing an alert. */
  function forgetOlderHalf(): void {
    const forgotten = alerts.length >> 1;
    forgottenStep = alerts[forgotten - 1]!.step;
    alerts = alerts.slice(forgotten);
  }

  return {
    get step() {
      return step;
    },
    addReadings(readings) {
      // This stands in the way of every uplink; the readings of one uplink stand together.
      let state: ReadingsState | undefined;
      for (const reading of readings) {
        if (!reading.live) continue;
        if (state?.device !== reading.device)
          state = toChange(readingsStates, reading.device, createReadingsState);
        state.take(reading);
      }
    },
    addConnection(device, connected, available) {
      toChange(connectionStates, device, createConnectionState).become(connected, available);
    },
    addAlert(alert) {
      const kept = { step, place: alert.place, text: eventText({ type: "alert", alert }) };
      alerts.push(kept);
      if (alerts.length > mostAlerts) forgetOlderHalf();
      return kept;
    },
    nextStep() {
      const ended = changed;
      changed = [];
      step += 1;
      return ended;
    },
    statesAfter(after) {
      const states = [...readingsStates.values(), ...connectionStates.values()];
      return states.filter((state) => state.changedInStep > after);
    },
    alertsAfter(after) {
      return after < forgottenStep ? null : alerts.filter((alert) => alert.step > after);
    },
  };
}
