/**
 * A random life of a journal beside a model of it: an array. Appending, reading from anywhere, trimming, looking up times
 * and opening anew, with segments and a tail so small that every way of reading is taken. `SEED=7 SEEDS=20` repeats and widens.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Uplink } from "../../../devices/index.ts";
import type { Journal } from "../journal.ts";
import { appendAll, plain } from "../testing/numbered-uplinks.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { openSegmentJournal } from "./open-segment-journal.ts";

const firstSeed = Number(process.env.SEED ?? 1);
const seeds = Array.from({ length: Number(process.env.SEEDS ?? 3) }, (_, index) => firstSeed + index);
const steps = 250;

test.each(seeds)(
  "a journal is an array that survives, seed %i",
  async (seed) => {
    const random = seededRandom(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    const folder = await mkdtemp(join(tmpdir(), "canhdong-model-"));
    const open = () =>
      openSegmentJournal({ folder, segmentBytes: 1000 + below(8000), tailBytes: below(12_000) });
    let journal = await open();
    onTestFinished(async () => {
      await journal.close();
      await rm(folder, { recursive: true, force: true });
    });
    const kept: Uplink[] = [];
    let nowMs = 1_763_712_000_000;

    const ops: Record<string, () => Promise<void>> = {
      async append() {
        const uplinks = Array.from({ length: 1 + below(40) }, () => randomUplink());
        await appendAll(journal, uplinks);
        kept.push(...uplinks);
      },
      async read() {
        const from = below(kept.length + 1);
        await expectRead(journal, kept, from, 1 + below(200));
      },
      async find() {
        const atMs = nowMs - below(20_000) + 1000;
        const found = kept.findIndex(({ receivedAtMs }, at) => at >= journal.start && receivedAtMs >= atMs);
        expect(await journal.positionAt(atMs)).toBe(found < 0 ? kept.length : found);
      },
      async trim() {
        const before = journal.start;
        const to = below(kept.length + 1);
        await journal.trim(to, Number.POSITIVE_INFINITY);
        expect(journal.start).toBeGreaterThanOrEqual(before);
        expect(journal.start).toBeLessThanOrEqual(Math.max(before, to));
      },
      async reopen() {
        const { start } = journal;
        await journal.close();
        journal = await open();
        expect([journal.start, journal.end]).toEqual([start, kept.length]);
      },
    };
    const dice = ["append", "append", "append", "read", "read", "read", "find", "trim", "reopen"];

    function randomUplink(): Uplink {
      // Now and then the server's clock is set back.
      nowMs += below(100) === 0 ? -5000 : below(50);
      return {
        device: `nút-${below(20)}`,
        topic: `canhdong/v1/${"x".repeat(below(30))}`,
        payload: Buffer.alloc(below(10) === 0 ? below(6000) : below(200), below(256)),
        receivedAtMs: nowMs,
      };
    }

    for (let step = 0; step < steps; step++) await ops[dice[below(dice.length)]!]!();
    await expectRead(journal, kept, 0, Number.POSITIVE_INFINITY);
  },
  120_000,
);

async function expectRead(
  journal: Journal,
  kept: readonly Uplink[],
  from: number,
  most: number,
): Promise<void> {
  const begin = Math.max(from, journal.start);
  const { uplinks, next } = await journal.read(from, most);
  expect(uplinks.length).toBeLessThanOrEqual(most);
  expect(uplinks.length > 0).toBe(begin < kept.length);
  expect(next).toBe(begin + uplinks.length);
  expect(uplinks.map(({ position }) => position)).toEqual(uplinks.map((_, index) => begin + index));
  expect(uplinks.map(plain)).toEqual(kept.slice(begin, next).map(plain));
}
