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
  // Snoozing, histories, and messages to persons. SQLite cannot change a CHECK: the two tables are made anew.
  `
  CREATE TABLE new_alerts (
    id TEXT PRIMARY KEY,
    rule TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    severity TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('firing', 'acknowledged', 'snoozed', 'resolved')),
    device TEXT NOT NULL,
    device_name TEXT NOT NULL,
    place TEXT,
    place_name TEXT,
    linkage_model TEXT,
    silent_devices TEXT NOT NULL,
    quantity TEXT,
    value REAL,
    "limit" REAL,
    title TEXT NOT NULL,
    advice TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    fired_at_ms INTEGER NOT NULL,
    acknowledged_at_ms INTEGER,
    acknowledged_by TEXT,
    snoozed_until_ms INTEGER,
    resolved_at_ms INTEGER,
    resolved_because TEXT,
    -- Why nobody is told of it yet, and until when; NULL when it is told.
    withheld TEXT CHECK (withheld IN ('history', 'flapping')),
    withheld_until_ms INTEGER
  ) STRICT, WITHOUT ROWID;
  INSERT INTO new_alerts
    SELECT id, rule, fingerprint, severity, state, device, device_name, place, place_name, linkage_model, '[]', quantity, value,
      "limit", title, advice, since_ms, fired_at_ms, acknowledged_at_ms, acknowledged_by, NULL, resolved_at_ms, resolved_because,
      NULL, NULL
    FROM alerts;

  CREATE TABLE new_outbox (
    place_in_line INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    alert TEXT NOT NULL REFERENCES new_alerts (id),
    event TEXT NOT NULL,
    notifier TEXT NOT NULL,
    -- NULL: whoever the notifier's own configuration names.
    person TEXT,
    -- What this person writes after OK to acknowledge this alert.
    code INTEGER,
    urgency INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    state TEXT NOT NULL
      CHECK (state IN ('waiting', 'sending', 'delivered', 'failed', 'superseded', 'withheld')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER,
    problem TEXT,
    -- Id of the message that carries it together with others.
    sent_with TEXT
  ) STRICT;
  INSERT INTO new_outbox
    SELECT place_in_line, id, alert, event, notifier, NULL, NULL, urgency, created_at_ms, state, attempts, next_try_at_ms,
      finished_at_ms, problem, NULL
    FROM outbox;
  DROP TABLE outbox;
  DROP TABLE alerts;
  ALTER TABLE new_alerts RENAME TO alerts;
  ALTER TABLE new_outbox RENAME TO outbox;

  CREATE INDEX alerts_open ON alerts (fired_at_ms) WHERE state <> 'resolved';
  CREATE INDEX alerts_resolved ON alerts (fired_at_ms) WHERE state = 'resolved';
  CREATE INDEX alerts_by_time ON alerts (fired_at_ms);
  CREATE INDEX alerts_by_device ON alerts (device, fired_at_ms);
  CREATE INDEX alerts_by_end ON alerts (resolved_at_ms) WHERE state = 'resolved';
  CREATE INDEX outbox_unfinished ON outbox (notifier, urgency, place_in_line) WHERE finished_at_ms IS NULL;
  CREATE INDEX outbox_by_alert ON outbox (alert, notifier, person);
  CREATE INDEX outbox_by_person ON outbox (person, created_at_ms) WHERE person IS NOT NULL;
  CREATE INDEX outbox_failed ON outbox (notifier) WHERE state = 'failed';

  CREATE TABLE steps (
    alert TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    what TEXT NOT NULL,
    who TEXT,
    severity TEXT NOT NULL,
    detail TEXT,
    PRIMARY KEY (alert, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX steps_by_person ON steps (who) WHERE who IS NOT NULL;
  INSERT INTO steps SELECT id, 0, fired_at_ms, 'fired', NULL, severity, NULL FROM alerts;
  INSERT INTO steps
    SELECT id, 1, acknowledged_at_ms, 'acknowledged', acknowledged_by, severity, NULL FROM alerts WHERE acknowledged_at_ms IS NOT NULL;
  INSERT INTO steps
    SELECT id, 2, resolved_at_ms, 'resolved', NULL, severity, resolved_because FROM alerts WHERE resolved_at_ms IS NOT NULL;
  `,
  // What is tried again is looked for at every claim, and is little beside what waits for the morning.
  `
  CREATE INDEX outbox_retried ON outbox (notifier) WHERE finished_at_ms IS NULL AND attempts > 0;
  CREATE INDEX outbox_unfinished_by_person ON outbox (person, notifier) WHERE finished_at_ms IS NULL;
  `,
  // Each message looks for those that it carried, and for what else is open on its device: among few, not in a season's history.
  `
  CREATE INDEX outbox_carried ON outbox (sent_with) WHERE sent_with IS NOT NULL;
  CREATE INDEX alerts_open_by_device ON alerts (device, fired_at_ms) WHERE state <> 'resolved';
  `,
  "ALTER TABLE alerts ADD COLUMN act_by_ms INTEGER",
  // The first message of the same news to the same person, for which this one stands in because it did not get through.
  `
  ALTER TABLE outbox ADD COLUMN stands_in_for TEXT;
  CREATE INDEX outbox_standing_in ON outbox (stands_in_for) WHERE stands_in_for IS NOT NULL;
  `,
  // Who switched which rule on or off, or left it to the configuration again (armed is NULL). The last word on a rule counts.
  `
  CREATE TABLE armings (
    number INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    armed INTEGER CHECK (armed IN (0, 1)),
    fingerprint TEXT NOT NULL,
    who TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    reason TEXT
  ) STRICT;
  CREATE INDEX armings_by_rule ON armings (rule, number);
  `,
];
