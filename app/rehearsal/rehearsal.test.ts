import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createFarm } from "../../firmware-sim/index.ts";
import { readRules } from "../../ingest/rules/index.ts";
import { openRehearsal } from "./open-rehearsal.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const startMs = Date.UTC(2026, 4, 1);
const starter = resolve(import.meta.dirname, "../../ingest/rules/packs/starter.yaml");

async function rehearsed(seed: number) {
  const platform = await openRehearsal({
    startMs,
    rules: readRules(readFileSync(starter, "utf8"), starter, ["log"]),
  });
  onTestFinished(() => platform.close());
  const farm = createFarm({ seed, startMs, platform });
  const commune = farm.commune("Quảng Điền", { latitude: 16.58, longitude: 107.5 });
  commune.parcel("Thửa số 1").watchedBy("node", { everyMs: 10 * minute });
  commune.pond("Ao tôm số 2").watchedBy("node", { everyMs: 10 * minute });
  return { platform, farm };
}

test("what a farm sends is stored, and a node that falls silent is told once, and once more when it speaks", async () => {
  const { platform, farm } = await rehearsed(1);
  farm.suffers({
    kind: "network-down",
    device: "thua-so-1-1",
    fromMs: startMs + 10 * hour,
    toMs: startMs + 15 * hour,
  });
  await farm.runUntil(startMs + day);
  const silent = platform.alerts().filter(({ rule }) => rule === "device-silent");
  expect(silent.map(({ device, state }) => [device, state])).toEqual([["thua-so-1-1", "resolved"]]);
  const told = platform.told.filter(({ alert }) => alert === silent[0]!.id);
  expect(told.map(({ event }) => event)).toEqual(["fired", "resolved"]);
  expect(told[0]!.atMs - silent[0]!.sinceMs).toBeLessThanOrEqual(32 * minute);
  const stored = await platform.store.readings({
    devices: ["thua-so-1-1"],
    quantities: ["soil.moisture"],
    fromMs: startMs,
    toMs: startMs + day,
    limit: 1_000,
  });
  expect(stored.length).toBe(144);
});

test("a crash changes no alert and repeats no message", async () => {
  const tellings = async (crashes: readonly number[]) => {
    const { platform, farm } = await rehearsed(2);
    farm.suffers({
      kind: "network-down",
      device: "ao-tom-so-2-1",
      fromMs: startMs + 30 * hour,
      toMs: startMs + 33 * hour,
    });
    for (const atMs of crashes) {
      await farm.runUntil(startMs + atMs);
      await platform.crash();
    }
    await farm.runUntil(startMs + 2 * day);
    return platform.told.map(({ id, event }) => `${id} ${event}`);
  };
  const calm = await tellings([]);
  expect(calm.length).toBeGreaterThan(1);
  expect(await tellings([5 * hour, 20 * hour + 17 * minute, 40 * hour])).toEqual(calm);
});
