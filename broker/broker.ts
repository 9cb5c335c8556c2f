import type { Uplink } from "../devices/index.ts";
import type { RefusalReason } from "./refusals.ts";

/** Who may come in. Both answers are needed at once: no password hash, but a keyed hash of a random secret. */
export interface Credentials {
  /** Whether this is the device's secret. False for a device that nobody knows. */
  device(id: string, secret: string): boolean;
  /** Topic filters of a service whose secret this is; null when it is not. */
  service(name: string, secret: string): ServiceRights | null;
}

export interface ServiceRights {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** Takes what devices send. What it has accepted is never lost, so only then the device is told so. */
export interface UplinkSink {
  /**
   * Takes the payload's bytes before it returns. `accepted` is called once for each call, in the order of the calls:
   * null when the uplink is safe, an error when it cannot be kept (the device keeps it and comes back).
   */
  accept(uplink: Uplink, accepted: (error: Error | null) => void): void;
}

/** pino's shape. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface PublishOptions {
  /** Default 1: a sleeping device gets it when it wakes. */
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
}

export interface Broker {
  readonly mqttPort: number;
  readonly wsPort: number | null;
  readonly tlsPort: number | null;

  /**
   * Resolves when the message is handed to those who are connected and, at QoS 1 or 2, is on disk for those who sleep.
   * @throws RangeError when the topic is none; Error when the disk refuses it
   */
  publish(topic: string, payload: string | Uint8Array, options?: PublishOptions): Promise<void>;

  connected(device: string): boolean;
  connectedDevices(): number;

  /** Closes the connection of a device, or all of a service: its credentials were changed or taken back. */
  disconnect(deviceOrService: string, reason: string): void;

  /** Calls `listener` when a device comes or goes. Returns the way to stop it. */
  onPresence(listener: PresenceListener): () => void;

  usage(): BrokerUsage;

  /** Does what timers would: releases the throttled, closes the late, expires. To be called about once a second. */
  tick(nowMs: number): void;

  /** Lets what is on its way to the disk arrive and be acknowledged, then closes every connection. */
  close(): Promise<void>;
}

export type PresenceListener = (device: string, connected: boolean, atMs: number) => void;

export interface BrokerUsage {
  readonly connections: number;
  readonly connectedDevices: number;
  readonly uplinks: UplinkUsage;
  readonly refusals: Readonly<Record<RefusalReason, number>>;
  readonly sessions: number;
  /** Messages that wait for sleeping clients; those dropped because of a limit; those that waited too long. */
  readonly queued: { readonly messages: number; readonly dropped: number; readonly expired: number };
  readonly retained: { readonly messages: number; readonly bytes: number; readonly refused: number };
  /** What keeps sessions off the disk; null when all is well. */
  readonly sessionsFailing: string | null;
}

export interface UplinkUsage {
  readonly accepted: number;
  readonly acceptedBytes: number;
  /** Not kept by the sink, so not acknowledged. */
  readonly failed: number;
  /** On their way to the disk now. */
  readonly pending: number;
  readonly pendingBytes: number;
  /** How often a socket was not read any more, by reason. */
  readonly pauses: { readonly inFlight: number; readonly rate: number; readonly pending: number };
}
