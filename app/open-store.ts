import { join } from "node:path";
import { quantities, type Registry } from "../devices/index.ts";
import type { Position } from "../ingest/journal/journal.ts";
import { openEmbeddedStore } from "../ingest/stores/embedded/open-embedded-store.ts";
import type { Whereabouts } from "../ingest/stores/influxdb/line-protocol.ts";
import type { InfluxStore } from "../ingest/stores/influxdb/open-influx-store.ts";
import type { ReadingStore } from "../ingest/stores/reading-store.ts";
import type { DataFolder } from "./data-folder/open-data-folder.ts";
import type { Log } from "./log.ts";
import type { Settings } from "./settings/settings.ts";

/** A store of readings, and from where on it needs the journal. */
export interface Store extends ReadingStore {
  /** The journal from here on must be kept. */
  coveredPosition(): Position;
  /** What a database of others would not take for good, and we keep; the embedded store takes everything. */
  readonly refused?: InfluxStore["refused"];
}

type Places = Pick<Registry, "device" | "place" | "placementAt">;

/** Remembers how far an InfluxDB has been written. Lost, the whole journal is written again, which changes nothing. */
export function influxBookFile(data: Pick<DataFolder, "path">): string {
  return join(data.path, "influxdb.db");
}

/** Opens the store that the configuration chooses. */
export async function openStore(
  { readings }: Pick<Settings, "readings">,
  parts: {
    readonly data: Pick<DataFolder, "path" | "store">;
    readonly registry: Places;
    readonly log: Log;
    readonly now: () => number;
  },
): Promise<Store> {
  const { data, registry, now } = parts;
  const either = {
    quantities,
    retentionDaysOf: (quantity: string) => readings.keepDays[quantity] ?? null,
    log: parts.log.child({ part: "store" }),
    now,
  };
  if (readings.store === "embedded" || readings.influxdb === undefined)
    return openEmbeddedStore({ ...either, folder: data.store, memoryLimitMb: readings.memoryMiB });
  const { openInfluxStore } = await import("../ingest/stores/influxdb/open-influx-store.ts");
  return openInfluxStore({
    ...either,
    settings: readings.influxdb,
    bookFile: influxBookFile(data),
    whereabouts: (device, atMs) => whereaboutsIn(registry, device, atMs),
  });
}

/** Where a device stood at that time, by the registry. */
export function whereaboutsIn(registry: Places, device: string, atMs: number): Whereabouts {
  const place = registry.place(registry.placementAt(device, atMs)?.place ?? "");
  return {
    parcel: place?.id ?? null,
    model: registry.device(device)?.model ?? null,
    commune: place?.communeCode ?? null,
  };
}
