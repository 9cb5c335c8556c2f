import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Reading } from "../../../devices/index.ts";
import { seededRandom } from "../../journal/testing/seeded-random.ts";
import { contractUnits } from "../contract/readings.ts";
import { openEmbeddedStore } from "../embedded/open-embedded-store.ts";
import { hourMs } from "./hour-sums.ts";
import type { InfluxStore } from "./open-influx-store.ts";
import { hasInfluxd, type Influxd, startInfluxd } from "./testing/influxd.ts";
import { minutesOf, start, storeOn } from "./testing/store-on.ts";

const dayMs = 24 * hourMs;
const nowMs = start + 3 * dayMs;

describe.skipIf(!hasInfluxd)("hours summed up on a real InfluxDB", { timeout: 120_000 }, () => {
  let server: Influxd;
  beforeAll(async () => {
    server = await startInfluxd();
  }, 60_000);
  afterAll(() => server.remove());

  const opened = () => storeOn(server, { now: () => nowMs });
  const day = { fromMs: start, toMs: start + dayMs };
  /** Another sum than there is: shows whether it is looked at. */
  const forge = (database: string, hour: number) =>
    fetch(`${server.url}/write?db=${database}&precision=ms`, {
      method: "POST",
      body: `hours,device=node-1 minutes=1,readings=1 ${start + hour * hourMs}`,
    });

  test("long spans are answered from the sums, short ones and those of one quantity from the readings", async () => {
    const { store, database } = await opened();
    await store.write(minutesOf(720), 1);
    await sumUp(store);
    const whole = { device: "node-1", minutesWithData: 720, hoursWithData: 12, readings: 720 };
    expect(await store.completeness(day)).toEqual([whole]);
    await forge(database, 3);
    expect(await store.completeness(day)).toEqual([{ ...whole, minutesWithData: 661, readings: 661 }]);
    expect(await store.completeness({ ...day, quantity: "soil.moisture" })).toEqual([whole]);
    expect(await store.completeness({ fromMs: start + 3 * hourMs, toMs: start + 8 * hourMs })).toEqual([
      { device: "node-1", minutesWithData: 300, hoursWithData: 5, readings: 300 },
    ]);
  });

  test("an hour that is touched is counted again, before and after it is summed up anew", async () => {
    const { store, database } = await opened();
    await store.write(minutesOf(720), 1);
    await sumUp(store);
    await forge(database, 3);
    const late = minutesOf(1, { quantity: "air.temperature" }).map((one) => ({
      ...one,
      measuredAtMs: one.measuredAtMs + 3 * hourMs,
    }));
    await store.write(late, 2);
    const after = { device: "node-1", minutesWithData: 720, hoursWithData: 12, readings: 721 };
    expect(await store.completeness(day)).toEqual([after]);
    await sumUp(store);
    expect(await store.completeness(day)).toEqual([after]);
  });

  test("a device that loses an hour has no sum of it any more", async () => {
    const { store, reopen } = await opened();
    await store.write([...minutesOf(720), ...minutesOf(720, { device: "node-2" })], 1);
    await sumUp(store);
    await store.remove(minutesOf(60));
    const again = await reopen();
    await sumUp(again);
    expect(await again.completeness(day)).toEqual([
      { device: "node-1", minutesWithData: 660, hoursWithData: 11, readings: 660 },
      { device: "node-2", minutesWithData: 720, hoursWithData: 12, readings: 720 },
    ]);
  });

  test("what is no longer kept is in no sum", async () => {
    const { store } = await storeOn(server, {
      now: () => nowMs,
      retentionDaysOf: (quantity) => (quantity === "air.temperature" ? 1 : null),
    });
    const both = [...minutesOf(720), ...minutesOf(720, { quantity: "air.temperature" })];
    await store.write(both, 1);
    await store.maintain(start + dayMs);
    await store.maintain(start + 2 * dayMs);
    expect(await store.completeness(day)).toEqual([
      { device: "node-1", minutesWithData: 720, hoursWithData: 12, readings: 720 },
    ]);
  });

  test("whatever comes, goes and is summed up in whatever order, the embedded store counts the same", async () => {
    const { store } = await opened();
    const folder = await mkdtemp(join(tmpdir(), "canhdong-sums-"));
    const model = await openEmbeddedStore({
      folder,
      quantities: contractUnits,
      retentionDaysOf: () => null,
      log: { warn() {}, info() {} },
      now: () => nowMs,
    });
    onTestFinished(async () => {
      await model.close();
      await rm(folder, { recursive: true });
    });
    const random = seededRandom(20_261_122);
    for (let step = 0; step < 12; step++) {
      const batch = someReadings(random);
      const isRemoval = step > 3 && random() < 0.3;
      for (const one of [store, model]) await (isRemoval ? one.remove(batch) : one.write(batch, step + 1));
      if (random() < 0.5) await sumUp(store);
      const fromMs = start + Math.floor(random() * dayMs);
      const span = { fromMs, toMs: fromMs + Math.floor(random() * 2 * dayMs) + 1 };
      expect(await store.completeness(span), `step ${step}`).toEqual(await model.completeness(span));
    }
  });
});

/** As long as it takes for three days, of which only so many hours are done in one go; the time of the second is not that of the first. */
async function sumUp(store: Pick<InfluxStore, "maintain">): Promise<void> {
  for (const laterMs of [0, 1, 2]) await store.maintain(nowMs + laterMs * hourMs);
}

/** A stretch of up to ten hours of one of three devices, somewhere in three days. */
function someReadings(random: () => number): Reading[] {
  const quantity = random() < 0.5 ? "soil.moisture" : "air.temperature";
  const shiftMs = Math.floor(random() * 60 * 60) * 60_000 + Math.floor(random() * 60_000);
  return minutesOf(1 + Math.floor(random() * 600), {
    device: `node-${Math.floor(random() * 3)}`,
    quantity,
  }).map((one) => ({ ...one, measuredAtMs: one.measuredAtMs + shiftMs, receivedAtMs: nowMs }));
}
