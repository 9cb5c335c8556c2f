import type { Migration } from "../../sqlite/open-sqlite.ts";

/**
 * An uplink is written once, whatever is wrong with it; an entry is one rejection of it, or many of the last ones
 * together. Triggers keep the sums, so that they are also right when another process has mended something.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE uplinks (
    position INTEGER PRIMARY KEY,
    device TEXT NOT NULL,
    topic TEXT NOT NULL,
    received_at_ms INTEGER NOT NULL,
    payload BLOB NOT NULL,
    decoder TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    resolved_at_ms INTEGER
  ) STRICT;
  CREATE INDEX uplinks_by_device ON uplinks (device, position);
  CREATE INDEX uplinks_by_time ON uplinks (received_at_ms);
  CREATE INDEX uplinks_resolved ON uplinks (position) WHERE resolved_at_ms IS NOT NULL;

  CREATE TABLE entries (
    position INTEGER NOT NULL REFERENCES uplinks ON DELETE CASCADE,
    place INTEGER NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    quantity TEXT,
    measured_at_ms INTEGER,
    rejections INTEGER NOT NULL,
    open INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (position, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_by_reason ON entries (reason, position) WHERE open;

  CREATE TABLE tallies (reason TEXT PRIMARY KEY, rejections INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO state VALUES ('cursor', 0), ('bytes', 0), ('dropped', 0);

  CREATE TRIGGER entry_added AFTER INSERT ON entries WHEN new.open BEGIN
    INSERT INTO tallies VALUES (new.reason, new.rejections)
      ON CONFLICT DO UPDATE SET rejections = rejections + excluded.rejections;
  END;
  CREATE TRIGGER entry_removed AFTER DELETE ON entries WHEN old.open BEGIN
    UPDATE tallies SET rejections = rejections - old.rejections WHERE reason = old.reason;
  END;
  CREATE TRIGGER entry_closed AFTER UPDATE OF open ON entries WHEN old.open AND NOT new.open BEGIN
    UPDATE tallies SET rejections = rejections - old.rejections WHERE reason = old.reason;
  END;
  CREATE TRIGGER uplink_added AFTER INSERT ON uplinks BEGIN
    UPDATE state SET value = value + new.bytes WHERE name = 'bytes';
  END;
  CREATE TRIGGER uplink_removed AFTER DELETE ON uplinks BEGIN
    UPDATE state SET value = value - old.bytes WHERE name = 'bytes';
  END;
  CREATE TRIGGER uplink_resized AFTER UPDATE OF bytes ON uplinks BEGIN
    UPDATE state SET value = value + new.bytes - old.bytes WHERE name = 'bytes';
  END;
  `,
  // What a value that comes again is known by (see value-identity.ts); null for what is entered each time.
  `
  ALTER TABLE entries ADD COLUMN identity TEXT;
  CREATE INDEX entries_by_identity ON entries (identity) WHERE open AND identity IS NOT NULL;
  `,
  // Whose value it was: a gateway speaks for others.
  `
  ALTER TABLE entries ADD COLUMN device TEXT;
  UPDATE entries SET device = (SELECT device FROM uplinks WHERE uplinks.position = entries.position);
  CREATE INDEX entries_by_device ON entries (device, position) WHERE open;
  `,
];
