import type { StatementSync } from "node:sqlite";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";

/** How a device is heard. */
export interface DeviceLink {
  readonly device: string;
  /** When a gateway heard it last, server or network time; null when only the device itself told of its battery. */
  readonly lastHeardAtMs: number | null;
  /** The one that heard the newest frame best. */
  readonly gateway: string | null;
  /** Of that reception. dBm. */
  readonly rssi: number | null;
  /** dB. */
  readonly snr: number | null;
  readonly spreadingFactor: number | null;
  readonly frequencyHz: number | null;
  readonly frameCounter: number | null;
  readonly batteryPercent: number | null;
  readonly batteryAtMs: number | null;
  readonly lastDay: {
    /** Frames heard, each once. */
    readonly received: number;
    /** Frames left out by the counter. */
    readonly lost: number;
    /** Frames that came again. */
    readonly duplicates: number;
    /** How often the counter began anew. */
    readonly resets: number;
  };
  /** Every gateway that heard it within the last day, the latest first. */
  readonly gateways: readonly HeardBy[];
}

export interface HeardBy {
  readonly gateway: string;
  readonly lastHeardAtMs: number;
  readonly rssi: number | null;
  readonly snr: number | null;
}

/** What a gateway has heard. */
export interface GatewayLink {
  readonly gateway: string;
  readonly lastHeardAtMs: number;
  readonly lastDay: {
    /** Frames that it heard. */
    readonly uplinks: number;
    /** Devices that it heard. */
    readonly devices: number;
  };
}

/** What can be asked about links. The last day is the hour under way and the 23 before it. */
export interface LinkBook {
  device(id: string, nowMs: number): DeviceLink | undefined;
  /** Every gateway of which anything is known. */
  gateways(nowMs: number): GatewayLink[];
  gateway(id: string, nowMs: number): GatewayLink | undefined;
  /** The gateway that heard the device's newest frame best; null when none did. A few microseconds. */
  gatewayOf(device: string): string | null;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Reads the ledger of links from its database. */
export class LinkView implements LinkBook {
  readonly #db: DatabaseSync;
  readonly #gatewayOf: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#gatewayOf = db.prepare("SELECT gateway FROM devices WHERE device = ?");
  }

  device(id: string, nowMs: number): DeviceLink | undefined {
    const newest = this.#db.prepare(newestOfDevice).get(id);
    if (newest === undefined) return undefined;
    const lastDay = this.#db.prepare(dayOfDevice).get(id, firstHourOfDay(nowMs));
    const gateways = this.#db.prepare(gatewaysOfDevice).all(id, nowMs - dayMs);
    return {
      ...newest,
      lastDay: { ...lastDay },
      gateways: gateways.map((row) => ({ ...row })),
    } as unknown as DeviceLink;
  }

  gateways(nowMs: number): GatewayLink[] {
    return this.#gateways(nowMs, null);
  }

  gateway(id: string, nowMs: number): GatewayLink | undefined {
    return this.#gateways(nowMs, id)[0];
  }

  gatewayOf(device: string): string | null {
    const row = this.#gatewayOf.get(device);
    return (row?.gateway as string | null | undefined) ?? null;
  }

  #gateways(nowMs: number, id: string | null): GatewayLink[] {
    const rows = this.#db.prepare(gatewayLinks).all(nowMs - dayMs, firstHourOfDay(nowMs), id);
    return rows.map(({ gateway, lastHeardAtMs, uplinks, devices }) => ({
      gateway: gateway as string,
      lastHeardAtMs: lastHeardAtMs as number,
      lastDay: { uplinks: uplinks as number, devices: devices as number },
    }));
  }
}

const firstHourOfDay = (nowMs: number) => Math.floor(nowMs / hourMs) * hourMs - 23 * hourMs;

const newestOfDevice = `
  SELECT device, last_heard_ms AS lastHeardAtMs, gateway, rssi, snr, spreading_factor AS spreadingFactor,
    frequency_hz AS frequencyHz, frame_counter AS frameCounter, battery_percent AS batteryPercent,
    battery_at_ms AS batteryAtMs
  FROM devices WHERE device = ?`;

/** A frame that comes late is taken out of the hour in which it came: a sum over part of them may fall below none. */
const dayOfDevice = `
  SELECT coalesce(sum(received), 0) AS received, max(0, coalesce(sum(lost), 0)) AS lost,
    coalesce(sum(duplicates), 0) AS duplicates, coalesce(sum(resets), 0) AS resets
  FROM device_hours WHERE device = ? AND hour_ms >= ?`;

const gatewaysOfDevice = `
  SELECT gateway, last_heard_ms AS lastHeardAtMs, rssi, snr FROM pairs
  WHERE device = ? AND last_heard_ms >= ? ORDER BY last_heard_ms DESC, rssi DESC`;

const gatewayLinks = `
  SELECT gateway, max(last_heard_ms) AS lastHeardAtMs, count(*) FILTER (WHERE last_heard_ms >= ?1) AS devices,
    (SELECT coalesce(sum(uplinks), 0) FROM gateway_hours h WHERE h.gateway = pairs.gateway AND hour_ms >= ?2) AS uplinks
  FROM pairs WHERE ?3 IS NULL OR gateway = ?3 GROUP BY gateway ORDER BY gateway`;
