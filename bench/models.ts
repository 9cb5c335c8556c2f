/**
 * How many frames a second each device model reads on one core: the examples of its folder, over and over. Best of several
 * rounds; the machine's other work slows a round, never quickens it.
 *
 *     node bench/models.ts [seconds for each model] [--json]
 */
import { parseArgs } from "node:util";
import { type DeviceModel, models } from "../devices/index.ts";
import type { Example } from "../devices/models/example.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false } },
});
const seconds = Number(positionals[0] ?? 0.2);
/** Shorter than the time after which the machine gives somebody else a turn. */
const framesPerRound = 500;
/** Before that V8 may not have seen what is hot. */
const leastRounds = 200;
const receivedAtMs = Date.UTC(2026, 6, 1);
const atLeast = 200_000;

const rates: number[] = [];
let slowest = { name: "", perSecond: Number.POSITIVE_INFINITY };
for (const model of models) {
  const rate = rateOf(model, await framesOf(model));
  rates.push(rate);
  if (rate < slowest.perSecond) slowest = { name: model.name, perSecond: Math.round(rate) };
  if (!options.json) console.log(`${model.name.padEnd(24)} ${rounded(rate).padStart(12)} frames/s`);
}
// All models in turns: the mean of the times, not of the rates.
const together = rates.length / rates.reduce((time, rate) => time + 1 / rate, 0);
if (options.json) console.log(JSON.stringify({ together: Math.round(together), slowest }));
else
  console.log(
    `\n${"all in turns".padEnd(24)} ${rounded(together).padStart(12)} frames/s (at least ${rounded(atLeast)})`,
  );

async function framesOf({ name }: DeviceModel) {
  const { examples } = (await import(`../devices/models/${name}/examples.ts`)) as {
    examples: readonly Example[];
  };
  return examples
    .filter(({ values, past }) => values !== undefined || past !== undefined)
    .map(({ port, hex }) => ({ port, receivedAtMs, bytes: Buffer.from(hex.replaceAll(" ", ""), "hex") }));
}

function rateOf(model: DeviceModel, frames: Awaited<ReturnType<typeof framesOf>>): number {
  const facts = { mountingHeightCm: 250 };
  const until = performance.now() + seconds * 1000;
  let best = 0;
  let kept = 0;
  for (let round = 0; round < leastRounds || performance.now() < until; round++) {
    const start = performance.now();
    for (let i = 0; i < framesPerRound; i++) {
      const frame = frames[i % frames.length];
      if (frame !== undefined) kept += model.decode(frame, facts).values.length;
    }
    best = Math.max(best, (framesPerRound * 1000) / (performance.now() - start));
  }
  if (kept === 0) throw new Error(`${model.name} read nothing`);
  return best;
}

function rounded(rate: number): string {
  return Math.round(rate).toLocaleString("en");
}
