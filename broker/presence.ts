import type { Aedes, Client } from "aedes";
import { type AedesClient, visitOf } from "./aedes-client.ts";
import type { PresenceListener } from "./broker.ts";
import type { Refusals } from "./refusals.ts";

/** Which devices are connected. */
export interface Presence {
  has(device: string): boolean;
  readonly size: number;
  onChange(listener: PresenceListener): () => void;
}

export function createPresence(aedes: Aedes, refusals: Refusals, now: () => number): Presence {
  const connected = new Set<string>();
  const listeners = new Set<PresenceListener>();

  function tell(device: string, isConnected: boolean): void {
    const atMs = now();
    for (const listener of listeners) {
      try {
        listener(device, isConnected, atMs);
      } catch (error) {
        // Inside an event of Aedes: it would end the process.
        refusals.note("hook-failed", { device, error: (error as Error).stack }, "a presence listener failed");
      }
    }
  }

  aedes.on("client", (client) => {
    const device = deviceOf(client);
    if (device === null) return;
    connected.add(device);
    tell(device, true);
  });
  aedes.on("clientDisconnect", (client) => {
    const device = deviceOf(client);
    if (device !== null && connected.delete(device)) tell(device, false);
  });

  return {
    has: (device) => connected.has(device),
    get size() {
      return connected.size;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function deviceOf(client: Client): string | null {
  const visitor = (client as AedesClient)[visitOf]?.visitor;
  return visitor?.kind === "device" ? visitor.id : null;
}
