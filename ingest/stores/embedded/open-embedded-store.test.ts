import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readingStoreContract } from "../contract/reading-store-contract.ts";
import { contractUnits } from "../contract/readings.ts";
import { openEmbeddedStore } from "./open-embedded-store.ts";

const log = { info() {}, warn() {} };

readingStoreContract("the embedded store", async () => {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-store-"));
  const open = () =>
    openEmbeddedStore({
      folder,
      quantities: contractUnits,
      retentionDaysOf: () => null,
      log,
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
      await rm(folder, { recursive: true });
    },
  };
});
