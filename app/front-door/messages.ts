import type { BrokerSettings, BrokerUsage, PublishOptions } from "../../broker/index.ts";
import type { InletEnd } from "../../ingest/journal/segments/open-inlet.ts";

/** What the thread is given when it starts. */
export interface FrontDoorStart {
  readonly settings: BrokerSettings;
  readonly registryFile: string;
  readonly secretKey: Uint8Array;
  readonly sessionsFile: string;
  readonly inlet: InletEnd;
}

export type ToFrontDoor =
  | {
      readonly publish: number;
      readonly topic: string;
      readonly payload: string | Uint8Array;
      readonly options: PublishOptions;
    }
  | { readonly disconnect: string; readonly reason: string }
  | "close";

export type FromFrontDoor =
  | { readonly open: Ports }
  | { readonly failed: Failure }
  | { readonly published: number; readonly failure: Failure | null }
  | { readonly presence: readonly PresenceChange[] }
  | { readonly usage: BrokerUsage }
  | { readonly log: "info" | "warn" | "error"; readonly fields: object; readonly message: string }
  | "closed";

export interface Ports {
  readonly mqttPort: number;
  readonly wsPort: number | null;
  readonly tlsPort: number | null;
}

export interface PresenceChange {
  readonly device: string;
  readonly connected: boolean;
  readonly atMs: number;
}

/** An error with what tells its reader apart: a clone of the error itself would keep only name and message. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export function failureOf(error: unknown): Failure {
  const { name, message } = error as Error;
  // The operating system's code, port and address among them.
  const details = Object.fromEntries(
    Object.entries(error as object).filter(([, value]) => ["string", "number"].includes(typeof value)),
  );
  return { name, message, details };
}

export function errorOf({ name, message, details }: Failure): Error {
  const error = name === "RangeError" ? new RangeError(message) : new Error(message);
  return Object.assign(error, details, { name });
}
