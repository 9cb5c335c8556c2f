/**
 * The models of a province, counted over a year from an embedded store that is filled and sealed day by day:
 * `count.ts MODELS NODES QUANTITIES READINGS_AN_HOUR`. Prints JSON.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Reading } from "../devices/index.ts";
import { openEmbeddedStore } from "../ingest/stores/embedded/open-embedded-store.ts";
import { spanMs } from "../linkage/dates/local-date.ts";
import type { HourlySeries } from "../linkage/evidence/evidence-source.ts";
import { rule, simulatedProvince, year } from "../linkage/evidence/simulated-province.ts";
import { countEvidence } from "../linkage/index.ts";
import { edit, units } from "../linkage/registry/test-records.ts";

const [models, nodes, quantities, perHour] = process.argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
];
const names = ["soil.moisture", "soil.temperature", "air.temperature"].slice(0, quantities);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const readingsAtOnce = 50_000;

const province = simulatedProvince({ models, nodes, seed: 42 });
const contents = province.register.contentsAt(edit.nowMs);
const expected = await countEvidence(year, { contents, units, source: province.source, rule });

const folder = await mkdtemp(join(tmpdir(), "canhdong-bench-"));
const store = await openEmbeddedStore({
  folder,
  quantities: new Map(names.map((name) => [name, { unit: "1" }])),
  retentionDaysOf: () => null,
  log: { info() {}, warn: (details, message) => console.error(message, details) },
  now: Date.now,
});
try {
  const { fromMs, toMs } = spanMs(year);
  const devices = province.nodes.map(({ device }) => device);
  const series = await province.source.hours({ fromMs, toMs, devices });
  const next = series.map(() => 0);
  let position = 0;
  for (let endMs = Math.ceil(fromMs / dayMs) * dayMs; endMs < toMs + dayMs; endMs += dayMs) {
    const day = series.flatMap((one, at) => readingsUntil(endMs, one, at));
    for (let from = 0; from < day.length; from += readingsAtOnce) {
      position += 1;
      await store.write(day.slice(from, from + readingsAtOnce), position);
    }
    await store.maintain(endMs + 2 * hourMs);
  }
  // As at the next start: nothing of it is in memory.
  const begun = performance.now();
  let hours = 0;
  const source = {
    ...province.source,
    hours: async (query: Parameters<typeof province.source.hours>[0]) => {
      const ranges = await store.hourlyRanges!(query);
      hours += ranges.reduce((sum, { hoursMs }) => sum + hoursMs.length, 0);
      return ranges;
    },
  };
  const counted = await countEvidence(year, { contents, units, source, rule });
  const seconds = (performance.now() - begun) / 1000;
  if (JSON.stringify(counted.verdicts) !== JSON.stringify(expected.verdicts))
    throw new Error("the count from the store is not the count from what was sent");
  const { readings } = await store.usage();
  const rssMb = process.resourceUsage().maxRSS / 1024;
  const yes = counted.verdicts.filter(({ iot }) => iot === "yes").length;
  console.log(JSON.stringify({ seconds, hours, readings, models: counted.verdicts.length, yes, rssMb }));

  function readingsUntil(endMs: number, { device, hoursMs, min, max }: HourlySeries, at: number): Reading[] {
    const day: Reading[] = [];
    for (; (hoursMs[next[at]!] ?? endMs) < endMs; next[at]!++) {
      const hour = next[at]!;
      for (const quantity of names) {
        // The greatest first, then the smallest: more of an hour a store does not tell.
        for (let nth = 0; nth < perHour; nth++) {
          const measuredAtMs = hoursMs[hour]! + (nth * hourMs) / perHour;
          const value = nth === 0 ? max[hour]! : min[hour]!;
          day.push({ device, quantity, value, measuredAtMs, receivedAtMs: measuredAtMs, live: true });
        }
      }
    }
    return day;
  }
} finally {
  await store.close();
  await rm(folder, { recursive: true });
}
