/**
 * The linkage models of a province, counted over a year by the server's own office from what its store holds; then recounted from the
 * exported readings by other code, which must find the same verdicts.
 *
 *     node bench/count.ts [--models 60] [--nodes 300] [--quantities 2] [--per-hour 2] [--flood 1000000] [--no-recount] [--json]
 *
 * A province of the size that is to be held: --models 300 --nodes 1500 --per-hour 6.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { type StoredSize, storeProvince } from "../app/linkage/testing/stored-province.ts";
import type { AskedCount } from "./count/ask-office.ts";

const { values: options } = parseArgs({
  options: {
    models: { type: "string", default: "60" },
    nodes: { type: "string", default: "300" },
    quantities: { type: "string", default: "2" },
    "per-hour": { type: "string", default: "2" },
    flood: { type: "string", default: "1000000" },
    "no-recount": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const size: StoredSize = {
  models: Number(options.models),
  nodes: Number(options.nodes),
  quantities: Number(options.quantities),
  perHour: Number(options["per-hour"]),
  flood: Number(options.flood),
  seed: 42,
};

const folder = await mkdtemp(join(tmpdir(), "canhdong-bench-"));
try {
  const begun = performance.now();
  await storeProvince(folder, size, say);
  const generateSeconds = (performance.now() - begun) / 1000;
  say(`the year of ${size.nodes} nodes is written and sealed: ${seconds(generateSeconds)}`);
  const found = await ask();
  const result = { ...found, generateSeconds };
  console.log(options.json ? JSON.stringify(result) : report(result));
} finally {
  await rm(folder, { recursive: true });
}

/** In a process of its own, which is as a server that was just started. */
async function ask(): Promise<AskedCount> {
  const script = resolve(import.meta.dirname, "count/ask-office.ts");
  const args = [script, folder, JSON.stringify(size), options["no-recount"] ? "" : "recount"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return JSON.parse(output) as AskedCount;
}

function report(result: AskedCount & { readonly generateSeconds: number }): string {
  return [
    `${result.models} models, ${size.nodes} nodes, ${result.readings.toLocaleString("en")} readings; ${result.yes} models count`,
    `written and sealed   ${seconds(result.generateSeconds)}`,
    `on disk              ${result.bytesPerReading.toFixed(2)} bytes a reading, of that marks ${result.marksPerReading.toFixed(3)}`,
    `count, just started  ${seconds(result.coldSeconds)} (${seconds(result.coldProcessorSeconds)} of processor time)`,
    `count, once more     ${seconds(result.warmSeconds)} (${seconds(result.warmProcessorSeconds)} of processor time)`,
    `as remembered        ${seconds(result.rememberedSeconds)}`,
    `memory at most       ${Math.round(result.rssMb)} MB`,
    result.recountSeconds === null
      ? "not recounted"
      : `every verdict as recounted from the exported readings (${seconds(result.recountSeconds)})`,
  ].join("\n");
}

function seconds(of: number): string {
  return `${of.toFixed(2)} s`;
}

function say(what: string): void {
  console.error(what);
}
