import type { Migration } from "../../sqlite/open-sqlite.ts";

/** Alerts, what rules remember, the outbox and the cursor live in one file, because they change in one transaction. */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE cursor (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL
  ) STRICT;
  INSERT INTO cursor VALUES (1, 0);

  CREATE TABLE devices (
    device TEXT PRIMARY KEY,
    last_seen_ms INTEGER NOT NULL,
    memory TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE alerts (
    id TEXT PRIMARY KEY,
    rule TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    severity TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('firing', 'acknowledged', 'resolved')),
    device TEXT NOT NULL,
    device_name TEXT NOT NULL,
    place TEXT,
    place_name TEXT,
    linkage_model TEXT,
    quantity TEXT,
    value REAL,
    "limit" REAL,
    title TEXT NOT NULL,
    advice TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    fired_at_ms INTEGER NOT NULL,
    acknowledged_at_ms INTEGER,
    acknowledged_by TEXT,
    resolved_at_ms INTEGER,
    resolved_because TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alerts_open ON alerts (fired_at_ms) WHERE state <> 'resolved';
  CREATE INDEX alerts_resolved ON alerts (fired_at_ms) WHERE state = 'resolved';
  CREATE INDEX alerts_by_time ON alerts (fired_at_ms);
  CREATE INDEX alerts_by_device ON alerts (device, fired_at_ms);

  CREATE TABLE outbox (
    place_in_line INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    alert TEXT NOT NULL REFERENCES alerts (id),
    event TEXT NOT NULL CHECK (event IN ('fired', 'resolved')),
    notifier TEXT NOT NULL,
    urgency INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'delivered', 'failed', 'superseded')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER,
    problem TEXT
  ) STRICT;
  CREATE INDEX outbox_unfinished ON outbox (notifier, urgency, place_in_line) WHERE finished_at_ms IS NULL;
  CREATE INDEX outbox_by_alert ON outbox (alert, notifier);
  CREATE INDEX outbox_failed ON outbox (notifier) WHERE state = 'failed';

  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    notification TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    started_at_ms INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_by_notification ON deliveries (notification);
  `,
];
