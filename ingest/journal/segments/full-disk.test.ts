/** A real file system of half a mebibyte, in memory: filled to the last byte, freed, and mounted read-only. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Journal } from "../journal.ts";
import { appendAll, numberedFrom, numberOf, numbers, readAll } from "../testing/numbered-uplinks.ts";
import { openSegmentJournal } from "./open-segment-journal.ts";

const mayMount = canMount();

/** A folder on a file system of its own, unmounted when the test is over. */
function mountSmallDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", folder]);
  onTestFinished(() => {
    execFileSync("umount", [folder]);
    rmdirSync(folder);
  });
  return folder;
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", folder], { stdio: "ignore" });
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

function fillUp(file: string): void {
  const fd = openSync(file, "w");
  try {
    for (;;) writeSync(fd, Buffer.alloc(4096));
  } catch (error) {
    expect(error).toMatchObject({ code: "ENOSPC" });
  } finally {
    closeSync(fd);
  }
}

/** Opened after the disk was mounted, so that it is closed before the disk goes. */
async function openOn(disk: string, segmentBytes = 16_384): Promise<Journal> {
  const journal = await openSegmentJournal({ folder: join(disk, "journal"), segmentBytes });
  onTestFinished(() => journal.close());
  return journal;
}

/** Appends frames until the disk refuses one. Returns how many uplinks were confirmed. */
async function appendUntilRefused(journal: Journal, from: number): Promise<number> {
  for (let next = from; ; next += 10) {
    try {
      await appendAll(journal, numberedFrom(next, next + 10));
    } catch (error) {
      expect(error).toMatchObject({ name: "JournalError", code: "ENOSPC" });
      return next;
    }
  }
}

test.skipIf(!mayMount)(
  "a full disk refuses whole frames, says so, and loses nothing when there is room again",
  async () => {
    const disk = mountSmallDisk();
    const journal = await openOn(disk);
    await appendAll(journal, numberedFrom(0, 20));
    fillUp(join(disk, "ballast"));
    const confirmed = await appendUntilRefused(journal, 20);
    expect(journal.end).toBe(confirmed);
    expect(journal.usage().failing?.message).toMatch(/journal .*ENOSPC.*disk is full/);
    // A frame larger than what the refused one left.
    await expect(appendAll(journal, numberedFrom(1000, 1100))).rejects.toMatchObject({ code: "ENOSPC" });
    expect((await readAll(journal)).map(numberOf)).toEqual(numbers(0, confirmed));

    rmSync(join(disk, "ballast"));
    await appendAll(journal, numberedFrom(confirmed, confirmed + 50));
    expect(journal.usage().failing).toBeNull();
    await journal.close();
    expect((await readAll(await openOn(disk))).map(numberOf)).toEqual(numbers(0, confirmed + 50));
  },
);

test.skipIf(!mayMount)(
  "a journal starts on a full disk, refuses, and goes on when there is room",
  async () => {
    const disk = mountSmallDisk();
    const before = await openOn(disk);
    await appendAll(before, numberedFrom(0, 20));
    await before.close();
    fillUp(join(disk, "ballast"));
    const journal = await openOn(disk);
    expect((await readAll(journal)).map(numberOf)).toEqual(numbers(0, 20));
    const confirmed = await appendUntilRefused(journal, 20);
    rmSync(join(disk, "ballast"));
    await appendAll(journal, numberedFrom(confirmed, confirmed + 10));
    expect((await readAll(journal)).map(numberOf)).toEqual(numbers(0, confirmed + 10));
  },
);

test.skipIf(!mayMount)("a folder on a read-only disk is refused by name and reason", async () => {
  const disk = mountSmallDisk();
  await (await openOn(disk)).close();
  execFileSync("mount", ["-o", "remount,ro", disk]);
  await expect(openOn(disk)).rejects.toThrow(/journal in .*canhdong-disk.*EROFS.*read-only/);
});
