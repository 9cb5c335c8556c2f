import type { Migration } from "../../sqlite/open-sqlite.ts";

/** What has to outlive the broker's process: who listens to what, and what waits for whom. */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE sessions (
    client TEXT PRIMARY KEY,
    last_seen_ms INTEGER            -- NULL while connected
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE subscriptions (
    client TEXT NOT NULL,
    filter TEXT NOT NULL,
    options TEXT NOT NULL,          -- JSON: qos and, from bridges, rh, rap, nl
    PRIMARY KEY (client, filter)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE queued (
    seq INTEGER PRIMARY KEY,        -- the order of delivery, across restarts
    client TEXT NOT NULL,
    cmd TEXT NOT NULL,              -- publish, or pubrel once the device has received a QoS 2 message
    topic TEXT,
    payload BLOB,
    qos INTEGER NOT NULL,
    message_id INTEGER,             -- set once it was sent
    queued_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE retained (
    topic TEXT PRIMARY KEY,
    payload BLOB NOT NULL,
    qos INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE wills (
    client TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    payload BLOB NOT NULL,
    qos INTEGER NOT NULL,
    retain INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
