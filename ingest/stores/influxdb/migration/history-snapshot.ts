import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Position } from "../../../journal/journal.ts";
import { backupStore } from "../../embedded/backup.ts";
import {
  type EmbeddedStore,
  type EmbeddedStoreParts,
  openEmbeddedStore,
} from "../../embedded/open-embedded-store.ts";

/** The sealed history of an embedded store as it was at one moment. */
export interface HistorySnapshot {
  readonly store: Pick<EmbeddedStore, "completeness" | "export" | "latest">;
  /** The journal has everything from here on. What is behind it is in the store, and some of what follows. */
  readonly coveredPosition: Position;
  close(): Promise<void>;
}

/**
 * Takes a snapshot, also while a server writes to the store. Sealed files are linked, so it takes no space; days that
 * are still open are not in it.
 *
 * @param parts.folder of the store
 * @param into a folder on the same file system, emptied before and removed at the end
 */
export async function openHistorySnapshot(
  parts: Omit<EmbeddedStoreParts, "retentionDaysOf">,
  into: string,
): Promise<HistorySnapshot> {
  await rm(into, { recursive: true, force: true });
  await mkdir(into, { recursive: true, mode: 0o700 });
  const folder = join(into, "readings");
  const { coveredPosition } = await backupStore(parts.folder, folder);
  const store = await openEmbeddedStore({ ...parts, folder, retentionDaysOf: () => null });
  // Rewrites of sealed days that wait for the journal are taken in now: the snapshot will not be given the journal.
  await store.write([], Number.MAX_SAFE_INTEGER);
  return {
    store,
    coveredPosition,
    async close() {
      await store.close();
      await rm(into, { recursive: true, force: true });
    },
  };
}
