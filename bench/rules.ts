import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { openWatch } from "../ingest/alerts/index.ts";
import type { Decoded } from "../ingest/decode/decoded.ts";
import { chosenRules, loadRules, packNames, rulesFile } from "../ingest/rules/index.ts";

/*
 * What the rules cost: readings a second through 20 rules and 2,000 devices with 5 quantities each, batches of 500 uplinks
 * as the journal gives them, a tick for each second of journal time. Rules, state file and commits are the real ones.
 * Usage: node bench/rules.ts [rounds] [packs] (each round is one uplink of every device; `packs`: every pack by product is armed
 * instead, and the devices stand by turns on parcels, in ponds and in sheds)
 */

const rounds = Number(process.argv[2] ?? 100);
const withPacks = process.argv[3] === "packs";
const devices = Array.from({ length: 2000 }, (_, at) => `node-${at}`);
const measured = withPacks
  ? ["soil.moisture", "water.dissolvedOxygen", "air.temperature", "air.relativeHumidity", "water.ph"]
  : ["soil.moisture", "soil.temperature", "air.temperature", "air.relativeHumidity", "power.battery"];
const usual = withPacks ? [40, 7, 27, 70, 7.5] : [40, 25, 27, 80, 4];
const placeKinds = ["parcel", "pond", "shed"];
const batchSize = 500;
const roundMs = 100;
const startMs = Date.UTC(2026, 10, 21);

const folder = mkdtempSync(join(tmpdir(), "canhdong-bench-"));
const silent = { info() {}, warn() {}, error() {} };
let journalEnd = 0;
let nowMs = startMs;
const watch = openWatch({
  file: join(folder, "watch.sqlite"),
  rules: withPacks ? packs() : rules(),
  where: (id) => {
    const placeKind = placeKinds[Number(id.slice("node-".length)) % 3]!;
    return { place: "p", linkageModel: "m", model: "node", placeKind };
  },
  intervalOf: () => 60_000,
  names: { device: (id) => id, place: (id) => id },
  journalEnd: () => journalEnd,
  now: () => nowMs,
  log: silent,
});

const judgeMs: number[] = [];
const saveMs: number[] = [];
let spentMs = 0;
let cpuUs = 0;
for (let round = 0; round < rounds; round++) {
  nowMs = startMs + round * roundMs;
  const uplinks = devices.map((device, at) => uplink(device, round * devices.length + at, nowMs));
  journalEnd += uplinks.length;
  for (let from = 0; from < uplinks.length; from += batchSize) {
    const batch = uplinks.slice(from, from + batchSize);
    timed(() => watch.handle(batch, batch.at(-1)!.uplink.position + 1));
  }
  if (round % 10 === 9) timed(() => watch.tick(nowMs));
}
const { fired, evaluated } = watch.counters();
watch.close();
rmSync(folder, { recursive: true });

const readings = rounds * devices.length * measured.length;
const batchReadings = batchSize * measured.length;
report("readings a second", (readings / spentMs) * 1000, 0);
report("µs a reading, all told", (spentMs / readings) * 1000, 2);
report("µs of processor time a reading, all told", cpuUs / readings, 2);
report("µs a reading, batches that only judge, median", (quantile(judgeMs, 0.5) / batchReadings) * 1000, 2);
report("µs a reading, batches that only judge, p99", (quantile(judgeMs, 0.99) / batchReadings) * 1000, 2);
report("ms a commit (alert or save), median", quantile(saveMs, 0.5), 1);
report("ms a commit (alert or save), p99", quantile(saveMs, 0.99), 1);
report("commits", saveMs.length, 0);
report("readings evaluated", evaluated, 0);
report("alerts fired", fired, 0);

/** Work that ended in a commit stands apart from work that only judged. */
function timed(work: () => void): void {
  const { commits } = watch.counters();
  const cpu = process.cpuUsage();
  const from = performance.now();
  work();
  const took = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  cpuUs += user + system;
  spentMs += took;
  (watch.counters().commits > commits ? saveMs : judgeMs).push(took);
}

function packs() {
  const byProduct = packNames.filter((name) => name !== "starter" && name !== "demo");
  return loadRules(chosenRules.parse(byProduct), ["log"]);
}

/** 14 thresholds, 4 rates of change and 2 silences; now and then a device crosses one. */
function rules() {
  const words = {
    severity: "warning",
    title: { vi: "{value}", en: "{value}" },
    advice: { vi: "-", en: "-" },
  };
  const thresholds = measured.flatMap((quantity, at) => [
    { kind: "threshold", name: `low-${at}`, quantity, below: usual[at]! * 0.8, clear: usual[at]! * 0.85 },
    { kind: "threshold", name: `high-${at}`, quantity, above: usual[at]! * 1.2, forMs: 60_000 },
    { kind: "threshold", name: `very-high-${at}`, quantity, above: usual[at]! * 1.24, forMs: 600_000 },
  ]);
  const rates = measured.map((quantity, at) => {
    return { kind: "rate-of-change", name: `rate-${at}`, quantity, fallsBy: usual[at]!, withinMs: 600_000 };
  });
  const silences = [3, 10].map((intervals) => ({
    kind: "device-silent",
    name: `silent-${intervals}`,
    intervals,
  }));
  const all = [...thresholds.slice(0, 14), ...rates.slice(0, 4), ...silences].map((rule) => ({
    ...words,
    ...rule,
  }));
  return rulesFile.parse({ rules: all, routes: [{ to: "log" }] });
}

function uplink(device: string, position: number, receivedAtMs: number): Decoded {
  const readings = measured.map((quantity, at) => {
    const wave = 1 + 0.1 * Math.sin(position / 37 + at);
    const value = usual[at]! * (position % 50_021 === 0 ? 0.7 : wave);
    return { device, quantity, measuredAtMs: receivedAtMs, receivedAtMs, value, live: true };
  });
  const raw = { device, topic: "t", payload: new Uint8Array(), receivedAtMs, position };
  return { uplink: raw, readings, rejections: [], decoder: "bench/1" };
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)]!;
}

function report(what: string, value: number, digits: number): void {
  console.log(`${what.padEnd(50)} ${value.toLocaleString("en", { maximumFractionDigits: digits })}`);
}
