import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  copyFile,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Uplink } from "../../../devices/index.ts";
import { journalContract } from "../journal-contract.ts";
import {
  appendAll,
  appendOne,
  numbered,
  numberedFrom,
  numberOf,
  numbers,
  plain,
  readAll,
} from "../testing/numbered-uplinks.ts";
import type { Damage } from "./damage.ts";
import { encodings, frameHeaderBytes, sealFrame } from "./frame.ts";
import { openJournalReader } from "./open-journal-reader.ts";
import { openSegmentJournal, type SegmentJournalOptions } from "./open-segment-journal.ts";
import { recoverFolder } from "./recover-folder.ts";
import { frameEnd, SegmentFile } from "./segment-file.ts";
import { segmentHeaderBytes } from "./segment-header.ts";
import type { SegmentJournal } from "./segment-journal.ts";

journalContract((folder) => openSegmentJournal({ folder, segmentBytes: 4096 }));

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canhdong-segments-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function openHere(options: Partial<SegmentJournalOptions> = {}): Promise<SegmentJournal> {
  const journal = await openSegmentJournal({ folder, ...options });
  onTestFinished(() => journal.close());
  return journal;
}

/** Fills the folder with uplinks 0 to `count`, a frame for each ten, and closes it. */
async function fill(count: number, options: Partial<SegmentJournalOptions> = {}): Promise<void> {
  const journal = await openHere(options);
  for (let from = 0; from < count; from += 10) await appendAll(journal, numberedFrom(from, from + 10));
  await journal.close();
}

async function segmentFiles(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".journal")).sort();
}

/** Turns one bit of a file over. */
async function damage(file: string, offset: number): Promise<void> {
  const bytes = await readFile(file);
  bytes[offset]! ^= 1;
  await writeFile(file, bytes);
}

async function damageMiddle(file: string): Promise<void> {
  await damage(file, Math.floor((await stat(file)).size / 2));
}

async function offsetOfLastFrame(path: string): Promise<number> {
  const file = await SegmentFile.open(path);
  let [last, offset] = [0, segmentHeaderBytes];
  for (let frame = await file.frameAt(offset); frame; frame = await file.frameAt(offset)) {
    last = offset;
    offset = frameEnd(offset, frame);
  }
  await file.close();
  return last;
}

describe("a torn tail", () => {
  test("is cut wherever the last frame breaks off, and the frames before it stay", async () => {
    await fill(20);
    const journal = await openHere();
    await appendAll(journal, numberedFrom(20, 22));
    await journal.close();
    const [name] = await segmentFiles();
    const path = join(folder, name!);
    const whole = await readFile(path);
    const { size } = await stat(path);
    const start = await offsetOfLastFrame(path);
    for (let cutAt = start; cutAt < size; cutAt++) {
      await writeFile(path, whole.subarray(0, cutAt));
      const recovered = await recoverFolder(folder);
      expect([cutAt, recovered.end, recovered.damage]).toEqual([cutAt, 20, null]);
      expect((await stat(path)).size).toBe(start);
    }
    await writeFile(path, whole);
    expect((await recoverFolder(folder)).end).toBe(22);
  });

  test("of zeros, from a file that grew before its data came, is cut without a word", async () => {
    await fill(10);
    const path = join(folder, (await segmentFiles())[0]!);
    const { size } = await stat(path);
    await truncate(path, size + 10_000);
    const recovered = await recoverFolder(folder);
    expect([recovered.end, recovered.damage, recovered.resume?.bytes]).toEqual([10, null, size]);
  });

  test("is written over by the next uplinks", async () => {
    await fill(30);
    const path = join(folder, (await segmentFiles())[0]!);
    await truncate(path, (await stat(path)).size - 1);
    const journal = await openHere();
    expect(journal.end).toBe(20);
    await appendAll(journal, numberedFrom(20, 25));
    await journal.close();
    expect((await readAll(await openHere())).map(numberOf)).toEqual(numbers(0, 25));
  });

  test("that carries a payload made to look like a frame is cut all the same", async () => {
    await fill(10);
    const path = join(folder, (await segmentFiles())[0]!);
    const forged = Buffer.from((await readFile(path)).subarray(segmentHeaderBytes));
    const header = {
      encoding: encodings.raw,
      rawBytes: forged.length - frameHeaderBytes,
      first: 11,
      latestMs: 0,
    };
    sealFrame(forged, randomBytes(4).readUInt32LE(), { ...header, count: 10 });
    const journal = await openHere();
    await appendOne(journal, { ...numbered(10), payload: Buffer.concat([forged, forged]) });
    await journal.close();
    await truncate(path, (await stat(path)).size - 1);
    expect((await recoverFolder(folder)).end).toBe(10);
  });
});

