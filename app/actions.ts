import { join } from "node:path";
import type { Broker } from "../broker/index.ts";
import { topicsOf } from "../devices/index.ts";
import type { Decoder } from "../ingest/decode/decoder.ts";
import type { Derived } from "../ingest/derived/index.ts";
import type { Intake } from "../ingest/intake/intake.ts";
import type { Journal } from "../ingest/journal/journal.ts";
import type { Links } from "../ingest/links/open-links.ts";
import type { Quarantine } from "../ingest/quarantine/open-quarantine.ts";
import { redecode } from "../ingest/redecode.ts";
import type { ReadingStore } from "../ingest/stores/reading-store.ts";
import type { DataFolder } from "./data-folder/open-data-folder.ts";
import type { Housekeeping } from "./housekeeping.ts";
import type { Actions } from "./http/http-parts.ts";
import { createCommands } from "./send-command.ts";

/** What people set going through the API, joined to the parts that do it. */
export function createActions(parts: {
  readonly data: DataFolder;
  readonly backups: string;
  readonly journal: Journal;
  readonly decoder: Decoder;
  readonly store: ReadingStore;
  readonly quarantine: Quarantine;
  readonly derived: Pick<Derived, "rewritten">;
  readonly broker: Pick<Broker, "publish">;
  readonly links: Pick<Links, "routeOf">;
  readonly intakes: readonly Pick<Intake, "name" | "publish">[];
  readonly modelOf: (device: string) => string | undefined;
  readonly housekeeping: Pick<Housekeeping, "paused">;
  readonly now: () => number;
}): Actions {
  const { data, backups, journal, decoder, store, quarantine, derived, broker, housekeeping, now } = parts;
  const mended: Pick<ReadingStore, "readings" | "rewrite" | "remove"> = {
    readings: (query) => store.readings(query),
    async rewrite(readings) {
      await store.rewrite(readings);
      derived.rewritten(readings);
    },
    async remove(keys) {
      await store.remove(keys);
      derived.rewritten(keys);
    },
  };
  return {
    redecode: ({ fromMs, toMs, device }) =>
      redecode({
        journal,
        decoder,
        store: mended,
        quarantine,
        range: { fromMs, toMs },
        nowMs: now(),
        ...(device !== undefined && { device }),
      }),
    // Nothing may be sealed or trimmed between the copy of one part and of the next.
    async backup() {
      const { backUp } = await import("./backup/back-up.ts");
      return housekeeping.paused(() => backUp(data, join(backups, folderName(now()))));
    },
    sendCommand: createCommands(parts),
    async setConfig(device, settings) {
      const revision = now();
      const config = JSON.stringify({ revision, settings });
      await broker.publish(topicsOf(device).config, config, { qos: 1, retain: true });
      return { revision };
    },
  };
}

/** `2026-11-21T06-30-00Z`: sorts by time, and every file system takes it. */
function folderName(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, "").replaceAll(":", "-");
}
