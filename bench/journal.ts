import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Uplink } from "../devices/index.ts";
import type { Journal } from "../ingest/journal/journal.ts";
import { openSegmentJournal } from "../ingest/journal/segments/open-segment-journal.ts";
import { createHistogram } from "./load/histogram.ts";

/**
 * Measures the journal by itself: how many uplinks a second it makes durable with a window of them outstanding, how long
 * one waits at a given rate, and how fast it reads from memory and from disk.
 *
 *   node bench/journal.ts [--seconds 4] [--rate 10000] [--linger 0] [--folder /path/on/the/disk/to/measure]
 */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "4" },
    rate: { type: "string", default: "10000" },
    linger: { type: "string", default: "0" },
    folder: { type: "string", default: tmpdir() },
  },
});
const seconds = Number(values.seconds);

const uplinks = Array.from({ length: 1000 }, (_, index): Uplink => {
  const device = `node-${String(index).padStart(6, "0")}`;
  const body = {
    ts: 1_763_712_000_000,
    seq: 1_000_000_000 + index,
    values: { "soil.moisture": 31.2, "air.temperature": 27.4 },
  };
  return {
    device,
    topic: `canhdong/v1/${device}/telemetry`,
    payload: Buffer.from(JSON.stringify(body)),
    receivedAtMs: 1_763_712_000_000,
  };
});
const uplinkBytes = uplinks[0]!.device.length + uplinks[0]!.topic.length + uplinks[0]!.payload.length;

const lingerMs = Number(values.linger);
// First, as the file system is busy for a while after the other two have removed hundreds of megabytes.
const paced = await withJournal((journal) => appendAtRate(journal, seconds, Number(values.rate)));
const sustained = await withJournal((journal) => appendAsFastAsPossible(journal, seconds, 20_000));
const read = await withJournal(async (journal, reopen) => {
  await appendAsFastAsPossible(journal, 1, 20_000);
  const memory = await readBack(journal, Math.max(0, journal.end - 50_000));
  const startMs = performance.now();
  const reopened = await reopen();
  const openMs = Math.round(performance.now() - startMs);
  return { memory, disk: await readBack(reopened, 0), openMs };
});

const result = { uplinkBytes, lingerMs, sustained, paced, read };
console.log(JSON.stringify(result));
console.log(
  `journal: ${thousands(sustained.perSecond)} durable uplinks of ${uplinkBytes} B a second ` +
    `(CPU ${sustained.cpuPercent} %); at ${thousands(paced.perSecond)}/s p50 ${paced.ms.p50} ms, p99 ${paced.ms.p99} ms ` +
    `(CPU ${paced.cpuPercent} %); reads ${thousands(read.memory)}/s from memory, ${thousands(read.disk)}/s from disk`,
);

/** Runs `work` on a journal of its own; `reopen` closes it and opens it again. */
async function withJournal<T>(
  work: (journal: Journal, reopen: () => Promise<Journal>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(values.folder, "canhdong-bench-journal-"));
  let journal = await openSegmentJournal({ folder, lingerMs });
  try {
    return await work(journal, async () => {
      await journal.close();
      journal = await openSegmentJournal({ folder, lingerMs });
      return journal;
    });
  } finally {
    await journal.close();
    await rm(folder, { recursive: true });
  }
}

async function appendAsFastAsPossible(journal: Journal, seconds: number, window: number) {
  const meter = startMeter();
  const untilMs = performance.now() + seconds * 1000;
  let outstanding = 0;
  let sent = 0;
  await new Promise<void>((resolve, reject) => {
    const confirmed = (error: Error | null) => {
      if (error) return reject(error);
      outstanding--;
      if (outstanding === 0) performance.now() < untilMs ? fill() : resolve();
      else if (outstanding === window / 2 && performance.now() < untilMs) fill();
    };
    const fill = () => {
      for (; outstanding < window; outstanding++)
        journal.append(uplinks[sent++ % uplinks.length]!, confirmed);
    };
    fill();
  });
  return { ...meter(sent), rssMb: Math.round(process.memoryUsage.rss() / 1e6) };
}

async function appendAtRate(journal: Journal, seconds: number, rate: number) {
  const waits = createHistogram();
  const meter = startMeter();
  const startMs = performance.now();
  let sent = 0;
  let confirmed = 0;
  await new Promise<void>((resolve, reject) => {
    const timer = setInterval(() => {
      const nowMs = performance.now();
      const due = Math.min(seconds, (nowMs - startMs) / 1000) * rate;
      for (; sent < due; sent++) {
        journal.append(uplinks[sent % uplinks.length]!, (error) => {
          if (error) return reject(error);
          waits.add(performance.now() - nowMs);
          if (++confirmed === sent && confirmed >= seconds * rate) resolve();
        });
      }
      if (sent >= seconds * rate) clearInterval(timer);
    }, 1);
  });
  return { ...meter(sent), ms: waits.summary() };
}

/** Uplinks read a second. */
async function readBack(journal: Journal, from: number): Promise<number> {
  const startMs = performance.now();
  let position = from;
  while (position < journal.end) ({ next: position } = await journal.read(position, 5000));
  return Math.round(((position - from) / (performance.now() - startMs)) * 1000);
}

function startMeter() {
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  return (count: number) => {
    const tookMs = performance.now() - startMs;
    const { user, system } = process.cpuUsage(cpu);
    return {
      perSecond: Math.round((count / tookMs) * 1000),
      cpuPercent: Math.round((user + system) / 10 / tookMs),
    };
  };
}

function thousands(count: number): string {
  return count.toLocaleString("en");
}
