import { type DatabaseSync, openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { Position } from "../journal/journal.ts";
import type { Alert } from "./alert.ts";
import type { AlertChange, OpenAlert } from "./alert-ledger.ts";
import { type AlertRow, alertOf, openAlertOf, prepareSaveAlert } from "./alert-row.ts";
import type { AlertStep } from "./alert-step.ts";
import type { Audience } from "./audience.ts";
import { type PersonRecords, personRecordsIn } from "./person-records.ts";
import { type Keep, preparePrune } from "./prune.ts";
import { migrations } from "./schema.ts";
import { prepareTell } from "./tell.ts";

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
  /** open = not resolved */
  readonly state: "open" | "resolved" | "all";
  readonly device?: string | undefined;
  readonly limit: number;
}

/** The end is not included. */
export interface AcknowledgedIn {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Alerts, rule memories, outbox entries and cursor on disk. */
export interface WatchFile {
  readonly cursor: Position;
  devices(): SavedDevice[];
  openAlerts(): OpenAlert[];
  alerts(query: AlertQuery): Alert[];
  alert(id: string): Alert | undefined;
  acknowledgedAt(device: string, span: AcknowledgedIn): readonly number[];
  /** Of one alert, in order. */
  history(id: string): AlertStep[];
  /** Deletes what is older than it is kept; some of it, so that nobody waits. @returns how many alerts went */
  prune(nowMs: number, keep: Keep): number;
  readonly persons: PersonRecords;
  /** @throws when the disk does not take it; nothing of it is kept then */
  commit(commit: WatchCommit): void;
  close(): void;
}

export function openWatchFile(file: string, audience: Audience): WatchFile {
  const db = openSqlite(file, migrations);
  const save = prepareSave(db, audience);
  const prune = preparePrune(db);
  const history = db.prepare(
    "SELECT at_ms AS atMs, what, who, severity, detail FROM steps WHERE alert = ? ORDER BY number",
  );
  const one = db.prepare("SELECT * FROM alerts WHERE id = ?");
  const acknowledged = db.prepare(`
    SELECT acknowledged_at_ms AS atMs FROM alerts
    WHERE device = ? AND acknowledged_by IS NOT NULL AND acknowledged_at_ms >= ? AND acknowledged_at_ms < ?
    ORDER BY acknowledged_at_ms`);
  return {
    cursor: (db.prepare("SELECT position FROM cursor").get() as { position: number }).position,
    devices: () => db.prepare("SELECT * FROM devices").all().map(savedDevice),
    openAlerts: () =>
      db
        .prepare(
          "SELECT a.*, (SELECT count(*) FROM steps WHERE alert = a.id) AS steps FROM alerts a WHERE state <> 'resolved'",
        )
        .all()
        .map((row) => openAlertOf(row as unknown as AlertRow & { steps: number })),
    alerts: (query) => findAlerts(db, query),
    alert(id) {
      const row = one.get(id) as unknown as AlertRow | undefined;
      return row && alertOf(row);
    },
    acknowledgedAt: (device, { fromMs, toMs }) =>
      acknowledged.all(device, fromMs, toMs).map((row) => (row as { atMs: number }).atMs),
    history: (id) => history.all(id) as unknown as AlertStep[],
    prune: (nowMs, keep) => transaction(db, () => prune(nowMs, keep)),
    persons: personRecordsIn(db),
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

function prepareSave(db: DatabaseSync, audience: Audience): (commit: WatchCommit) => void {
  const saveDevice = db.prepare(`
    INSERT INTO devices VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET last_seen_ms = excluded.last_seen_ms, memory = excluded.memory`);
  const removeDevice = db.prepare("DELETE FROM devices WHERE device = ?");
  const saveCursor = db.prepare("UPDATE cursor SET position = ?");
  const saveAlert = prepareSaveAlert(db);
  // A step that is saved again is the same step: one that could not be saved would keep everything after it from being saved.
  const saveStep = db.prepare("INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const tell = prepareTell(db, audience);
  return ({ cursor, devices, removed, alerts, nowMs }) => {
    // First: a device that was removed may be back already.
    for (const device of removed) removeDevice.run(device);
    for (const each of devices) saveDevice.run(each.device, each.lastSeenMs, each.memory());
    for (const change of alerts) {
      saveAlert(change);
      let number = change.firstStep;
      for (const { atMs, what, who, severity, detail } of change.steps)
        saveStep.run(change.alert.id, number++, atMs, what, who, severity, detail);
      tell(change, nowMs);
    }
    saveCursor.run(cursor);
  };
}

function savedDevice(row: object): SavedDevice {
  const { device, last_seen_ms, memory } = row as { device: string; last_seen_ms: number; memory: string };
  return { device, lastSeenMs: last_seen_ms, memory };
}