describe("a damaged disk", () => {
  test("loses the damaged frame only: the range is told once, skipped, and the file kept aside", async () => {
    await fill(200, { segmentBytes: 4096 });
    const [, second, third] = await segmentFiles();
    const [from, to] = [Number(second!.slice(0, 16)), Number(third!.slice(0, 16))];
    await damageMiddle(join(folder, second!));
    const told: Damage[] = [];
    const journal = await openHere({ segmentBytes: 4096, onDamage: (damage) => told.push(damage) });
    const first = (await readAll(journal)).map(numberOf);
    const again = (await readAll(journal, 0, 7)).map(numberOf);
    await journal.close();

    expect(told).toHaveLength(1);
    const [lost] = told;
    expect(lost!.from).toBeGreaterThanOrEqual(from);
    expect(lost!.to).toBeLessThanOrEqual(to);
    expect(lost!.message).toContain(`positions ${lost!.from} to ${lost!.to - 1}`);
    expect(lost!.message).toContain(second);
    expect(first).toEqual([...numbers(0, lost!.from), ...numbers(lost!.to, 200)]);
    expect(again).toEqual(first);
    expect(existsSync(join(folder, "damaged", second!))).toBe(true);
  });

  test("retention drops a damaged segment, and what was kept aside stays", async () => {
    await fill(200, { segmentBytes: 4096 });
    const [first] = await segmentFiles();
    await damageMiddle(join(folder, first!));
    const bytes = await readFile(join(folder, first!));
    const journal = await openHere({ onDamage: () => undefined });
    await readAll(journal);
    await journal.trim(journal.end, Number.POSITIVE_INFINITY);
    expect(existsSync(join(folder, first!))).toBe(false);
    expect(await readFile(join(folder, "damaged", first!))).toEqual(bytes);
  });

  test("a segment that is gone is told of and skipped", async () => {
    await fill(200, { segmentBytes: 4096 });
    const [, second, third] = await segmentFiles();
    const [from, to] = [Number(second!.slice(0, 16)), Number(third!.slice(0, 16))];
    await rm(join(folder, second!));
    const told: Damage[] = [];
    const journal = await openHere({ onDamage: (damage) => told.push(damage) });
    expect((await readAll(journal)).map(numberOf)).toEqual([...numbers(0, from), ...numbers(to, 200)]);
    await journal.close();
    expect(told.map(({ from, to }) => [from, to])).toEqual([[from, to]]);
  });

  test("positions of a last frame that went bad are not given out again", async () => {
    await fill(30);
    const path = join(folder, (await segmentFiles())[0]!);
    await damage(path, (await stat(path)).size - 5);
    const told: Damage[] = [];
    const journal = await openHere({ onDamage: (damage) => told.push(damage) });
    expect(journal.end).toBe(30);
    await appendAll(journal, numberedFrom(30, 40));
    expect((await readAll(journal)).map(numberOf)).toEqual([...numbers(0, 20), ...numbers(30, 40)]);
    await journal.close();
    expect(told.map(({ from, to }) => [from, to])).toEqual([[20, 30]]);
  });

  test("a last segment that is nothing but rubbish stops neither the start nor the numbering", async () => {
    await fill(30);
    const path = join(folder, (await segmentFiles())[0]!);
    await writeFile(path, randomBytes((await stat(path)).size));
    const journal = await openHere({ onDamage: () => undefined });
    expect(journal.end).toBeGreaterThanOrEqual(30);
    const { end } = journal;
    await appendOne(journal, numbered(end));
    expect((await readAll(journal)).map(({ position }) => position)).toEqual([end]);
  });

  test("a damaged segment header costs no uplink", async () => {
    await fill(30);
    await damage(join(folder, (await segmentFiles())[0]!), 3);
    const journal = await openHere();
    expect((await readAll(journal)).map(numberOf)).toEqual(numbers(0, 30));
    await appendAll(journal, numberedFrom(30, 40));
    await journal.close();
    expect((await readAll(await openHere())).map(numberOf)).toEqual(numbers(0, 40));
  });
});

