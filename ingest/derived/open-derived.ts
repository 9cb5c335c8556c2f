import { openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { Decoded } from "../decode/decoded.ts";
import { type DerivedBody, type DerivedValue, derivedBy, derivedTopic } from "../decode/derived/derived.ts";
import { ofEachDevice } from "../decode/of-each-device.ts";
import type { Journal, Position } from "../journal/journal.ts";
import { createDeriver } from "./deriver.ts";
import type { SavedDevice } from "./device-memory.ts";
import type { Surroundings } from "./surroundings.ts";

export interface DerivedParts {
  /** SQLite file of its own. */
  readonly file: string;
  readonly journal: Pick<Journal, "append" | "end">;
  /** Where a device stands; undefined when there is no such device. Asked for each uplink: keep it in memory. */
  readonly surroundingsOf: (device: string) => Surroundings | undefined;
  readonly now: () => number;
}

/** What is reckoned from the journal's readings stands in the journal, where everybody else finds it. */
export interface Derived {
  /** Journal position from which to read after a start. */
  cursor(): Position;
  /** Takes a piece of the journal; resolves when what was reckoned of it is on disk. The same piece again gives the same. */
  handle(batch: readonly Decoded[], next: Position): Promise<void>;
  /** Values reckoned so far. */
  readonly values: number;
  /** Saves what is remembered, then lets go of the file. */
  close(): void;
}

const migrations = [
  `
  CREATE TABLE cursor (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL) STRICT;
  CREATE TABLE devices (device TEXT PRIMARY KEY, memory TEXT NOT NULL) STRICT, WITHOUT ROWID;
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
export function openDerived({ file, journal, surroundingsOf, now }: DerivedParts): Derived {
  const db = openSqlite(file, migrations);
  const deriver = createDeriver({ surroundingsOf });
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
    get values() {
      return values;
    },
    close() {
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

  function append({ payload }: Derivable): Promise<void> {
    return new Promise((done, fail) => {
      const uplink = { device: derivedBy, topic: derivedTopic, payload, receivedAtMs: now() };
      journal.append(uplink, (error) => (error === null ? done() : fail(error)));
    });
  }

  function save(): void {
    transaction(db, () => {
      for (const [device, memory] of deriver.changed()) saveDevice.run(device, JSON.stringify(memory));
      saveCursor.run(position);
    });
    [saved, savedAtMs] = [position, now()];
  }
}

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
