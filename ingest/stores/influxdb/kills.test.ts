import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Reading } from "../../../devices/index.ts";
import { hasInfluxd, startInfluxd } from "./testing/influxd.ts";
import { minutesOf, start, storeOn } from "./testing/store-on.ts";

/**
 * A writer as the journal's follower is one: it comes with the same batch until that is stored, then with the next. Meanwhile
 * InfluxDB is killed at random moments of a batch, and started again. KILLS=50 for the long run.
 */
const kills = Number(process.env.KILLS ?? 4);
const batchMinutes = 700;

test.skipIf(!hasInfluxd)(
  "an InfluxDB that is killed in the middle of batches has every reading once",
  async () => {
    const server = await startInfluxd();
    onTestFinished(() => server.remove());
    const { store } = await storeOn(server);
    const written: Reading[] = [];
    let [failures, cursor] = [0, 0];

    const writeUntilStored = async (batch: readonly Reading[]) => {
      for (;;) {
        try {
          await store.write(batch, cursor + 1);
          cursor += 1;
          return;
        } catch {
          failures += 1;
          expect(await store.cursor()).toBe(cursor);
          await pause(5);
        }
      }
    };
    for (let kill = 0; kill < kills; kill++) {
      const batch = batchAt(written.length / 2);
      written.push(...batch);
      const writing = writeUntilStored(batch);
      await pause(Math.random() * 25);
      await server.kill();
      // Also the batch behind it, so that there is something to refuse whenever the kill came.
      const behind = batchAt(written.length / 2);
      written.push(...behind);
      const writingBehind = writing.then(() => writeUntilStored(behind));
      await server.start();
      await writingBehind;
    }

    const span = { fromMs: start, toMs: start + 365 * 86_400_000 };
    const stored = await store.readings({ ...span, devices: ["node-1"], limit: 10_000_000 });
    expect(stored.length).toBe(written.length);
    const byKey = new Map(written.map((one) => [`${one.quantity} ${one.measuredAtMs}`, one.value]));
    expect(stored.filter((one) => byKey.get(`${one.quantity} ${one.measuredAtMs}`) !== one.value)).toEqual(
      [],
    );
    expect(await store.completeness(span)).toEqual([
      {
        device: "node-1",
        minutesWithData: written.length / 2,
        hoursWithData: Math.ceil(written.length / 2 / 60),
        readings: written.length,
      },
    ]);
    expect(await store.cursor()).toBe(2 * kills);
    expect(store.refused.byReason()).toEqual({});
    expect(failures).toBeGreaterThan(0);
  },
  60_000 + kills * 20_000,
);

/** Two quantities over some minutes, from the n-th on. */
function batchAt(minute: number): Reading[] {
  return ["soil.moisture", "air.temperature"].flatMap((quantity) =>
    minutesOf(batchMinutes, { quantity }).map((one, index) => ({
      ...one,
      measuredAtMs: one.measuredAtMs + minute * 60_000,
      receivedAtMs: one.receivedAtMs + minute * 60_000,
      value: minute + index + 0.25,
    })),
  );
}