describe("reading", () => {
  test("a reader far behind and one that keeps up get the same", async () => {
    const behind = await openHere({ segmentBytes: 8192, tailBytes: 0 });
    const uplinks = numberedFrom(0, 500);
    await appendAll(behind, uplinks.slice(0, 250));
    await appendAll(behind, uplinks.slice(250));
    const fromDisk = await readAll(behind, 0, 33);
    await behind.close();
    const ahead = await openHere({ segmentBytes: 8192 });
    await appendAll(ahead, numberedFrom(500, 900));
    const fromBoth = await readAll(ahead, 0, 77);
    expect(fromDisk.map(plain)).toEqual(uplinks.map(plain));
    expect(fromBoth.map(plain)).toEqual(numberedFrom(0, 900).map(plain));
    expect(fromBoth.map(({ position }) => position)).toEqual(numbers(0, 900));
  });

  test("closed segments are packed to a fraction, and read and found by time as before", async () => {
    await fill(3000, { segmentBytes: 32_768 });
    const journal = await openHere({ segmentBytes: 32_768 });
    const payloadBytes = numberedFrom(0, 3000).reduce((sum, { payload }) => sum + payload.length, 0);
    // Housekeeping runs in turn: when this has, everything that was closed is packed.
    await journal.trim(0, 0);
    expect(journal.usage().bytes).toBeLessThan(payloadBytes / 3);
    expect((await readAll(journal, 0, 100)).map(plain)).toEqual(numberedFrom(0, 3000).map(plain));
    expect(await journal.positionAt(numbered(1234).receivedAtMs)).toBe(1234);
    await journal.close();
    const again = await openHere();
    expect((await readAll(again)).map(plain)).toEqual(numberedFrom(0, 3000).map(plain));
    expect(again.end).toBe(3000);
  });

  test("what everybody has passed is read from the disk, and is the same", async () => {
    const journal = await openHere();
    await appendAll(journal, numberedFrom(0, 500));
    const fromMemory = await readAll(journal);
    journal.passed(300);
    expect((await readAll(journal)).map(plain)).toEqual(fromMemory.map(plain));
    journal.passed(journal.end);
    await appendAll(journal, numberedFrom(500, 510));
    expect((await readAll(journal)).map(plain)).toEqual(numberedFrom(0, 510).map(plain));
  });

  test("readers behind one another on the disk share what was unpacked", async () => {
    const journal = await openHere({ tailBytes: 0 });
    await appendAll(journal, numberedFrom(0, 500));
    const [one, other] = await Promise.all([journal.read(0, 400), journal.read(0, 400)]);
    expect(one.uplinks).toHaveLength(400);
    expect(other.uplinks.every((uplink, at) => uplink === one.uplinks[at])).toBe(true);
  });

  test("one batch is bounded in bytes, however many uplinks were asked for", async () => {
    const journal = await openHere({ tailBytes: 0 });
    const large = (number: number): Uplink => ({
      ...numbered(number),
      payload: Buffer.alloc(200_000, number),
    });
    for (const from of numbers(0, 20)) {
      await appendAll(journal, numbers(from * 5, from * 5 + 5).map(large));
    }
    const { uplinks, next } = await journal.read(0, 1_000_000);
    expect(uplinks.length).toBeGreaterThan(0);
    expect(uplinks.length).toBeLessThan(40);
    expect(next).toBe(uplinks.length);
    expect((await readAll(journal)).map(({ position }) => position)).toEqual(numbers(0, 100));
  });
});

