import type { Registry } from "../devices/index.ts";

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
