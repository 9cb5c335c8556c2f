import type { Migration } from "../../sqlite/open-sqlite.ts";

/**
 * The registry's schema. Devices, gateways and places are never deleted, only marked as removed: readings name them
 * for years. People and services are deleted for good.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE gateways (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    latitude REAL,
    longitude REAL,
    added_at_ms INTEGER NOT NULL,
    removed_at_ms INTEGER
  ) STRICT;

  CREATE TABLE places (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('parcel', 'pond', 'shed')),
    name TEXT NOT NULL,
    commune_code TEXT,
    commune_name TEXT,
    linkage_model TEXT,
    area_ha REAL,
    latitude REAL,
    longitude REAL,
    added_at_ms INTEGER NOT NULL,
    removed_at_ms INTEGER
  ) STRICT;

  CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    model TEXT NOT NULL,
    interval_ms INTEGER,
    mounting_height_cm REAL,
    latitude REAL,
    longitude REAL,
    gateway TEXT REFERENCES gateways (id),
    added_at_ms INTEGER NOT NULL,
    removed_at_ms INTEGER
  ) STRICT;

  -- From from_ms on the device stands at place (nowhere when NULL), until its next move. Placements cannot overlap.
  CREATE TABLE moves (
    device TEXT NOT NULL REFERENCES devices (id),
    from_ms INTEGER NOT NULL,
    place TEXT REFERENCES places (id),
    PRIMARY KEY (device, from_ms)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE device_secrets (
    owner TEXT NOT NULL REFERENCES devices (id),
    hash BLOB NOT NULL,
    valid_until_ms INTEGER,
    PRIMARY KEY (owner, hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'officer', 'farmer')),
    language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    phone TEXT,
    email TEXT,
    places TEXT NOT NULL,
    communes TEXT NOT NULL,
    password_hash TEXT,
    password_version INTEGER NOT NULL,
    must_change_password TEXT NOT NULL,
    added_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE services (
    name TEXT PRIMARY KEY,
    publish TEXT NOT NULL,
    subscribe TEXT NOT NULL,
    added_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE service_secrets (
    owner TEXT NOT NULL REFERENCES services (name) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    valid_until_ms INTEGER,
    PRIMARY KEY (owner, hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    action TEXT NOT NULL,
    before TEXT,
    after TEXT
  ) STRICT;
  CREATE TRIGGER changes_are_not_edited BEFORE UPDATE ON changes
    BEGIN SELECT RAISE(ABORT, 'the record of changes is append-only'); END;
  CREATE TRIGGER changes_are_not_deleted BEFORE DELETE ON changes
    BEGIN SELECT RAISE(ABORT, 'the record of changes is append-only'); END;

  CREATE TABLE key_check (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    mac BLOB NOT NULL
  ) STRICT;
  `,
  // A removed device may keep its DevEUI: the unit itself may come back under another id.
  `
  ALTER TABLE devices ADD COLUMN dev_eui TEXT;
  CREATE UNIQUE INDEX devices_by_dev_eui ON devices (dev_eui) WHERE dev_eui IS NOT NULL AND removed_at_ms IS NULL;
  `,
  // The columns phone and email of people stay, and are empty: what stood in them is sealed and moved by seal-old-addresses.ts.
  `
  ALTER TABLE people ADD COLUMN telling TEXT NOT NULL DEFAULT '{"media":{},"digestAt":null}';

  CREATE TABLE addresses (
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    sealed BLOB NOT NULL,
    lookup BLOB NOT NULL,
    PRIMARY KEY (person, kind)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX addresses_by_lookup ON addresses (lookup);

  CREATE TABLE consents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    purpose TEXT NOT NULL,
    medium TEXT NOT NULL,
    given TEXT NOT NULL CHECK (given IN ('true', 'false')),
    at_ms INTEGER NOT NULL,
    how TEXT NOT NULL,
    text_version TEXT NOT NULL,
    who TEXT NOT NULL
  ) STRICT;
  CREATE INDEX consents_by_person ON consents (person, seq);
  CREATE TRIGGER consents_are_not_edited BEFORE UPDATE ON consents
    BEGIN SELECT RAISE(ABORT, 'the ledger of consents is append-only'); END;
  CREATE TRIGGER consents_are_not_deleted BEFORE DELETE ON consents
    BEGIN SELECT RAISE(ABORT, 'the ledger of consents is append-only'); END;
  `,
  // What is told of a place from a time on, as JSON: what is left out stays as it was, null ends it.
  `
  CREATE TABLE cultivations (
    place TEXT NOT NULL REFERENCES places (id),
    from_ms INTEGER NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (place, from_ms)
  ) STRICT, WITHOUT ROWID;
  `,
];
