import { openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { Decoded } from "../decode/decoded.ts";
import { type DerivedBody, type DerivedValue, derivedBy, derivedTopic } from "../decode/derived/derived.ts";
import { ofEachDevice } from "../decode/of-each-device.ts";
import type { Journal, Position } from "../journal/journal.ts";
import type { ReadingKey } from "../stores/reading-store.ts";
import { createDeriver, sources } from "./deriver.ts";
import type { SavedDevice } from "./device-memory.ts";
import { openLateDays } from "./late-days.ts";
import { createMender } from "./mender.ts";
import type { History } from "./reckon-again.ts";
import type { Surroundings } from "./surroundings.ts";

export interface DerivedParts {
  /** SQLite file of its own. */
  readonly file: string;
  readonly journal: Pick<Journal, "append" | "end">;
  /** Where a device stands; undefined when there is no such device. Asked for each uplink: keep it in memory. */
  readonly surroundingsOf: (device: string) => Surroundings | undefined;
  /** Where it stood at a time that lies behind; undefined when it stood nowhere. Asked for some hundred hours a late day. */
  readonly surroundingsAt: (device: string, atMs: number) => Surroundings | undefined;
  /** What arrived, also late: what lies behind is reckoned again from it. */
  readonly history: History;
  readonly now: () => number;
  readonly log: DerivedLog;
}

/** pino's shape. */
export interface DerivedLog {
  warn(fields: object, message: string): void;
}

/** What is reckoned from the journal's readings stands in the journal, where everybody else finds it. */
export interface Derived {
  /** Journal position from which to read after a start. */
  cursor(): Position;
  /** Takes a piece of the journal; resolves when what was reckoned of it is on disk. The same piece again gives the same. */
  handle(batch: readonly Decoded[], next: Position): Promise<void>;
  /** What was decoded anew, or taken back: its days are reckoned again. */
  rewritten(keys: readonly ReadingKey[]): void;
  /** Begins to reckon again what is due of the days to which something came late; to be called about once a second. */
  tick(nowMs: number): void;
  /** Resolves when nothing is being reckoned again; what a tick would begin is not waited for. */
  mended(): Promise<void>;
  /** Values reckoned so far. */
  readonly values: number;
  /** Days of devices that wait to be reckoned again. */
  readonly lateDays: number;
  /** Saves what is remembered, then lets go of the file. */
  close(): Promise<void>;
}

const migrations = [
  `
  CREATE TABLE cursor (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL) STRICT;
  CREATE TABLE devices (device TEXT PRIMARY KEY, memory TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE late_days (
    device TEXT NOT NULL,
    day_ms INTEGER NOT NULL,
    late_ms INTEGER NOT NULL,
    first_noted_ms INTEGER NOT NULL,
    noted_ms INTEGER NOT NULL,
    PRIMARY KEY (device, day_ms)
  ) STRICT, WITHOUT ROWID;
  `,
];

/**
 * How long memories may be unsaved. A crash makes us read so much again and reckon the same values again, which
 * are stored under the same key: nothing but a little room in the journal is lost.
 */
const savedEachMs = 15_000;

/**
 * Opens what reckons derived quantities, where it was left; anew, from the journal's end on: history is for re-decoding.
 *
 * The values enter the journal under `derivedTopic`, those of many devices in one uplink. So store, rules and page read
 * them like anything else, in one order, and a journal that is read again tells the same without anybody reckoning again.
 */
export function openDerived(parts: DerivedParts): Derived {
  const { file, journal, surroundingsOf, now } = parts;
  const db = openSqlite(file, migrations);
  const lateDays = openLateDays(db);
  const deriver = createDeriver({
    surroundingsOf,
    onLate(late) {
      lateDays.note(late, deriver.memory(late.device)!.heardUpToMs, now());
    },
  });
  const saveDevice = db.prepare("INSERT OR REPLACE INTO devices VALUES (?, ?)");
  const saveCursor = db.prepare("INSERT OR REPLACE INTO cursor VALUES (1, ?)");
  for (const row of db.prepare("SELECT device, memory FROM devices").all()) {
    const { device, memory } = row as { device: string; memory: string };
    deriver.recall(device, JSON.parse(memory) as SavedDevice);
  }
  const found = db.prepare("SELECT position FROM cursor").get() as { position: number } | undefined;
  // A journal that ends before the cursor is an older one, out of a backup.
  let position = Math.min(found?.position ?? journal.end, journal.end);
  let saved = position;
  let savedAtMs = now();
  let values = 0;
  /** Reckoned, and not yet known to be on disk: the follower brings the same batch again until it is. */
  let unwritten: { readonly next: Position; readonly uplinks: readonly Derivable[] } | null = null;

  const mender = createMender({
    ...parts,
    deriver,
    lateDays,
    append: appendDerived,
    position: () => unwritten?.next ?? position,
  });
  if (found === undefined) save();

  return {
    cursor: () => saved,
    async handle(batch, next) {
      if (unwritten?.next !== next) unwritten = { next, uplinks: reckon(batch) };
      await Promise.all(unwritten.uplinks.map(append));
      position = Math.max(position, next);
      values += unwritten.uplinks.reduce((sum, { count }) => sum + count, 0);
      unwritten = null;
      if (now() - savedAtMs >= savedEachMs) save();
    },
    rewritten(keys) {
      for (const key of keys) {
        const memory = deriver.memory(key.device);
        if (memory !== undefined && isSource.has(key.quantity)) lateDays.note(key, memory.heardUpToMs, now());
      }
    },
    tick: (nowMs) => mender.tick(nowMs),
    mended: () => mender.settled(),
    get values() {
      return values;
    },
    get lateDays() {
      return lateDays.count;
    },
    async close() {
      await mender.stop();
      if (!db.isOpen) return;
      save();
      db.close();
    },
  };

  function reckon(batch: readonly Decoded[]): Derivable[] {
    const byDevice = new Map<string, DerivedValue[]>();
    for (const decoded of batch) {
      const { topic, position: at } = decoded.uplink;
      if (topic === derivedTopic || at < position) continue;
      for (const { uplink, readings } of ofEachDevice(decoded)) {
        const derived = deriver.take(uplink.device, readings);
        if (derived.length === 0) continue;
        const earlier = byDevice.get(uplink.device);
        if (earlier === undefined) byDevice.set(uplink.device, derived);
        else earlier.push(...derived);
      }
    }
    return inUplinks(byDevice);
  }

  /** What was reckoned again of one device. */
  async function appendDerived(device: string, derived: readonly DerivedValue[]): Promise<void> {
    await Promise.all(inUplinks(new Map([[device, derived]])).map(append));
    values += derived.length;
  }

  function append({ payload }: Derivable): Promise<void> {
    return new Promise((done, fail) => {
      const uplink = { device: derivedBy, topic: derivedTopic, payload, receivedAtMs: now() };
      journal.append(uplink, (error) => (error === null ? done() : fail(error)));
    });
  }

  function save(): void {
    transaction(db, () => {
      for (const [device, memory] of deriver.changed()) saveDevice.run(device, JSON.stringify(memory));
      lateDays.save();
      saveCursor.run(position);
    });
    [saved, savedAtMs] = [position, now()];
  }
}

const isSource: ReadonlySet<string> = new Set(sources);

interface Derivable {
  readonly payload: Uint8Array;
  readonly count: number;
}

/** Some 30 kB: a gateway's uplink may be as large. */
const mostValuesEach = 500;

function inUplinks(byDevice: ReadonlyMap<string, readonly DerivedValue[]>): Derivable[] {
  const uplinks: Derivable[] = [];
  let body: Record<string, readonly DerivedValue[]> = {};
  let count = 0;
  const end = () => {
    if (count > 0) uplinks.push({ payload: Buffer.from(JSON.stringify(body satisfies DerivedBody)), count });
    body = {};
    count = 0;
  };
  for (const [device, values] of byDevice) {
    // A backlog of one device may fill several.
    for (let from = 0; from < values.length; from += mostValuesEach) {
      const part = values.slice(from, from + mostValuesEach);
      if (count + part.length > mostValuesEach) end();
      body[device] = part;
      count += part.length;
    }
  }
  end();
  return uplinks;
}
