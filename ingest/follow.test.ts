import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Decoded } from "./decode/decoded.ts";
import { createDecoder } from "./decode/decoder.ts";
import { type Follower, type FollowParts, follow } from "./follow.ts";
import type { Journal, Position } from "./journal/journal.ts";
import { openSegmentJournal } from "./journal/segments/open-segment-journal.ts";
import { createPace } from "./pace.ts";

const receivedAtMs = Date.UTC(2026, 6, 1);
const decoder = createDecoder({ device: () => ({ intervalMs: 60_000 }) });

async function openJournal(options: { segmentBytes?: number } = {}): Promise<Journal> {
  const folder = await mkdtemp(join(tmpdir(), "follow-"));
  const journal = await openSegmentJournal({ folder: join(folder, "journal"), ...options });
  onTestFinished(async () => {
    await journal.close();
    await rm(folder, { recursive: true });
  });
  return journal;
}

function append(journal: Journal, payload: string): Promise<void> {
  const uplink = { device: "node-1", topic: "canhdong/v1/node-1/telemetry", receivedAtMs };
  return new Promise((resolve, reject) => {
    journal.append({ ...uplink, payload: Buffer.from(payload) }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

async function appendMany(journal: Journal, count: number, payload = '{"values":{"soil.moisture":31}}') {
  await Promise.all(Array.from({ length: count }, () => append(journal, payload)));
}

interface Handed {
  readonly positions: readonly Position[];
  readonly next: Position;
}

/** What a handler was given, and a promise for when it has been given more. */
function createBook() {
  const batches: Handed[] = [];
  const lines: string[] = [];
  let heard = Promise.withResolvers<void>();
  const write = (_: object, message: string) => void lines.push(message);
  return {
    batches,
    lines,
    log: { info: write, warn: write },
    note(batch: readonly Decoded[], next: Position) {
      batches.push({ positions: batch.map(({ uplink }) => uplink.position), next });
      heard.resolve();
      heard = Promise.withResolvers();
    },
    positions: () => batches.flatMap(({ positions }) => positions),
    async until(condition: () => boolean) {
      while (!condition()) await heard.promise;
    },
  };
}
type Book = ReturnType<typeof createBook>;

function start(journal: Journal, book: Book, parts: Partial<FollowParts> = {}): Follower {
  const follower = follow({
    ...{ journal, decoder, name: "book", from: 0, log: book.log },
    handle: (batch, next) => book.note(batch, next),
    ...parts,
  });
  onTestFinished(() => follower.stop());
  return follower;
}

const upTo = (end: number, from = 0) => Array.from({ length: end - from }, (_, i) => from + i);

test("everything is handed over once, in order, what was there and what comes", async () => {
  const journal = await openJournal();
  await appendMany(journal, 700);
  const book = createBook();
  const follower = start(journal, book);
  await appendMany(journal, 500);
  await follower.settled();
  expect(book.positions()).toEqual(upTo(1200));
  expect(book.batches.at(-1)?.next).toBe(1200);
  expect([follower.lag, follower.failing]).toEqual([0, null]);
  await append(journal, "{}");
  await book.until(() => book.positions().length === 1201);
});

test("it goes on where its cursor was", async () => {
  const journal = await openJournal();
  await appendMany(journal, 20);
  const book = createBook();
  await start(journal, book, { from: 15 }).settled();
  expect(book.positions()).toEqual(upTo(20, 15));
});

test("a handler that fails gets the same batch until it succeeds, and the log tells it once", async () => {
  const journal = await openJournal();
  await appendMany(journal, 3);
  const book = createBook();
  const seen: (string | undefined)[] = [];
  const follower: Follower = start(journal, book, {
    async handle(batch, next) {
      book.note(batch, next);
      seen.push(follower?.failing?.message);
      if (book.batches.length <= 2) throw new Error(`the store is away, ${book.batches.length}`);
    },
  });
  await follower.settled();
  expect(book.batches).toEqual(Array(3).fill({ positions: [0, 1, 2], next: 3 }));
  expect(seen.slice(1)).toEqual(["the store is away, 1", "the store is away, 2"]);
  expect(book.lines).toEqual(["cannot go on; the same uplinks are tried again until it works", "goes on"]);
  expect([follower.failing, follower.lag]).toEqual([null, 0]);
});

test("a handler that had to be rebuilt is given everything again from where it is now", async () => {
  const journal = await openJournal();
  await appendMany(journal, 5);
  const book = createBook();
  let cursor = 0;
  let isLost = false;
  const follower = start(journal, book, {
    mostUplinks: 2,
    cursor: () => cursor,
    handle(batch, next) {
      if (next === 4 && !isLost) {
        isLost = true;
        cursor = 1;
        throw new Error("the hot file was rebuilt");
      }
      book.note(batch, next);
      cursor = next;
    },
  });
  await follower.settled();
  expect(book.batches.map(({ positions }) => positions)).toEqual([
    [0, 1],
    [1, 2],
    [3, 4],
  ]);
  expect(book.lines.slice(1)).toEqual(["reads on where its handler is now", "goes on"]);
});

test("settled waits for the handler, not only for the hand-over", async () => {
  const journal = await openJournal();
  await appendMany(journal, 1);
  const book = createBook();
  const gate = Promise.withResolvers<void>();
  let done = false;
  const follower = start(journal, book, {
    async handle(batch, next) {
      book.note(batch, next);
      await gate.promise;
      done = true;
    },
  });
  await book.until(() => book.batches.length === 1);
  expect(follower.lag).toBe(1);
  const settled = follower.settled();
  gate.resolve();
  await settled;
  expect(done).toBe(true);
});

test("one that lingers waits for a full batch, and not longer", async () => {
  const journal = await openJournal();
  const book = createBook();
  start(journal, book, { lingerMs: 3_600_000, mostUplinks: 10 });
  for (let i = 0; i < 9; i++) await append(journal, "{}");
  expect(book.batches).toEqual([]);
  await append(journal, "{}");
  await book.until(() => book.batches.length === 1);
  expect(book.batches).toEqual([{ positions: upTo(10), next: 10 }]);
});

test("one that lingers hands over at once when somebody waits for it", async () => {
  const journal = await openJournal();
  const book = createBook();
  const follower = start(journal, book, { lingerMs: 3_600_000 });
  await append(journal, "{}");
  await append(journal, "{}");
  await follower.settled();
  expect(book.batches).toEqual([{ positions: [0, 1], next: 2 }]);
});

test("one that lingers hands over in the end even when nothing more comes", async () => {
  const journal = await openJournal();
  const book = createBook();
  start(journal, book, { lingerMs: 1 });
  await append(journal, "{}");
  await book.until(() => book.batches.length === 1);
  expect(book.positions()).toEqual([0]);
});

test("stopping waits for the handler at work and calls it no more", async () => {
  const journal = await openJournal();
  await appendMany(journal, 20);
  const book = createBook();
  const gate = Promise.withResolvers<void>();
  let atWork = false;
  const follower = start(journal, book, {
    mostUplinks: 10,
    async handle(batch, next) {
      book.note(batch, next);
      atWork = true;
      await gate.promise;
      atWork = false;
    },
  });
  await book.until(() => book.batches.length === 1);
  const settled = expect(follower.settled()).rejects.toThrow(/book was stopped at position 10/);
  const stopped = follower.stop();
  gate.resolve();
  await stopped;
  expect(atWork).toBe(false);
  await settled;
  await appendMany(journal, 1);
  await nextTurn();
  expect(book.batches).toHaveLength(1);
  await expect(follower.settled()).rejects.toThrow(/stopped/);
});

test("stopping does not wait for a store that is away", async () => {
  const journal = await openJournal();
  await appendMany(journal, 1);
  const book = createBook();
  const follower = start(journal, book, {
    handle(batch, next) {
      book.note(batch, next);
      throw new Error("away for days");
    },
  });
  await book.until(() => book.batches.length === 3);
  await follower.stop();
  expect(book.positions()).toEqual([0, 0, 0]);
});

test("others get their turn between batches", async () => {
  const journal = await openJournal();
  await appendMany(journal, 1000);
  const book = createBook();
  let turns = 0;
  let counting = true;
  const countTurns = () => {
    turns++;
    if (counting) setImmediate(countTurns);
  };
  setImmediate(countTurns);
  await start(journal, book, { mostUplinks: 10 }).settled();
  counting = false;
  expect(book.batches).toHaveLength(100);
  expect(turns).toBeGreaterThanOrEqual(99);
});

test("a batch of large uplinks is a short one", async () => {
  const journal = await openJournal();
  const large = JSON.stringify({ note: "x".repeat(200_000), values: {} });
  await appendMany(journal, 60, large);
  const book = createBook();
  await start(journal, book).settled();
  expect(book.positions()).toEqual(upTo(60));
  const longest = Math.max(...book.batches.map(({ positions }) => positions.length));
  expect(longest * large.length).toBeLessThan(4 * 1024 * 1024 + large.length);
});

test("several followers share what was decoded", async () => {
  const journal = await openJournal();
  const books = [[], []] as Decoded[][];
  const followers = books.map((kept) =>
    start(journal, createBook(), { handle: (batch) => void kept.push(...batch) }),
  );
  await appendMany(journal, 5);
  await Promise.all(followers.map((follower) => follower.settled()));
  expect(books[0]).toHaveLength(5);
  for (const [i, decoded] of books[0]!.entries()) expect(books[1]![i]).toBe(decoded);
});

test("followers that are far behind go together, and what one has decoded serves the other", async () => {
  const journal = await openJournal();
  await appendMany(journal, 20_000);
  const passed: Position[] = [];
  const pace = createPace({ within: 2_000, allPassed: (position) => passed.push(position) });
  const books = [[], []] as Decoded[][];
  let farthest = 0;
  const followers = books.map((kept, at) =>
    start(journal, createBook(), {
      pace,
      patienceMs: 60_000,
      mostUplinks: 300 + 200 * at,
      handle(batch) {
        kept.push(...batch);
        // Close to the end nobody waits any more.
        if (kept.length < 15_000) farthest = Math.max(farthest, kept.length - books[1 - at]!.length);
      },
    }),
  );
  await Promise.all(followers.map((follower) => follower.settled()));
  expect(books[0]).toHaveLength(20_000);
  expect(books[0]!.every((decoded, at) => decoded === books[1]![at])).toBe(true);
  expect(farthest).toBeGreaterThan(300);
  expect(farthest).toBeLessThanOrEqual(2_500);
  expect(passed.at(-1)).toBeGreaterThan(19_000);
});

/** A decoder that tells how often it decoded each position. */
function countingDecoder() {
  const times: number[] = [];
  const decode = (uplink: Parameters<typeof decoder.decode>[0]) => {
    times[uplink.position] = (times[uplink.position] ?? 0) + 1;
    return decoder.decode(uplink);
  };
  return { times, decoder: { decode } };
}

test("far behind, the next batch is made while the handler waits", async () => {
  const journal = await openJournal();
  await appendMany(journal, 8_000);
  const counting = countingDecoder();
  const book = createBook();
  const database = Promise.withResolvers<void>();
  const follower = start(journal, book, {
    decoder: counting.decoder,
    readsAhead: true,
    async handle(batch, next) {
      book.note(batch, next);
      await database.promise;
    },
  });
  while (counting.times.length < 1_024) await nextTurn();
  for (let turn = 0; turn < 100; turn++) await nextTurn();
  expect(book.batches).toHaveLength(1);
  expect(counting.times).toHaveLength(1_024);
  database.resolve();
  await follower.settled();
  expect(book.positions()).toEqual(upTo(8_000));
  expect(counting.times.every((count) => count === 1)).toBe(true);
});

test("what was decoded ahead of a failure is decoded again: a model may have been mended meanwhile", async () => {
  const journal = await openJournal();
  await appendMany(journal, 6_000);
  const counting = countingDecoder();
  const book = createBook();
  const follower = start(journal, book, {
    decoder: counting.decoder,
    readsAhead: true,
    async handle(batch, next) {
      while (counting.times.length < 1_024) await nextTurn();
      if (book.batches.length === 0 && counting.times[0] === 1) {
        counting.times[0] = 2;
        throw new Error("the database is away");
      }
      book.note(batch, next);
    },
  });
  await follower.settled();
  expect(book.positions()).toEqual(upTo(6_000));
  expect(counting.times.slice(512, 1_024).every((count) => count === 2)).toBe(true);
});

test("uplinks that retention took before they were followed are reported", async () => {
  const journal = await openJournal({ segmentBytes: 4096 });
  for (let i = 0; i < 40; i++) await append(journal, JSON.stringify({ note: "x".repeat(500), values: {} }));
  await journal.trim(30, receivedAtMs + 1);
  expect(journal.start).toBeGreaterThan(0);
  const book = createBook();
  const missing: object[] = [];
  await start(journal, book, { log: { ...book.log, warn: (fields) => void missing.push(fields) } }).settled();
  expect(book.positions()).toEqual(upTo(40, journal.start));
  expect(missing).toEqual([
    { follower: "book", fromPosition: 0, toPosition: journal.start, uplinks: journal.start },
  ]);
});

test("a cursor beyond the journal's end is refused at once", async () => {
  const journal = await openJournal();
  expect(() => start(journal, createBook(), { from: 1 })).toThrow(/read on at 1, but the journal ends at 0/);
});
