import type { Alert } from "../../alerts/index.ts";
import { createInfluxClient, type InfluxClient } from "../influxdb/influx-client.ts";
import { identifier, within } from "../influxdb/influxql.ts";
import { always } from "../influxdb/queries.ts";
import { writePoints } from "../influxdb/write-points.ts";
import { standingPoint, stepPoints } from "./alert-points.ts";
import { communePoints, DevicePoints, passEveryMs } from "./device-points.ts";
import { stateFields, stateMeasurements } from "./names.ts";
import { scoreboardPoints } from "./scoreboard-points.ts";
import { type StatePoint, statePoint } from "./state-line.ts";
import type { InfluxStateParts } from "./state-parts.ts";

/** Writes how devices, alerts and linkage models are beside the readings. What is written twice is there once. */
export interface InfluxState {
  /** To be called about once a second; begins a pass when one is due. */
  tick(nowMs: number): void;
  /** Writes what there is to write now. @throws InfluxError when the database does not take it: it comes again */
  pass(nowMs: number): Promise<void>;
  /** Waits for the pass under way. */
  close(): Promise<void>;
}

const scoreboardEveryMs = 3_600_000;
const dayMs = 86_400_000;
const linesAtOnce = 5_000;
/** A farm with more open alerts has other worries than a board. */
const mostAlerts = 100_000;

export function openInfluxState(parts: InfluxStateParts): InfluxState {
  const { alerts, log } = parts;
  const client = createInfluxClient(parts.settings, { now: parts.now });
  const devicePoints = new DevicePoints();
  /** Ids of alerts of which something is not written yet. */
  let changed = new Set<string>();
  const stopListening = alerts.onAlert(({ id }) => changed.add(id));
  /** Those that were open in the pass before; null before the first one. */
  let openBefore: readonly string[] | null = null;
  let passDueMs = Number.NEGATIVE_INFINITY;
  let scoreboardDueMs = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | null = null;

  async function pass(nowMs: number): Promise<void> {
    const open = alerts.alerts({ state: "open", limit: mostAlerts });
    const openNow = new Set(open.map(({ id }) => id));
    // An alert of which nobody was told ends without a word.
    const unheard =
      openBefore?.filter((id) => !openNow.has(id)) ?? changedSince(alerts, await lastPassMs(client));
    const told = new Set([...changed, ...unheard]);
    changed = new Set();
    try {
      // First, since it may know better what things are called.
      const counted = await scoreboard(nowMs);
      await write([...stateNow(nowMs, told, open), ...counted]);
      // Last, because the next start takes up from here.
      await write([servicePoint(nowMs)]);
    } catch (error) {
      changed = new Set([...told, ...changed]);
      throw error;
    }
    devicePoints.stored();
    openBefore = [...openNow];
  }

  function stateNow(nowMs: number, told: ReadonlySet<string>, open: readonly Alert[]): StatePoint[] {
    const openByDevice = Map.groupBy(open, ({ device }) => device);
    const devices = parts.devices();
    const byId = new Map(devices.map((device) => [device.id, device]));
    const changedAlerts = [...told].map((id) => alerts.alert(id)).filter((alert) => alert !== undefined);
    return [
      ...devicePoints.points(devices, openByDevice, nowMs),
      ...communePoints(devices, openByDevice, nowMs),
      ...changedAlerts.flatMap((alert) =>
        stepPoints(alert, alerts.history(alert.id), byId.get(alert.device)),
      ),
      ...[...open, ...changedAlerts.filter((alert) => isNewlyOver(alert, nowMs))].map((alert) =>
        standingPoint(alert, byId.get(alert.device), nowMs),
      ),
    ];
  }

  async function scoreboard(nowMs: number): Promise<StatePoint[]> {
    if (parts.scoreboard === null || nowMs < scoreboardDueMs) return [];
    const found = await parts.scoreboard(nowMs).catch((error: Error) => {
      log.warn({ words: error.message }, "linkage models could not be counted for the boards");
      return null;
    });
    scoreboardDueMs = nowMs + scoreboardEveryMs;
    return found === null ? [] : scoreboardPoints(found, nowMs);
  }

  function servicePoint(atMs: number): StatePoint {
    const { waitingUplinks, quarantined } = parts.service();
    const fields = {
      [stateFields.pass]: 1,
      [stateFields.waitingUplinks]: waitingUplinks,
      [stateFields.quarantined]: quarantined,
    };
    return statePoint({ measurement: stateMeasurements.service, tags: {}, fields, atMs });
  }

  async function write(points: readonly StatePoint[]): Promise<void> {
    for (let at = 0; at < points.length; at += linesAtOnce) {
      const refused = await writePoints(client, points.slice(at, at + linesAtOnce));
      const [first] = refused;
      if (first !== undefined)
        log.warn({ points: refused.length, words: first.words }, "InfluxDB refused points of the state");
    }
  }

  return {
    pass,
    tick(nowMs) {
      if (underWay !== null || nowMs < passDueMs) return;
      passDueMs = nowMs + passEveryMs;
      underWay = pass(nowMs)
        .catch((error: Error) => log.warn({ words: error.message }, "the state for boards was not written"))
        .finally(() => {
          underWay = null;
        });
    },
    async close() {
      stopListening();
      await underWay;
    },
  };
}

/** Of one that was over long ago only its history is told. */
function isNewlyOver({ resolvedAtMs }: Alert, nowMs: number): boolean {
  return resolvedAtMs !== null && nowMs - resolvedAtMs < dayMs;
}

/** When a pass was finished last, of whichever process; null when never. */
async function lastPassMs(client: Pick<InfluxClient, "ask">): Promise<number | null> {
  const found = await client.ask(
    `SELECT last(${identifier(stateFields.pass)}) FROM ${identifier(stateMeasurements.service)} WHERE ${within(always)}`,
  );
  return (found[0]?.rows[0]?.[0] as number | undefined) ?? null;
}

/** Alerts that may have changed since: all when that is null. Steps have device time, hence the day. */
function changedSince(alerts: InfluxStateParts["alerts"], sinceMs: number | null): string[] {
  const fromMs = (sinceMs ?? Number.NEGATIVE_INFINITY) - dayMs;
  return alerts
    .alerts({ state: "all", limit: mostAlerts })
    .filter(({ resolvedAtMs }) => resolvedAtMs === null || resolvedAtMs >= fromMs)
    .map(({ id }) => id);
}
