import type { Migration } from "../../sqlite/open-sqlite.ts";

/** Newest values by device and by pair of device and gateway; counts by the hour, of which a day is the sum; and by which way a command reaches a device. */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE devices (
    device TEXT PRIMARY KEY,
    last_heard_ms INTEGER,
    gateway TEXT,
    rssi REAL,
    snr REAL,
    spreading_factor INTEGER,
    frequency_hz INTEGER,
    frame_counter INTEGER,
    heard_frames INTEGER NOT NULL DEFAULT 0,
    counter_heard_ms INTEGER,
    battery_percent REAL,
    battery_at_ms INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE pairs (
    gateway TEXT NOT NULL,
    device TEXT NOT NULL,
    last_heard_ms INTEGER NOT NULL,
    rssi REAL,
    snr REAL,
    PRIMARY KEY (gateway, device)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pairs_by_device ON pairs (device, last_heard_ms);
  CREATE INDEX pairs_by_gateway ON pairs (gateway, last_heard_ms);

  CREATE TABLE device_hours (
    device TEXT NOT NULL,
    hour_ms INTEGER NOT NULL,
    received INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    resets INTEGER NOT NULL,
    PRIMARY KEY (device, hour_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX device_hours_by_time ON device_hours (hour_ms);

  CREATE TABLE gateway_hours (
    gateway TEXT NOT NULL,
    hour_ms INTEGER NOT NULL,
    uplinks INTEGER NOT NULL,
    PRIMARY KEY (gateway, hour_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX gateway_hours_by_time ON gateway_hours (hour_ms);

  CREATE TABLE state (cursor INTEGER NOT NULL) STRICT;
  INSERT INTO state VALUES (0);
  `,
  `
  CREATE TABLE routes (
    device TEXT PRIMARY KEY,
    publisher TEXT NOT NULL,
    topic TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
