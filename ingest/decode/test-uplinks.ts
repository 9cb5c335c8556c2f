import type { JournaledUplink } from "../journal/journal.ts";
import type { Decoded } from "./decoded.ts";
import { createDecoder } from "./decoder.ts";
import type { KnownDevice } from "./directory.ts";

/** For tests: uplinks as the broker and foreign brokers hand them over, and a registry of a few devices. */

export const minute = 60_000;
/** 2026-07-01T06:00:00Z */
export const receivedAtMs = Date.UTC(2026, 6, 1, 6);

export interface TestDevice extends Partial<KnownDevice> {
  readonly devEui?: string;
}

export type TestRegistry = Readonly<Record<string, TestDevice>>;

export function decoderOf(registry: TestRegistry) {
  const euis = new Map(Object.entries(registry).map(([id, { devEui }]) => [devEui, id]));
  return createDecoder({
    device(id) {
      const device = Object.hasOwn(registry, id) ? registry[id] : undefined;
      return device && { intervalMs: minute, ...device };
    },
    deviceByEui(eui) {
      const id = euis.get(eui);
      return id === undefined ? undefined : { id };
    },
  });
}

/** @param payload bytes or text as they are, anything else as JSON */
export function uplinkOf(device: string, topic: string, payload: unknown): JournaledUplink {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  const bytes = payload instanceof Uint8Array ? payload : new TextEncoder().encode(text);
  return { device, topic, payload: bytes, receivedAtMs, position: 0 };
}

/** Readings as `device quantity value`, in their order. */
export function told({ readings }: Decoded): string[] {
  return readings.map(({ device, quantity, value }) => `${device} ${quantity} ${value}`);
}

/** Rejections as `reason quantity`. */
export function refused({ rejections }: Decoded): string[] {
  return rejections.map(({ reason, quantity }) => (quantity === null ? reason : `${reason} ${quantity}`));
}

export function base64Of(hex: string): string {
  return Buffer.from(hex.replaceAll(" ", ""), "hex").toString("base64");
}