describe("the folder", () => {
  test("is refused to a second journal by the number of the process that has it, and free again after closing", async () => {
    const journal = await openHere();
    await expect(openSegmentJournal({ folder })).rejects.toMatchObject({
      code: "ELOCKED",
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await journal.close();
    await (await openHere()).close();
  });

  test("of a journal that was lost is numbered on from where its followers were", async () => {
    const journal = await openHere({ notBefore: 5000 });
    expect([journal.start, journal.end]).toEqual([5000, 5000]);
    await appendOne(journal, numbered(0));
    expect((await journal.read(5000, 10)).uplinks.map(({ position }) => position)).toEqual([5000]);
    await journal.close();
    const again = await openHere({ notBefore: 3000 });
    expect([again.start, again.end]).toEqual([5000, 5001]);
  });

  test("may hold the leftovers of unfinished files", async () => {
    await fill(10);
    const [name] = await segmentFiles();
    await copyFile(join(folder, name!), join(folder, `${name}.packed`));
    await writeFile(join(folder, "0000000000000010.journal.new"), "");
    expect((await readAll(await openHere())).map(numberOf)).toEqual(numbers(0, 10));
    expect((await readdir(folder)).filter((name) => /new|packed/.test(name))).toEqual([]);
  });

  test("that vanishes and comes back costs refusals, and no confirmed uplink", async () => {
    const journal = await openHere();
    await appendAll(journal, numberedFrom(0, 10));
    await rename(folder, `${folder}-away`);
    await expect(appendOne(journal, numbered(10))).rejects.toMatchObject({ code: "ENOENT" });
    expect(journal.usage().failing?.message).toContain(folder);
    await expect(appendOne(journal, numbered(10))).rejects.toMatchObject({ code: "ENOENT" });
    await rename(`${folder}-away`, folder);
    await appendAll(journal, numberedFrom(10, 20));
    expect(journal.usage().failing).toBeNull();
    await journal.close();
    expect((await readAll(await openHere())).map(numberOf)).toEqual(numbers(0, 20));
  });
});

test("uplinks that pile up beyond the limit are refused at once, and taken again when the disk has caught up", async () => {
  const journal = await openHere({ maxPendingBytes: 2000 });
  const fates: (string | null)[] = [];
  const appended = numbers(0, 50).map(
    (number) =>
      new Promise<void>((resolve) =>
        journal.append(numbered(number), (error) => {
          fates.push(error?.code ?? null);
          resolve();
        }),
      ),
  );
  await Promise.all(appended);
  const refused = fates.filter((fate) => fate === "EBUSY").length;
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(50);
  // The refusals did not wait for the disk.
  expect(fates.slice(0, refused).every((fate) => fate === "EBUSY")).toBe(true);
  await appendOne(journal, numbered(99));
  expect(journal.usage().failing).toBeNull();
  expect((await readAll(journal)).map(numberOf)).toEqual([...numbers(0, 50 - refused), 99]);
});

describe("a reader without a lock", () => {
  test("follows a journal while it is written and trimmed", async () => {
    const journal = await openHere({ segmentBytes: 4096 });
    await appendAll(journal, numberedFrom(0, 10));
    const reader = await openJournalReader(folder);
    expect([reader.start, reader.end]).toEqual([0, 10]);
    for (let from = 10; from < 200; from += 10) await appendAll(journal, numberedFrom(from, from + 10));
    expect((await readAll(reader)).map(plain)).toEqual(numberedFrom(0, 200).map(plain));
    await journal.trim(100, Number.POSITIVE_INFINITY);
    await appendAll(journal, numberedFrom(200, 210));
    expect((await readAll(reader, 150)).map(numberOf)).toEqual(numbers(150, 210));
    expect(reader.start).toBe(journal.start);
    expect(await reader.positionAt(numbered(170).receivedAtMs)).toBe(170);
  });

  test("leaves a torn tail as it is", async () => {
    await fill(20);
    const path = join(folder, (await segmentFiles())[0]!);
    await truncate(path, (await stat(path)).size - 1);
    const { size } = await stat(path);
    const reader = await openJournalReader(folder);
    expect((await readAll(reader)).map(numberOf)).toEqual(numbers(0, 10));
    expect((await stat(path)).size).toBe(size);
  });

  test("of a folder that is not there is an error that names it", async () => {
    await expect(openJournalReader(join(folder, "nowhere"))).rejects.toThrow(/nowhere.*ENOENT/);
  });
});
