/**
 * The linkage models of a province, counted over a year by the server's own office from what its store holds; then recounted from the
 * exported readings by other code, which must find the same verdicts.
 *
 *     node bench/count.ts [--models 60] [--nodes 300] [--quantities 2] [--per-hour 2] [--flood 1000000] [--no-recount] [--folder DIR]
 *
 * A province of the size that is to be held: --models 300 --nodes 1500 --per-hour 6, which is what `npm run bench -- count` takes.
 * A folder that is named is kept, and not filled again.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import type { StoredSize } from "../app/linkage/testing/stored-province.ts";
import type { AskedCount } from "./count/ask-office.ts";
import type { FilledFolder } from "./count/fill-folder.ts";

const { values: options } = parseArgs({
  options: {
    models: { type: "string", default: "60" },
    nodes: { type: "string", default: "300" },
    quantities: { type: "string", default: "2" },
    "per-hour": { type: "string", default: "2" },
    flood: { type: "string", default: "1000000" },
    "no-recount": { type: "boolean", default: false },
    folder: { type: "string" },
  },
});
const size: StoredSize = {
  models: Number(options.models),
  nodes: Number(options.nodes),
  quantities: Number(options.quantities),
  perHour: Number(options["per-hour"]),
  flood: Number(options.flood),
  seed: 42,
  sealedEvery: "day",
};

const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "canhdong-bench-")));
try {
  const isFilled = existsSync(join(folder, "store"));
  if (!isFilled) {
    const filled = await script<FilledFolder>("fill-folder.ts");
    console.log(`written and sealed   ${seconds(filled.seconds)}`);
  }
  const found = await script<AskedCount>("ask-office.ts", options["no-recount"] ? [] : ["recount"]);
  console.log(report(found));
} finally {
  if (options.folder === undefined) await rm(folder, { recursive: true });
}

/** In a process of its own, which is as a server that was just started. */
async function script<T>(name: string, more: readonly string[] = []): Promise<T> {
  const args = [resolve(import.meta.dirname, "count", name), folder, JSON.stringify(size), ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return JSON.parse(output) as T;
}

function report(found: AskedCount): string {
  return [
    `on disk              ${found.bytesPerReading.toFixed(2)} bytes a reading, ${found.marksPerReading.toFixed(3)} of them marks of hours`,
    `count, just started  ${seconds(found.coldSeconds)} (${seconds(found.coldProcessorSeconds)} of processor time)`,
    `count, once more     ${seconds(found.warmSeconds)} (${seconds(found.warmProcessorSeconds)} of processor time)`,
    `as remembered        ${seconds(found.rememberedSeconds)}`,
    `memory at most       ${Math.round(found.rssMb)} MB, with ${Math.round(found.rssBeforeMb)} MB before the count`,
    `${found.yes} of ${found.models} models count, by ${found.readings.toLocaleString("en")} readings of ${size.nodes} nodes`,
    found.recountSeconds === null
      ? "not recounted"
      : `every verdict as recounted from the exported readings (${seconds(found.recountSeconds)})`,
  ].join("\n");
}

function seconds(of: number): string {
  return `${of.toFixed(2)} s`;
}
