import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contractUnits } from "../contract/readings.ts";
import { dayMs, hourMs } from "./day.ts";
import { openEmbeddedStore } from "./open-embedded-store.ts";

const startMs = Date.UTC(2026, 8, 3);

test("a quantity goes when its time is over, and a file with the last of its quantities", async () => {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-retention-"));
  const days: Record<string, number> = { "soil.moisture": 10, "air.temperature": 20 };
  const store = await openEmbeddedStore({
    folder,
    quantities: contractUnits,
    retentionDaysOf: (quantity) => days[quantity] ?? null,
    log: { info() {}, warn() {} },
    now: () => startMs,
  });
  const readings = [...contractUnits.keys()].flatMap((quantity) =>
    [0, 1].map((day) => ({
      device: "node-1",
      quantity,
      measuredAtMs: startMs + day * dayMs,
      receivedAtMs: startMs + day * dayMs,
      value: day,
      live: true,
    })),
  );
  await store.write(readings, 4);
  const keptOn = async (day: number) => {
    await store.maintain(startMs + day * dayMs + 2 * hourMs);
    const kept = await store.readings({
      fromMs: 0,
      toMs: startMs + 90 * dayMs,
      devices: ["node-1"],
      limit: 9,
    });
    const files = (await readdir(join(folder, "days"))).map((name) => name.slice(0, 10)).sort();
    return { kept: kept.map(({ quantity, value }) => `${quantity} ${value}`), files };
  };
  const [air0, air1, soil0, soil1] = [
    "air.temperature 0",
    "air.temperature 1",
    "soil.moisture 0",
    "soil.moisture 1",
  ];
  expect(await keptOn(10)).toEqual({ kept: [air0, air1, soil0, soil1], files: ["2026-09-03", "2026-09-04"] });
  expect(await keptOn(11)).toEqual({ kept: [air0, air1, soil1], files: ["2026-09-03", "2026-09-04"] });
  expect(await keptOn(12)).toEqual({ kept: [air0, air1], files: ["2026-09-03", "2026-09-04"] });
  expect(store.latest().map(({ quantity }) => quantity)).toEqual(["air.temperature"]);
  expect(await keptOn(21)).toEqual({ kept: [air1], files: ["2026-09-04"] });
  expect(await keptOn(22)).toEqual({ kept: [], files: [] });
  expect(store.latest()).toEqual([]);
  await store.close();
  await rm(folder, { recursive: true });
});
