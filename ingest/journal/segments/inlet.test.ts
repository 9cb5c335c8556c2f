import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JournaledUplink } from "../journal.ts";
import { openSegmentJournal } from "./open-segment-journal.ts";
import type { SegmentJournal } from "./segment-journal.ts";

let folder: string;
let journal: SegmentJournal;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canhdong-inlet-"));
  journal = await openSegmentJournal({ folder });
});
afterEach(async () => {
  await journal.close();
  await rm(folder, { recursive: true, force: true });
});

function appendElsewhere(name: string, uplinks: number, payloadBytes = 4): Promise<readonly number[]> {
  const end = journal.inlet();
  const thread = new Worker(new URL("../testing/appending-thread.ts", import.meta.url), {
    workerData: { end, name, uplinks, payloadBytes },
    transferList: [end.port],
  });
  return once(thread, "message").then(([confirmed]) => confirmed);
}

function appendHere(uplinks: number): Promise<void> {
  return new Promise((resolve, reject) => {
    for (let n = 0; n < uplinks; n++) {
      const payload = Buffer.alloc(4);
      payload.writeUInt32LE(n);
      journal.append({ device: "here", topic: "t", payload, receivedAtMs: n }, (error) => {
        if (error) reject(error);
        else if (n === uplinks - 1) resolve();
      });
    }
  });
}

async function everything(): Promise<JournaledUplink[]> {
  const all: JournaledUplink[] = [];
  for (let next = 0; next < journal.end; ) {
    const batch = await journal.read(next, 1_000);
    all.push(...batch.uplinks);
    next = batch.next;
  }
  return all;
}

const numbersOf = (uplinks: readonly JournaledUplink[], device: string) =>
  uplinks
    .filter((uplink) => uplink.device === device)
    .map(({ payload }) => Buffer.from(payload).readUInt32LE());
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

test("what two threads and the journal's own append at once is all there, each in its order, on positions of its own", async () => {
  const [left, right] = await Promise.all([
    appendElsewhere("left", 3_000),
    appendElsewhere("right", 3_000),
    appendHere(3_000),
  ]);
  await journal.caughtUp();
  expect(journal.end).toBe(9_000);
  const found = await everything();
  expect(found.map(({ position }) => position)).toEqual(upTo(9_000));
  expect(numbersOf(found, "left")).toEqual(left);
  expect(numbersOf(found, "right")).toEqual(right);
  expect(numbersOf(found, "here")).toEqual(upTo(3_000));
});

test("whoever follows the journal hears of what others append", async () => {
  const told = Promise.withResolvers<void>();
  journal.onAppended(() => journal.end === 10 && told.resolve());
  await appendElsewhere("left", 10);
  await told.promise;
});

test("what was appended elsewhere is there after the journal is opened again, and goes on from there", async () => {
  await appendElsewhere("left", 500);
  await journal.close();
  journal = await openSegmentJournal({ folder });
  expect(journal.end).toBe(500);
  await appendElsewhere("right", 5);
  await journal.caughtUp();
  expect(numbersOf(await everything(), "right")).toEqual(upTo(5));
});

test("more than a journal can look at in time is read from the disk instead of piling up in memory", async () => {
  const confirmed = appendElsewhere("left", 200, 400 * 1024);
  await new Promise<void>((resolve) => journal.onAppended(resolve));
  const seen = journal.end;
  // From here on nothing is looked at, until the other thread is done with a good part of its 80 MiB.
  const sizes = () => readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  const written = () => sizes().reduce((sum, bytes) => sum + bytes, 0);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let turn = 0; turn < 2_000 && written() < 60 * 1024 * 1024; turn++) Atomics.wait(clock, 0, 0, 10);
  expect(journal.end).toBe(seen);
  expect(written()).toBeGreaterThan(60 * 1024 * 1024 - 1);
  expect(await confirmed).toEqual(upTo(200));
  await journal.caughtUp();
  expect(numbersOf(await everything(), "left")).toEqual(upTo(200));
});

test("an inlet that closes has its answers, and the others go on", async () => {
  expect(await appendElsewhere("left", 100)).toHaveLength(100);
  expect(await appendElsewhere("right", 100)).toHaveLength(100);
  await journal.caughtUp();
  expect(journal.end).toBe(200);
});
