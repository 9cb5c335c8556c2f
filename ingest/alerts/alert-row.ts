import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { Severity, Texts } from "../rules/index.ts";
import type { Alert, AlertState, ResolveReason } from "./alert.ts";
import type { AlertChange, OpenAlert, Withheld } from "./alert-ledger.ts";

/** A row of the table `alerts`. */
export interface AlertRow {
  readonly id: string;
  readonly rule: string;
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly device: string;
  readonly device_name: string;
  readonly place: string | null;
  readonly place_name: string | null;
  readonly linkage_model: string | null;
  readonly silent_devices: string;
  readonly quantity: string | null;
  readonly value: number | null;
  readonly limit: number | null;
  readonly title: string;
  readonly advice: string;
  readonly since_ms: number;
  readonly fired_at_ms: number;
  readonly acknowledged_at_ms: number | null;
  readonly acknowledged_by: string | null;
  readonly snoozed_until_ms: number | null;
  readonly resolved_at_ms: number | null;
  readonly resolved_because: ResolveReason | null;
  readonly withheld: Withheld["because"] | null;
  readonly withheld_until_ms: number | null;
  readonly act_by_ms: number | null;
}

export function alertOf(row: AlertRow): Alert {
  return {
    id: row.id,
    rule: row.rule,
    severity: row.severity,
    state: row.state,
    device: row.device,
    deviceName: row.device_name,
    place: row.place,
    placeName: row.place_name,
    linkageModel: row.linkage_model,
    silentDevices: JSON.parse(row.silent_devices) as string[],
    quantity: row.quantity,
    value: row.value,
    limit: row.limit,
    title: JSON.parse(row.title) as Texts,
    advice: JSON.parse(row.advice) as Texts,
    sinceMs: row.since_ms,
    firedAtMs: row.fired_at_ms,
    actByMs: row.act_by_ms,
    acknowledgedAtMs: row.acknowledged_at_ms,
    acknowledgedBy: row.acknowledged_by,
    snoozedUntilMs: row.snoozed_until_ms,
    resolvedAtMs: row.resolved_at_ms,
    resolvedBecause: row.resolved_because,
  };
}

/** An alert that was open when it was saved, as the ledger takes it up again. */
export function openAlertOf(row: AlertRow & { readonly steps: number }): OpenAlert {
  const { fingerprint, steps, withheld, withheld_until_ms } = row;
  return {
    alert: alertOf(row),
    fingerprint,
    steps,
    withheld: withheld && { because: withheld, untilMs: withheld_until_ms },
  };
}

export function prepareSaveAlert(db: DatabaseSync): (change: AlertChange) => void {
  const save = db.prepare(`
    INSERT INTO alerts VALUES (:id, :rule, :fingerprint, :severity, :state, :device, :device_name, :place, :place_name,
      :linkage_model, :silent_devices, :quantity, :value, :limit, :title, :advice, :since_ms, :fired_at_ms,
      :acknowledged_at_ms, :acknowledged_by, :snoozed_until_ms, :resolved_at_ms, :resolved_because, :withheld, :withheld_until_ms, :act_by_ms)
    ON CONFLICT DO UPDATE SET state = excluded.state, severity = excluded.severity, silent_devices = excluded.silent_devices,
      value = excluded.value, "limit" = excluded."limit", title = excluded.title, advice = excluded.advice,
      acknowledged_at_ms = excluded.acknowledged_at_ms, acknowledged_by = excluded.acknowledged_by,
      snoozed_until_ms = excluded.snoozed_until_ms, act_by_ms = excluded.act_by_ms,
      resolved_at_ms = excluded.resolved_at_ms, resolved_because = excluded.resolved_because,
      withheld = excluded.withheld, withheld_until_ms = excluded.withheld_until_ms`);
  return ({ alert, fingerprint, withheld }) => {
    save.run({
      id: alert.id,
      rule: alert.rule,
      fingerprint,
      severity: alert.severity,
      state: alert.state,
      device: alert.device,
      device_name: alert.deviceName,
      place: alert.place,
      place_name: alert.placeName,
      linkage_model: alert.linkageModel,
      silent_devices: JSON.stringify(alert.silentDevices),
      quantity: alert.quantity,
      value: alert.value,
      limit: alert.limit,
      title: JSON.stringify(alert.title),
      advice: JSON.stringify(alert.advice),
      since_ms: alert.sinceMs,
      fired_at_ms: alert.firedAtMs,
      acknowledged_at_ms: alert.acknowledgedAtMs,
      acknowledged_by: alert.acknowledgedBy,
      snoozed_until_ms: alert.snoozedUntilMs,
      resolved_at_ms: alert.resolvedAtMs,
      resolved_because: alert.resolvedBecause,
      withheld: withheld?.because ?? null,
      withheld_until_ms: withheld?.untilMs ?? null,
      act_by_ms: alert.actByMs,
    });
  };
}
