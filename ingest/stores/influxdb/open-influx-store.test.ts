import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { readingStoreContract } from "../contract/reading-store-contract.ts";
import { contractUnits } from "../contract/readings.ts";
import { openInfluxStore } from "./open-influx-store.ts";
import { influxSettings } from "./settings.ts";
import { hasInfluxd, type Influxd, startInfluxd } from "./testing/influxd.ts";

describe.skipIf(!hasInfluxd)("on a real InfluxDB", { timeout: 120_000 }, () => {
  let server: Influxd;
  let databases = 0;
  beforeAll(async () => {
    server = await startInfluxd();
  }, 60_000);
  afterAll(() => server.remove());

  readingStoreContract("the InfluxDB store", async () => {
    const folder = await mkdtemp(join(tmpdir(), "canhdong-influx-"));
    const database = `contract-${++databases}`;
    await server.administer(`CREATE DATABASE "${database}"`);
    const settings = influxSettings.parse({ url: server.url, api: "v1", database });
    const open = () =>
      openInfluxStore({
        settings,
        bookFile: join(folder, "influx.db"),
        quantities: contractUnits,
        retentionDaysOf: () => null,
        whereabouts: (device, atMs) => ({ parcel: `p${atMs % 2}`, model: device, commune: null }),
        log: { warn() {} },
        now: () => Date.UTC(2026, 10, 20),
      });
    let store = await open();
    return {
      store,
      async reopen() {
        await store.close();
        store = await open();
        return store;
      },
      async close() {
        await store.close();
        await server.administer(`DROP DATABASE "${database}"`);
        await rm(folder, { recursive: true });
      },
    };
  });
});
