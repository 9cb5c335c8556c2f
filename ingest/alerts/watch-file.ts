import { type DatabaseSync, openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { Position } from "../journal/journal.ts";
import type { Alert } from "./alert.ts";
import type { AlertChange } from "./alert-ledger.ts";
import { type AlertRow, alertOf, prepareSaveAlert } from "./alert-row.ts";
import { migrations } from "./schema.ts";

/** What one commit carries. All of it is kept, or nothing. */
export interface WatchCommit {
  readonly cursor: Position;
  readonly devices: Iterable<{
    readonly device: string;
    readonly lastSeenMs: number;
    memory(): string;
  }>;
  readonly removed: Iterable<string>;
  readonly alerts: readonly AlertChange[];
  readonly nowMs: number;
}

export interface SavedDevice {
  readonly device: string;
  readonly lastSeenMs: number;
  /** A `DeviceMemory` as JSON. */
  readonly memory: string;
}

export interface AlertQuery {
  /** open = firing or acknowledged */
  readonly state: "open" | "resolved" | "all";
  readonly device?: string | undefined;
  readonly limit: number;
}

/** Alerts, rule memories, outbox entries and cursor on disk. */
export interface WatchFile {
  readonly cursor: Position;
  devices(): SavedDevice[];
  openAlerts(): { readonly alert: Alert; readonly fingerprint: string }[];
  alerts(query: AlertQuery): Alert[];
  alert(id: string): Alert | undefined;
  /** @throws when the disk does not take it; nothing of it is kept then */
  commit(commit: WatchCommit): void;
  close(): void;
}

export function openWatchFile(file: string): WatchFile {
  const db = openSqlite(file, migrations);
  const save = prepareSave(db);
  const one = db.prepare("SELECT * FROM alerts WHERE id = ?");
  return {
    cursor: (db.prepare("SELECT position FROM cursor").get() as { position: number }).position,
    devices: () => db.prepare("SELECT * FROM devices").all().map(savedDevice),
    openAlerts: () =>
      (db.prepare("SELECT * FROM alerts WHERE state <> 'resolved'").all() as unknown as AlertRow[]).map(
        (row) => ({
          alert: alertOf(row),
          fingerprint: row.fingerprint,
        }),
      ),
    alerts: (query) => findAlerts(db, query),
    alert(id) {
      const row = one.get(id) as unknown as AlertRow | undefined;
      return row && alertOf(row);
    },
    commit: (commit) => transaction(db, () => save(commit)),
    close: () => db.close(),
  };
}

function findAlerts(db: DatabaseSync, { state, device, limit }: AlertQuery): Alert[] {
  const conditions = {
    all: "TRUE",
    open: "state <> 'resolved'",
    resolved: "state = 'resolved'",
  };
  const where = `${conditions[state]}${device === undefined ? "" : " AND device = :device"}`;
  const query = db.prepare(
    `SELECT * FROM alerts WHERE ${where} ORDER BY fired_at_ms DESC, id DESC LIMIT :limit`,
  );
  const rows = query.all({ limit, ...(device === undefined ? {} : { device }) });
  return (rows as unknown as AlertRow[]).map(alertOf);
}

function prepareSave(db: DatabaseSync): (commit: WatchCommit) => void {
  const saveDevice = db.prepare(`
    INSERT INTO devices VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET last_seen_ms = excluded.last_seen_ms, memory = excluded.memory`);
  const removeDevice = db.prepare("DELETE FROM devices WHERE device = ?");
  const saveCursor = db.prepare("UPDATE cursor SET position = ?");
  const saveAlert = prepareSaveAlert(db);
  const tell = prepareTell(db);
  return ({ cursor, devices, removed, alerts, nowMs }) => {
    // First: a device that was removed may be back already.
    for (const device of removed) removeDevice.run(device);
    for (const each of devices) saveDevice.run(each.device, each.lastSeenMs, each.memory());
    for (const change of alerts) {
      saveAlert(change);
      tell(change, nowMs);
    }
    saveCursor.run(cursor);
  };
}

const urgency = { critical: 0, warning: 1, info: 2 } as const;

/** Puts into the outbox what has to be told. Whoever was to hear that it fired hears that it is over, also when routes have changed since. */
function prepareTell(db: DatabaseSync): (change: AlertChange, nowMs: number) => void {
  const fired = db.prepare(`
    INSERT INTO outbox (id, alert, event, notifier, urgency, created_at_ms, state, next_try_at_ms)
    VALUES (:alert || '.fired.' || :notifier, :alert, 'fired', :notifier, :urgency, :now, 'waiting', :now)
    ON CONFLICT DO NOTHING`);
  const resolved = db.prepare(`
    INSERT INTO outbox (id, alert, event, notifier, urgency, created_at_ms, state, next_try_at_ms)
    SELECT alert || '.resolved.' || notifier, alert, 'resolved', notifier, urgency, :now, 'waiting', :now
    FROM outbox WHERE alert = :alert AND event = 'fired' ORDER BY place_in_line
    ON CONFLICT DO NOTHING`);
  return ({ alert, tellFired }, now) => {
    for (const notifier of tellFired)
      fired.run({ alert: alert.id, notifier, urgency: urgency[alert.severity], now });
    if (alert.state === "resolved") resolved.run({ alert: alert.id, now });
  };
}

function savedDevice(row: object): SavedDevice {
  const { device, last_seen_ms, memory } = row as { device: string; last_seen_ms: number; memory: string };
  return { device, lastSeenMs: last_seen_ms, memory };
}
