/** Asks the office of a folder filled by `storeProvince`: `ask-office.ts FOLDER SIZE [recount]`. Prints JSON. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { openOffice } from "../../app/linkage/open-office.ts";
import {
  actsOf,
  afterYearMs,
  registerIn,
  registryIn,
  type StoredSize,
  storeIn,
} from "../../app/linkage/testing/stored-province.ts";
import { spanMs } from "../../calendar/index.ts";
import { quantities } from "../../devices/index.ts";
import { recount } from "../../linkage/evidence/recount.ts";
import { type Province, rule, simulatedProvince, year } from "../../linkage/evidence/simulated-province.ts";
import { hoursInParquet } from "./hours-in-parquet.ts";

export interface AskedCount {
  readonly models: number;
  readonly yes: number;
  readonly readings: number;
  readonly bytesPerReading: number;
  readonly marksPerReading: number;
  /** With the first question to a process: opening the register and beginning the office's thread are in it. */
  readonly coldSeconds: number;
  readonly coldProcessorSeconds: number;
  readonly warmSeconds: number;
  readonly warmProcessorSeconds: number;
  readonly rememberedSeconds: number;
  /** With the store open, before it was asked anything. */
  readonly rssBeforeMb: number;
  /** At most, until it was counted twice. */
  readonly rssMb: number;
  readonly recountSeconds: number | null;
}

const [folder, sizeText, isRecounted] = process.argv.slice(2) as [string, string, string?];
const size = JSON.parse(sizeText) as StoredSize;
const province = simulatedProvince(size);
const { acts, byDevice } = actsOf(province);
const question = { plan: "ha-tinh", period: "2025" };
let nowMs = afterYearMs;

const registry = registryIn(folder);
const store = await storeIn(folder);
const office = openOffice({
  registerFile: registerIn(folder),
  snapshotsFile: join(folder, "snapshots.db"),
  outlinesFile: join(folder, "outlines.json"),
  rule,
  plan: question.plan,
  registry,
  readings: store,
  quantities: quantities.keys(),
  acknowledgedAt: (device) => byDevice.get(device) ?? [],
  now: () => nowMs,
});
const rssBeforeMb = process.memoryUsage().rss / 1e6;
const score = () => office.score(question);
const cold = await timed(score);
// What was remembered of the first is too old by then.
nowMs += 2 * 3_600_000;
const warm = await timed(score);
const remembered = await timed(score);
const rssMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
const { models } = await office.models(question);
const found = new Map(models.map(({ id, iot }) => [id, iot] as const));
const recounted = isRecounted ? await timed(() => compare(found)) : null;
const { readings, bytes } = await store.usage();
const asked: AskedCount = {
  models: models.length,
  yes: models.filter(({ iot }) => iot === "yes").length,
  readings,
  bytesPerReading: bytes / readings,
  marksPerReading: (await bytesBelow(join(folder, "store", "marks"))) / readings,
  coldSeconds: cold.seconds,
  coldProcessorSeconds: cold.processorSeconds,
  warmSeconds: warm.seconds,
  warmProcessorSeconds: warm.processorSeconds,
  rememberedSeconds: remembered.seconds,
  rssBeforeMb,
  rssMb,
  recountSeconds: recounted?.seconds ?? null,
};
console.log(JSON.stringify(asked));
await office.close();
await store.close();
registry.close();

async function timed(work: () => Promise<unknown>) {
  const begun = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - begun) / 1000, processorSeconds: (user + system) / 1e6 };
}

/** @throws when a verdict is another than that of the exported readings */
async function compare(counted: ReadonlyMap<string, string>): Promise<void> {
  const file = join(folder, "readings.parquet");
  await store.export({ ...spanMs(year), format: "parquet", file });
  const sound = await hoursInParquet(
    file,
    province.nodes.map(({ device }) => device),
  );
  await rm(file);
  const silent = new Uint8Array(366 * 24);
  const own: Pick<Province, "models" | "nodes" | "acts"> = { ...province, acts };
  for (const [model, verdict] of recount(own, ({ device }) => sound.get(device) ?? silent))
    if (counted.get(model) !== verdict)
      throw new Error(`${model} was counted as ${counted.get(model)}, but its readings say ${verdict}`);
}

async function bytesBelow(path: string): Promise<number> {
  const sizes = (await readdir(path)).map(async (name) => (await stat(join(path, name))).size);
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}
