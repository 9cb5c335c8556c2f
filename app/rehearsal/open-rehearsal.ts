import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quantities, type Uplink } from "../../devices/index.ts";
import type { Platform, Station } from "../../firmware-sim/index.ts";
import type { Alert } from "../../ingest/alerts/index.ts";
import { createDecoder } from "../../ingest/decode/decoder.ts";
import { follow } from "../../ingest/follow.ts";
import type { Journal, JournalError } from "../../ingest/journal/journal.ts";
import { openSegmentJournal } from "../../ingest/journal/segments/open-segment-journal.ts";
import { openQuarantine } from "../../ingest/quarantine/open-quarantine.ts";
import type { RulesFile } from "../../ingest/rules/index.ts";
import { type EmbeddedStore, openEmbeddedStore } from "../../ingest/stores/embedded/open-embedded-store.ts";
import { openPacedWatch, type PacedWatch, type Telling } from "./paced-watch.ts";

export interface RehearsalParts {
  /** A folder of its own is made in this one, and removed with `close`. Default: in memory where there is room for it. */
  readonly parent?: string;
  readonly startMs: number;
  readonly rules: RulesFile;
  /** Without it nothing is stored: for questions about alerts alone. Default true. */
  readonly keepsReadings?: boolean;
  /** How often the watch ticks, in virtual time. Default a minute; above five it would call each pause downtime. */
  readonly tickMs?: number;
}

/**
 * The ingest core in virtual time: the real journal, decoder, store, quarantine, watch and outbox in a folder of their own, with a
 * clock that goes with the farm's uplinks.
 */
export interface Rehearsal extends Platform {
  /** Newest first. */
  alerts(): Alert[];
  /** What people were told, in that order. */
  readonly told: readonly Telling[];
  /** @throws when the rehearsal keeps none */
  readonly store: EmbeddedStore;
  /** Values and uplinks that could not be read. */
  quarantined(): number;
  /** A node, as it was enlisted. */
  station(id: string): Station | undefined;
  /** Uplinks that are durable. */
  readonly journaled: number;
  /** The process ends without a word, and another one starts from what is on disk. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/**
 * What a disk does is tested elsewhere; here some hundred thousand commits would wait for it. Linux keeps this folder in memory.
 */
const memoryFolder = "/dev/shm";

/** What all have read is let go of while it is young: kept for days of virtual time, it would be carried about by each collection. */
const tailBytes = 4 * 1024 * 1024;

const quiet = { info() {}, warn() {}, error() {} };

export async function openRehearsal(parts: RehearsalParts): Promise<Rehearsal> {
  const { startMs, keepsReadings = true } = parts;
  const parent = parts.parent ?? (existsSync(memoryFolder) ? memoryFolder : tmpdir());
  const folder = mkdtempSync(join(parent, "canhdong-rehearsal-"));
  const stations = new Map<string, Station>();
  const byEui = new Map<string, Station>();
  const told: Telling[] = [];
  const clock = { nowMs: startMs };
  let core = await openCore();
  let lived = Promise.resolve();

  async function openCore() {
    const journal = await openSegmentJournal({ folder: join(folder, "journal"), tailBytes });
    const store = keepsReadings
      ? await openEmbeddedStore({
          folder: join(folder, "store"),
          quantities,
          retentionDaysOf: () => null,
          memoryLimitMb: 256,
          log: quiet,
          now: () => clock.nowMs,
        })
      : null;
    const quarantine = openQuarantine(join(folder, "quarantine.sqlite"), { log: quiet });
    const decoder = createDecoder({
      device: (id) => stations.get(id),
      deviceByEui: (eui) => byEui.get(eui),
    });
    const following = { journal, decoder, log: quiet };
    const followers = [
      follow({
        ...following,
        name: "quarantine",
        from: quarantine.cursor(),
        handle: (batch, next) => quarantine.keep(batch, next),
      }),
      ...(store === null
        ? []
        : [
            follow({
              ...following,
              name: "store",
              from: await store.cursor(),
              mostUplinks: 4_000,
              cursor: () => store.cursor(),
              handle: (batch, next) =>
                store.write(
                  batch.flatMap(({ readings }) => readings),
                  next,
                ),
            }),
          ]),
    ];
    const watch: PacedWatch = openPacedWatch({
      file: join(folder, "watch.sqlite"),
      rules: parts.rules,
      tickMs: parts.tickMs ?? 60_000,
      stations,
      journal,
      decoder,
      clock,
      told: (telling) => told.push(telling),
    });
    return { journal, store, quarantine, followers, watch, decoder };
  }

  async function letGo({ journal, store, quarantine, followers }: typeof core): Promise<void> {
    await Promise.all(followers.map((follower) => follower.stop()));
    await store?.close();
    quarantine.close();
    await journal.close();
  }

  /** What is taken next must not be in the journal before the watch has lived until then. */
  async function live(uplinks: readonly Uplink[], untilMs: number): Promise<void> {
    await appendAll(core.journal, uplinks);
    await core.watch.liveUntil(untilMs);
  }

  async function allFollowed(): Promise<void> {
    const { followers, journal, decoder } = core;
    const { end } = journal;
    await Promise.all(followers.map((follower) => follower.settled()));
    decoder.forget(end);
  }

  return {
    enlist(enlisted) {
      for (const station of enlisted) {
        stations.set(station.id, station);
        if (station.devEui !== null) byEui.set(station.devEui, station);
      }
    },
    take(uplinks, untilMs) {
      lived = lived.then(() => live(uplinks, untilMs));
      return lived.then(allFollowed);
    },
    alerts: () => core.watch.alerts(),
    told,
    get store() {
      if (core.store === null) throw new Error("this rehearsal keeps no readings");
      return core.store;
    },
    quarantined: () => core.quarantine.total,
    station: (id) => stations.get(id),
    get journaled() {
      return core.journal.end;
    },
    async crash() {
      // The watch is left as it is: what it had not saved, is gone.
      await letGo(core);
      core = await openCore();
    },
    async close() {
      core.watch.close();
      await letGo(core);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Resolves when all are on disk. @throws JournalError when one is not: what was acknowledged is lost, and the run is void */
async function appendAll(journal: Journal, uplinks: readonly Uplink[]): Promise<void> {
  let left = uplinks.length;
  if (left === 0) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const appended = (error: JournalError | null) => {
    if (error !== null) reject(error);
    else if (--left === 0) resolve();
  };
  for (const uplink of uplinks) journal.append(uplink, appended);
  await promise;
}
