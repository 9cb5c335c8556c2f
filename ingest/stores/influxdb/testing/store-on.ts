import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Reading } from "../../../../devices/index.ts";
import { contractUnits } from "../../contract/readings.ts";
import type { Whereabouts } from "../line-protocol.ts";
import { type InfluxStore, openInfluxStore } from "../open-influx-store.ts";
import { type InfluxSettings, influxSettings } from "../settings.ts";
import type { Influxd } from "./influxd.ts";

/** A Friday, 00:00 UTC. */
export const start = Date.UTC(2026, 10, 20);
export const nowhere: Whereabouts = { parcel: null, model: null, commune: null };

export interface TestStore {
  readonly store: InfluxStore;
  readonly warnings: { readonly words?: string }[];
  /** Closes it and opens it again. */
  reopen(): Promise<InfluxStore>;
}

let databases = 0;

/** A store in a database of its own. Closed with the test. */
export async function storeOn(
  server: Pick<Influxd, "url" | "administer">,
  {
    url = server.url,
    now = () => start,
    whereabouts = () => nowhere,
    retentionDaysOf = () => null,
    ...settings
  }: Partial<Omit<InfluxSettings, "password">> & {
    readonly password?: { readonly plain: string };
    readonly now?: () => number;
    readonly whereabouts?: (device: string, atMs: number) => Whereabouts;
    readonly retentionDaysOf?: (quantity: string) => number | null;
  } = {},
): Promise<TestStore & { readonly database: string }> {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-influx-"));
  const database = settings.database ?? `test-${++databases}`;
  if (settings.database === undefined) await server.administer(`CREATE DATABASE "${database}"`);
  const warnings: { words?: string }[] = [];
  const open = () =>
    openInfluxStore({
      settings: influxSettings.parse({ api: "v1", ...settings, url, database }),
      bookFile: join(folder, "influxdb.db"),
      quantities: contractUnits,
      retentionDaysOf,
      whereabouts,
      log: { warn: (details) => warnings.push(details) },
      now,
    });
  let store = await open();
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  return {
    store,
    database,
    warnings,
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
  };
}

/** One reading a minute, its value the number of the minute. */
export function minutesOf(count: number, part: Partial<Reading> = {}): Reading[] {
  return Array.from({ length: count }, (_, index) => ({
    device: "node-1",
    quantity: "soil.moisture",
    measuredAtMs: start + index * 60_000,
    receivedAtMs: start + index * 60_000 + 2_000,
    value: index,
    live: true,
    ...part,
  }));
}
