import { test } from "vitest";
import { execFileSync } from "node:child_process";
import { startInfluxd } from "/work/main/ingest/stores/influxdb/testing/influxd.ts";
import { start, storeOn } from "/work/main/ingest/stores/influxdb/testing/store-on.ts";
const names = ["soil.moisture", "soil.temperature", "air.temperature", "air.relativeHumidity", "battery.voltage"];
test("rate", async () => {
  const server = await startInfluxd();
  const { store, reopen } = await storeOn(server, { whereabouts: (d) => ({ parcel: `p${d.slice(5)}`, model: "lse01", commune: "01234" }) });
  const N = Number(process.env.MINUTES ?? 60);
  let rows = 0, ms = 0, peak = 0;
  for (let m = 0; m < N; m++) {
    for (let half = 0; half < 1; half++) {
      const batch = [];
      for (let d = 0; d < 2000; d++) for (const quantity of names) batch.push({ device: `node-${d}`, quantity, measuredAtMs: start + m * 60000 + d * 30, receivedAtMs: start + m * 60000 + d * 30 + 1500, value: Math.round((20 + Math.sin(m / 50 + d) * 5) * 10) / 10, live: true });
      const t = performance.now(); await store.write(batch, m + 1); ms += performance.now() - t; rows += batch.length;
    }
    peak = Math.max(peak, process.memoryUsage().rss);
    if (m % 100 === 99) console.log(m + 1, "min", rows, "rows", Math.round(rows / ms * 1000), "rows/s rss MB", Math.round(process.memoryUsage().rss / 1e6));
  }
  const time = async (name, f) => { const t = performance.now(); const r = await f(); console.log(name, Math.round(performance.now() - t), "ms", JSON.stringify(r).slice(0, 160)); };
  const span = { fromMs: start, toMs: start + N * 60000 };
  await time("series", () => store.series({ ...span, device: "node-7", quantity: "soil.moisture", buckets: 500 }));
  await time("hourlyMeans 200", async () => (await store.hourlyMeans({ ...span, devices: Array.from({ length: 200 }, (_, i) => `node-${i}`), quantity: "soil.moisture" })).length);
  await time("completeness all", async () => (await store.completeness(span)).slice(0, 2));
  await time("completeness all one quantity", async () => (await store.completeness({ ...span, quantity: "soil.moisture" })).slice(0, 2));
  await time("usage", () => store.usage());
  await time("reopen", async () => (await reopen()).latest().length);
  console.log(execFileSync("ps", ["axo", "rss,comm"]).toString().split("\n").filter((l) => /influxd/.test(l)).join());
  await server.remove();
}, 600_000);
