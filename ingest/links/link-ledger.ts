import type { StatementSync } from "node:sqlite";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { Position } from "../journal/journal.ts";
import type { Frame, Reception } from "./frame.ts";
import { type CounterState, type CounterStep, stepCounter } from "./frame-counter.ts";

const hourMs = 3_600_000;

/** The writing statements of the ledger of links. Whoever calls them holds the transaction. */
export class LinkLedger {
  readonly #counterOf: StatementSync;
  readonly #setCounter: StatementSync;
  readonly #setNewest: StatementSync;
  readonly #setBattery: StatementSync;
  readonly #setPair: StatementSync;
  readonly #countDevice: StatementSync;
  readonly #countGateway: StatementSync;
  readonly #cursor: StatementSync;
  readonly #setCursor: StatementSync;

  constructor(db: DatabaseSync) {
    this.#counterOf = db.prepare(
      "SELECT frame_counter AS highest, heard_frames AS heard, counter_heard_ms AS heardAtMs FROM devices WHERE device = ?",
    );
    this.#setCounter = db.prepare(setCounter);
    this.#setNewest = db.prepare(setNewest);
    this.#setBattery = db.prepare(setBattery);
    this.#setPair = db.prepare(setPair);
    this.#countDevice = db.prepare(countDevice);
    this.#countGateway = db.prepare(countGateway);
    this.#cursor = db.prepare("SELECT cursor FROM state");
    this.#setCursor = db.prepare("UPDATE state SET cursor = ?");
  }

  cursor(): Position {
    return this.#cursor.get()!.cursor as Position;
  }

  setCursor(cursor: Position): void {
    this.#setCursor.run(cursor);
  }

  /** Takes in what one frame says of its device and of the gateways that heard it. */
  put(frame: Frame): void {
    const { device, heardAtMs, batteryPercent, receptions } = frame;
    if (batteryPercent !== null) this.#setBattery.run(device, batteryPercent, heardAtMs);
    const [best] = receptions;
    if (best === undefined) return;
    const step = this.#stepOf(frame);
    this.#putNewest(frame, best);
    for (const { gateway, rssi, snr } of receptions) {
      this.#setPair.run(gateway, device, heardAtMs, rssi, snr);
      // The same frame may come again from the network; the gateway has heard it once.
      if (step.received > 0) this.#countGateway.run(gateway, hourOf(heardAtMs));
    }
    const { received, lost, duplicates, resets } = step;
    this.#countDevice.run(device, hourOf(heardAtMs), received, lost, duplicates, resets);
  }

  #putNewest({ device, heardAtMs, spreadingFactor, frequencyHz }: Frame, best: Reception): void {
    this.#setNewest.run(device, heardAtMs, best.gateway, best.rssi, best.snr, spreadingFactor, frequencyHz);
  }

  /** Moves the device's counter. A frame without one is counted, and says nothing of others. */
  #stepOf({ device, frameCounter, heardAtMs }: Frame): Omit<CounterStep, "state"> {
    if (frameCounter === null) return { received: 1, lost: 0, duplicates: 0, resets: 0 };
    const known = this.#counterOf.get(device) as (CounterState & { heardAtMs: number | null }) | undefined;
    const lastMs = known?.heardAtMs ?? null;
    const step = stepCounter(lastMs === null ? null : known!, frameCounter, heardAtMs > (lastMs ?? 0));
    const newestMs = Math.max(heardAtMs, lastMs ?? 0);
    this.#setCounter.run(device, step.state.highest, step.state.heard, newestMs);
    return step;
  }
}

const hourOf = (ms: number) => Math.floor(ms / hourMs) * hourMs;

const setCounter = `
  INSERT INTO devices (device, frame_counter, heard_frames, counter_heard_ms) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET frame_counter = excluded.frame_counter, heard_frames = excluded.heard_frames,
    counter_heard_ms = excluded.counter_heard_ms`;

/** What comes late is no longer the newest. */
const setNewest = `
  INSERT INTO devices (device, last_heard_ms, gateway, rssi, snr, spreading_factor, frequency_hz)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET last_heard_ms = excluded.last_heard_ms, gateway = excluded.gateway,
    rssi = excluded.rssi, snr = excluded.snr, spreading_factor = excluded.spreading_factor,
    frequency_hz = excluded.frequency_hz
  WHERE last_heard_ms IS NULL OR excluded.last_heard_ms >= last_heard_ms`;

const setBattery = `
  INSERT INTO devices (device, battery_percent, battery_at_ms) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET battery_percent = excluded.battery_percent, battery_at_ms = excluded.battery_at_ms
  WHERE battery_at_ms IS NULL OR excluded.battery_at_ms >= battery_at_ms`;

const setPair = `
  INSERT INTO pairs (gateway, device, last_heard_ms, rssi, snr) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET last_heard_ms = excluded.last_heard_ms, rssi = excluded.rssi, snr = excluded.snr
  WHERE excluded.last_heard_ms >= last_heard_ms`;

const countDevice = `
  INSERT INTO device_hours (device, hour_ms, received, lost, duplicates, resets) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET received = received + excluded.received, lost = lost + excluded.lost,
    duplicates = duplicates + excluded.duplicates, resets = resets + excluded.resets`;

const countGateway = `
  INSERT INTO gateway_hours (gateway, hour_ms, uplinks) VALUES (?, ?, 1)
  ON CONFLICT DO UPDATE SET uplinks = uplinks + 1`;
