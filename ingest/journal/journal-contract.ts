import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Journal, JournalError } from "./journal.ts";
import {
  appendAll,
  appendOne,
  numbered,
  numberedFrom,
  numbers,
  plain,
  readAll,
} from "./testing/numbered-uplinks.ts";

/**
 * What every journal must hold. `open` opens the journal kept in a folder that is empty at first, and opens the same
 * journal again after it was closed. Segments, where there are such, should be small (some 4 kB), so that trimming has something to drop.
 */
export function journalContract(open: (folder: string) => Promise<Journal>): void {
  describe("the contract of a journal", () => {
    let folder: string;
    let journal: Journal;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "canhdong-journal-"));
      journal = await open(folder);
    });

    afterEach(async () => {
      await journal.close();
      await rm(folder, { recursive: true, force: true });
    });

    test("an empty journal starts and ends at 0 and has nothing to read", async () => {
      expect([journal.start, journal.end]).toEqual([0, 0]);
      expect(await journal.read(0, 10)).toEqual({ uplinks: [], next: 0 });
      expect(await journal.positionAt(0)).toBe(0);
    });

    test("what was appended is read back as it was, numbered from 0", async () => {
      const uplinks = numberedFrom(0, 50);
      await appendAll(journal, uplinks);
      const read = await readAll(journal);
      expect(read.map(plain)).toEqual(uplinks.map(plain));
      expect(read.map(({ position }) => position)).toEqual(numbers(0, 50));
      expect(journal.end).toBe(50);
    });

    test("empty and binary payloads and Vietnamese names come back byte for byte", async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      const uplinks = [
        { device: "ao-tôm-số-1", topic: "trại/ao nuôi/độ mặn", payload: bytes, receivedAtMs: 0 },
        { device: "", topic: "", payload: new Uint8Array(0), receivedAtMs: -1 },
        {
          device: "đ".repeat(32_000),
          topic: "t".repeat(65_535),
          payload: Buffer.alloc(3_000_000, 7),
          receivedAtMs: 5.5,
        },
      ];
      await appendAll(journal, uplinks);
      expect((await readAll(journal)).map(plain)).toEqual(uplinks.map(plain));
    });

    test("the payload is copied before append returns", async () => {
      const uplink = numbered(1);
      const before = plain(uplink);
      const appended = appendOne(journal, uplink);
      uplink.payload.fill(0);
      await appended;
      expect((await readAll(journal)).map(plain)).toEqual([before]);
    });

    test("uplinks are confirmed in the order in which they were appended, each once, when they can be read", async () => {
      const confirmed: number[] = [];
      const ends: number[] = [];
      const appendBurst = (from: number, to: number) =>
        Promise.all(
          numbers(from, to).map(
            (number) =>
              new Promise<void>((resolve) =>
                journal.append(numbered(number), (error) => {
                  expect(error).toBeNull();
                  confirmed.push(number);
                  ends.push(journal.end);
                  resolve();
                }),
              ),
          ),
        );
      const bursts = [appendBurst(0, 300)];
      await new Promise(setImmediate);
      bursts.push(appendBurst(300, 301));
      await new Promise(setImmediate);
      bursts.push(appendBurst(301, 900));
      await Promise.all(bursts);
      expect(confirmed).toEqual(numbers(0, 900));
      expect(ends.every((end, index) => end > index)).toBe(true);
    });

    test("a reader takes as many as it asks for and goes on where it stopped", async () => {
      await appendAll(journal, numberedFrom(0, 25));
      const first = await journal.read(3, 10);
      expect(first.uplinks.map(({ position }) => position)).toEqual(numbers(3, 13));
      expect(first.next).toBe(13);
      const second = await journal.read(first.next, 100);
      expect(second.uplinks.map(({ position }) => position)).toEqual(numbers(13, 25));
      expect(await journal.read(second.next, 100)).toEqual({ uplinks: [], next: 25 });
    });

    test("two readers near the end get the same objects", async () => {
      await appendAll(journal, numberedFrom(0, 10));
      const [one, other] = await Promise.all([journal.read(5, 5), journal.read(5, 5)]);
      expect(one.uplinks.length).toBe(5);
      for (const [index, uplink] of one.uplinks.entries()) expect(other.uplinks[index]).toBe(uplink);
    });

    test("reading beyond the end is an error that names both positions", async () => {
      await appendOne(journal, numbered(0));
      await expect(journal.read(7, 1)).rejects.toThrow(/position 7 .* end 1/);
    });

    test("listeners hear of every move of the end until they stop listening", async () => {
      const heard: number[] = [];
      const stop = journal.onAppended(() => heard.push(journal.end));
      await appendOne(journal, numbered(0));
      await appendOne(journal, numbered(1));
      // The confirmation comes before the listeners: one more turn lets the last of them hear.
      await new Promise(setImmediate);
      stop();
      await appendOne(journal, numbered(2));
      await new Promise(setImmediate);
      expect(heard).toEqual([1, 2]);
    });

    test("a journal that was closed goes on where it ended", async () => {
      await appendAll(journal, numberedFrom(0, 40));
      await journal.close();
      journal = await open(folder);
      expect(journal.end).toBe(40);
      await appendAll(journal, numberedFrom(40, 60));
      const read = await readAll(journal);
      expect(read.map(({ position }) => position)).toEqual(numbers(0, 60));
      expect(read.map(plain)).toEqual(numberedFrom(0, 60).map(plain));
    });

    test("closing settles what was appended and refuses what comes later", async () => {
      const appended = appendAll(journal, numberedFrom(0, 500));
      const closed = journal.close();
      await expect(appendOne(journal, numbered(500))).rejects.toMatchObject({ code: "ECLOSED" });
      await Promise.all([appended, closed]);
      journal = await open(folder);
      expect(journal.end).toBe(500);
    });

    test("an uplink that no record can hold is refused by name and disturbs nobody", async () => {
      const before = appendOne(journal, numbered(0));
      const refused = appendOne(journal, { ...numbered(1), topic: "t".repeat(65_536) });
      const after = appendOne(journal, numbered(1));
      await expect(refused).rejects.toThrow(JournalError);
      await Promise.all([before, after]);
      expect((await readAll(journal)).map(plain)).toEqual([numbered(0), numbered(1)].map(plain));
    });

    test("a time leads to the first uplink received at or after it, also when the clock stepped back", async () => {
      const times = [100, 200, 300, 150, 160, 400, 390, 500];
      for (const [index, atMs] of times.entries()) await appendOne(journal, numbered(index, atMs));
      const expected = (ms: number) => {
        const index = times.findIndex((atMs) => atMs >= ms);
        return index < 0 ? times.length : index;
      };
      for (const ms of [0, 100, 101, 200, 250, 300, 301, 400, 401, 500, 501]) {
        expect([ms, await journal.positionAt(ms)]).toEqual([ms, expected(ms)]);
      }
    });

    test("trimming keeps what lies behind the position and what is not old enough, and numbers nothing anew", async () => {
      for (const batch of numbers(0, 30)) {
        await appendAll(
          journal,
          numbers(batch * 10, batch * 10 + 10).map((number) => numbered(number, number)),
        );
      }
      const bytesBefore = journal.usage().bytes;
      await journal.trim(200, 150);
      expect(journal.start).toBeGreaterThan(0);
      expect(journal.start).toBeLessThanOrEqual(150);
      expect(journal.usage().bytes).toBeLessThan(bytesBefore);
      await journal.trim(100, Number.POSITIVE_INFINITY);
      expect(journal.start).toBeLessThanOrEqual(150);
      const { start } = journal;
      const read = await readAll(journal);
      expect(read.map(plain)).toEqual(numbers(start, 300).map((number) => plain(numbered(number, number))));
      expect(read[0]!.position).toBe(start);

      await journal.trim(journal.end, Number.POSITIVE_INFINITY);
      await journal.close();
      journal = await open(folder);
      expect(journal.end).toBe(300);
      await appendOne(journal, numbered(300));
      expect((await journal.read(300, 1)).uplinks.map(plain)).toEqual([plain(numbered(300))]);
    });

    test("usage counts what is on disk and what waits for it", async () => {
      expect(journal.usage()).toMatchObject({ pendingUplinks: 0, failing: null });
      const appended = appendAll(journal, numberedFrom(0, 10));
      expect(journal.usage().pendingUplinks).toBe(10);
      await appended;
      expect(journal.usage().pendingUplinks).toBe(0);
      expect(journal.usage().bytes).toBeGreaterThan(10 * numbered(0).payload.length);
    });
  });
}
