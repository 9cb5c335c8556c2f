/**
 * Faults that no test can ask a real disk for, put between the writer and real files: one call fails as the operating
 * system would make it fail, all others go through.
 */
import fs from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { numbered, numberOf, numbers, readAll } from "../testing/numbered-uplinks.ts";
import { FrameBuilder } from "./frame-builder.ts";
import { openJournalReader } from "./open-journal-reader.ts";
import { recoverFolder } from "./recover-folder.ts";
import { type FrameToCommit, SegmentWriter, type WriterFiles } from "./segment-writer.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canhdong-writer-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

interface FaultyFiles {
  readonly files: WriterFiles;
  /** The next call fails with this code; a write first takes `takenBytes`. */
  fail(call: keyof WriterFiles, code: string, takenBytes?: number): void;
}

function faultyFiles(): FaultyFiles {
  const faults: { call: string; code: string; takenBytes: number }[] = [];
  const files = new Proxy(fs, {
    get:
      (target, call: keyof WriterFiles) =>
      (...args: unknown[]) => {
        const real = target[call] as (...args: unknown[]) => unknown;
        const fault = faults.find((fault) => fault.call === call);
        if (!fault) return real(...args);
        if (fault.takenBytes > 0) {
          const [fd, bytes, offset, , position] = args;
          const taken = fault.takenBytes;
          fault.takenBytes = 0;
          return real(fd, bytes, offset, taken, position);
        }
        faults.splice(faults.indexOf(fault), 1);
        throw Object.assign(new Error(`${fault.code}: as a disk would`), { code: fault.code });
      },
  });
  return { files, fail: (call, code, takenBytes = 0) => faults.push({ call, code, takenBytes }) };
}

function openWriter(files: WriterFiles, segmentBytes = 100_000): SegmentWriter {
  const start = { folder, segmentBytes, latestMs: Number.NEGATIVE_INFINITY, resume: null };
  const writer = new SegmentWriter(start, files);
  onTestFinished(() => writer.close());
  return writer;
}

/** A frame of the uplinks with these numbers, which are also their positions. */
function frame(from: number, to: number): FrameToCommit {
  const builder = new FrameBuilder();
  for (const number of numbers(from, to)) builder.add(numbered(number), () => undefined);
  const { buffer, count, latestMs } = builder.take();
  return { buffer, first: from, count, latestMs };
}

async function numbersOnDisk(): Promise<number[]> {
  return (await readAll(await openJournalReader(folder))).map(numberOf);
}

const segments = async () => (await readdir(folder)).sort();

test.each(["ENOSPC", "EIO", "EROFS", "EDQUOT"])(
  "a write refused half-way (%s) leaves nothing behind",
  async (code) => {
    const faulty = faultyFiles();
    const writer = openWriter(faulty.files);
    const { bytes } = writer.commit(frame(0, 5));
    faulty.fail("writeSync", code, 100);
    expect(() => writer.commit(frame(5, 9))).toThrow(code);
    expect(fs.statSync(join(folder, (await segments())[0]!)).size).toBe(bytes);
    writer.commit(frame(5, 12));
    expect(await numbersOnDisk()).toEqual(numbers(0, 12));
    expect(await segments()).toHaveLength(1);
  },
);

test("when the half-written frame cannot be cut away either, a new segment begins", async () => {
  const faulty = faultyFiles();
  const writer = openWriter(faulty.files);
  writer.commit(frame(0, 5));
  faulty.fail("writeSync", "EIO", 100);
  faulty.fail("ftruncateSync", "EIO");
  expect(() => writer.commit(frame(5, 9))).toThrow("EIO");
  writer.commit(frame(5, 12));
  expect(await segments()).toHaveLength(2);
  expect(await numbersOnDisk()).toEqual(numbers(0, 12));
  expect(await recoverFolder(folder)).toMatchObject({ end: 12, damage: null });
});

test("after a failed fsync the file is not trusted with anything more", async () => {
  const faulty = faultyFiles();
  const writer = openWriter(faulty.files);
  const { path, bytes } = writer.commit(frame(0, 5));
  faulty.fail("fdatasyncSync", "EIO");
  expect(() => writer.commit(frame(5, 9))).toThrow("EIO");
  expect(fs.statSync(path).size).toBe(bytes);
  expect(writer.commit(frame(5, 12)).path).not.toBe(path);
  expect(await numbersOnDisk()).toEqual(numbers(0, 12));
});

test("a frame whose fsync failed and which could not be cut away is not read in place of the one that came after", async () => {
  const faulty = faultyFiles();
  const writer = openWriter(faulty.files);
  writer.commit(frame(0, 5));
  faulty.fail("fdatasyncSync", "EIO");
  faulty.fail("ftruncateSync", "EIO");
  const refused = frame(5, 9);
  expect(() => writer.commit(refused)).toThrow("EIO");
  writer.commit({ ...frame(105, 112), first: 5 });
  expect(await numbersOnDisk()).toEqual([...numbers(0, 5), ...numbers(105, 112)]);
  // Nor is it found by its time.
  const reader = await openJournalReader(folder);
  expect(await reader.positionAt(numbered(8).receivedAtMs)).toBe(5);
  expect(await reader.positionAt(numbered(107).receivedAtMs)).toBe(7);
});

test("a failed fsync of a segment's first frame makes room for another segment of the same name", async () => {
  const faulty = faultyFiles();
  const writer = openWriter(faulty.files);
  faulty.fail("fdatasyncSync", "EIO");
  expect(() => writer.commit(frame(0, 4))).toThrow("EIO");
  writer.commit(frame(0, 7));
  expect(await segments()).toHaveLength(1);
  expect(await numbersOnDisk()).toEqual(numbers(0, 7));
});

test.each(["openSync", "writeSync", "fsyncSync", "renameSync"] as const)(
  "a segment that cannot be begun (%s) is tried again with the next frame",
  async (call) => {
    const faulty = faultyFiles();
    const writer = openWriter(faulty.files, 1);
    writer.commit(frame(0, 5));
    faulty.fail(call, "ENOSPC");
    expect(() => writer.commit(frame(5, 9))).toThrow("ENOSPC");
    expect((await segments()).filter((name) => name.endsWith(".new"))).toEqual([]);
    writer.commit(frame(5, 12));
    expect(await numbersOnDisk()).toEqual(numbers(0, 12));
  },
);

test("a folder that cannot be synced withholds the confirmation", async () => {
  const faulty = faultyFiles();
  // The first fsync is the new file's, the second its folder's.
  let syncs = 0;
  const files = new Proxy(faulty.files, {
    get: (target, call: keyof WriterFiles) => {
      if (call === "fsyncSync" && ++syncs === 2) faulty.fail("fsyncSync", "EIO");
      return target[call];
    },
  });
  const writer = openWriter(files);
  expect(() => writer.commit(frame(0, 4))).toThrow("EIO");
  writer.commit(frame(0, 6));
  expect(await numbersOnDisk()).toEqual(numbers(0, 6));
});

test("a file deleted under the writer withholds the confirmation, though every call succeeds", async () => {
  const writer = openWriter(fs);
  const { path } = writer.commit(frame(0, 5));
  fs.rmSync(path);
  expect(() => writer.commit(frame(5, 9))).toThrow("no longer there");
  writer.commit(frame(5, 9));
  expect((await openJournalReader(folder)).end).toBe(9);
});
