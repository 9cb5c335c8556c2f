import type { Device, Registry } from "../devices/index.ts";

/** Who lost the right to be connected as they are: removed, or given another secret. */
const endsConnection = new Set(["removed", "secret-rotated"]);

/**
 * Takes in what other processes (the command line) have changed in the registry, and closes the connections of those whose
 * credentials are no longer good.
 */
export function createRegistryWatch(
  registry: Pick<Registry, "refresh" | "revision" | "changes">,
  disconnect: (deviceOrService: string, reason: string) => void,
): { tick(): void } {
  let seen = registry.revision();
  return {
    tick() {
      registry.refresh();
      for (const { seq, kind, id, action } of registry.changes(seen, 10_000)) {
        seen = seq;
        if ((kind === "device" || kind === "service") && endsConnection.has(action)) disconnect(id, action);
      }
    },
  };
}

/**
 * Devices as a decoder looks them up. Whoever was registered by another process a moment ago may have sent already, for
 * the broker asks the registry's file: what is not found here is looked for once more before an uplink is refused.
 */
export function knownDevices(registry: Pick<Registry, "refresh" | "device" | "deviceByEui">): {
  device(id: string): Device | undefined;
  deviceByEui(eui: string): Device | undefined;
} {
  const sought = (find: () => Device | undefined) => find() ?? (registry.refresh() ? find() : undefined);
  const present = (device: Device | undefined) => (device?.removedAtMs === null ? device : undefined);
  return {
    device: (id) => sought(() => present(registry.device(id))),
    deviceByEui: (eui) => sought(() => registry.deviceByEui(eui)),
  };
}
