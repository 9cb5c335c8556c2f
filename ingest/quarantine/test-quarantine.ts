import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Decoded } from "../decode/decoded.ts";
import { createDecoder } from "../decode/decoder.ts";
import { openQuarantine, type Quarantine } from "./open-quarantine.ts";

export const receivedAtMs = Date.UTC(2026, 6, 1);
export const minute = 60_000;
const decoder = createDecoder({ device: () => ({ intervalMs: minute }) });

export function quarantineFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "quarantine-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "quarantine.db");
}

/** Also holds what it has logged; closed when the test is over. */
export function open(file = quarantineFile(), mostBytes?: number): Quarantine & { readonly lines: object[] } {
  const lines: object[] = [];
  const write = (fields: object) => void lines.push(fields);
  const log = { info: write, warn: write };
  const quarantine = openQuarantine(file, { log, ...(mostBytes === undefined ? {} : { mostBytes }) });
  onTestFinished(() => {
    try {
      quarantine.close();
    } catch {
      // The test has closed it already.
    }
  });
  return Object.assign(quarantine, { lines });
}

/** As the decoder gives it; each position arrives a minute after the one before. */
export function uplink(position: number, payload: string | Uint8Array, device = "node-1"): Decoded {
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const topic = `canhdong/v1/${device}/telemetry`;
  return decoder.decodeAfresh({
    position,
    device,
    topic,
    payload: bytes,
    receivedAtMs: receivedAtMs + position * minute,
  });
}

export const good = (position: number) => uplink(position, '{"values":{"soil.moisture":31}}');
export const wet = (position: number, device?: string) =>
  uplink(position, '{"values":{"soil.moisture":140}}', device);
export const positionsOf = (entries: readonly { position: number }[]) =>
  entries.map(({ position }) => position);
