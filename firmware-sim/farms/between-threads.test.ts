import { MessageChannel } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import type { Uplink } from "../../devices/index.ts";
import { platformBeyond, servePlatform } from "./between-threads.ts";
import { createFarm, uplinkLine } from "./create-farm.ts";
import type { Platform } from "./platform.ts";

const hour = 3_600_000;
const startMs = Date.UTC(2026, 4, 1);

/** What a day of a small farm brings to a platform, straight or through a port. */
async function dayOn(wire: (platform: Platform) => Platform) {
  const lines: string[] = [];
  const enlisted: string[] = [];
  const platform: Platform = {
    enlist: (stations) => void enlisted.push(...stations.map(({ id }) => id)),
    async take(uplinks: readonly Uplink[], untilMs) {
      lines.push(...uplinks.map(uplinkLine), `until ${untilMs}`);
    },
  };
  const farm = createFarm({ seed: 3, startMs, platform: wire(platform) });
  const commune = farm.commune("Quảng Điền", { latitude: 16.58, longitude: 107.5 }).gateway("UBND xã");
  commune.pond("Ao tôm số 2").watchedBy("node", { everyMs: hour / 6 });
  commune.parcel("Thửa số 1").watchedBy("lse01");
  await farm.runUntil(startMs + 24 * hour);
  return { lines, enlisted };
}

function throughPort(platform: Platform): Platform {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  servePlatform(port2, platform);
  return platformBeyond(port1);
}

test("a platform in another thread is given the same stations, bytes and times", async () => {
  const straight = await dayOn((platform) => platform);
  expect(straight.lines.length).toBeGreaterThan(200);
  expect(await dayOn(throughPort)).toEqual(straight);
});

test("what the platform cannot keep makes the run fail, with its reason", async () => {
  const full: Platform = { enlist() {}, take: () => Promise.reject(new Error("the disk is full")) };
  await expect(dayOn(() => throughPort(full))).rejects.toThrow("the disk is full");
});
