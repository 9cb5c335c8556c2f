import type { Station } from "../../firmware-sim/index.ts";
import { type Alert, openWatch, type Watch } from "../../ingest/alerts/index.ts";
import { decodeInTurns } from "../../ingest/decode/decode-in-turns.ts";
import type { Decoded } from "../../ingest/decode/decoded.ts";
import type { Decoder } from "../../ingest/decode/decoder.ts";
import type { Journal, Position } from "../../ingest/journal/journal.ts";
import type { RulesFile, Standing } from "../../ingest/rules/index.ts";

/** One message that people were given. */
export interface Telling {
  readonly id: string;
  readonly alert: string;
  readonly event: string;
  /** Virtual server time. */
  readonly atMs: number;
}

export interface PacedWatchParts {
  readonly file: string;
  readonly rules: RulesFile;
  readonly tickMs: number;
  readonly stations: ReadonlyMap<string, Station>;
  readonly journal: Journal;
  readonly decoder: Pick<Decoder, "decode">;
  /** Goes with the uplinks and the ticks. */
  readonly clock: { nowMs: number };
  readonly told: (telling: Telling) => void;
}

/** The watch at virtual time's pace: it hears each uplink when it arrives, and ticks in between. */
export interface PacedWatch {
  /** Hears everything in the journal, and ticks up to this time. Nothing in the journal may have arrived later. */
  liveUntil(untilMs: number): Promise<void>;
  alerts(): Alert[];
  close(): void;
}

const mostUplinks = 4_096;
const mostBatchBytes = 4 * 1024 * 1024;
const mostAlerts = 1_000_000;
/** A crash here costs no time: what it takes back is read again at once. */
const roundEveryMs = 24 * 3_600_000;
const log = { info() {}, warn() {}, error() {} };

export function openPacedWatch(parts: PacedWatchParts): PacedWatch {
  const { file, rules, tickMs, stations, journal, decoder, clock, told } = parts;
  const notifiers = [...new Set(rules.routes.flatMap(({ to }) => to))];
  const heardBy = (eui: string) =>
    [...stations.values()].find((station) => station.heardBy?.eui === eui)?.heardBy;
  /** Where a station stands never changes, so it is said in the same object: the watch asks at each tick. */
  const standings = new WeakMap<Station, Standing>();
  let heard: Position | null = null;
  const watch: Watch = openWatch({
    file,
    rules,
    where: (id) => whereStands(stations.get(id)),
    intervalOf: (id) => stations.get(id)?.intervalMs ?? null,
    gatewayOf: (id) => stations.get(id)?.heardBy?.eui ?? null,
    names: {
      device: (id) => stations.get(id)?.label ?? id,
      place: (id) => [...stations.values()].find(({ place }) => place.id === id)?.place.name ?? id,
      gateway: (eui) => heardBy(eui)?.name ?? eui,
    },
    // All that arrived by now has been heard; only when it opens the watch has to know how far the journal goes.
    journalEnd: () => heard ?? journal.end,
    roundEveryMs,
    now: () => clock.nowMs,
    log,
  });
  let position = watch.cursor();
  heard = position;
  let isTelling = false;
  watch.outbox.onWaiting(() => {
    isTelling = true;
  });

  function whereStands(station: Station | undefined): Standing | undefined {
    if (station === undefined) return undefined;
    const known = standings.get(station) ?? standingOf(station);
    standings.set(station, known);
    return known;
  }

  function hear(batch: readonly Decoded[]): void {
    const last = batch.at(-1);
    if (last === undefined) return;
    position = last.uplink.position + 1;
    heard = position;
    clock.nowMs = Math.max(clock.nowMs, last.uplink.receivedAtMs);
    watch.handle(batch, position);
  }

  function tickUntil(untilMs: number): void {
    for (let atMs = nextTick(clock.nowMs, tickMs); atMs <= untilMs; atMs += tickMs) {
      clock.nowMs = atMs;
      watch.tick(atMs);
      tell();
    }
  }

  /** The courier's part: with each tick messages are delivered. What follows one of the same alert waits for the next. */
  function tell(): void {
    if (!isTelling) return;
    isTelling = false;
    for (const notifier of notifiers) {
      const claims = watch.outbox.claim(notifier, 10_000, clock.nowMs);
      for (const claim of claims) {
        const { id, alert, event } = claim;
        told({ id, alert: alert.id, event, atMs: clock.nowMs });
        watch.outbox.settle(claim, { atMs: clock.nowMs, tookMs: 0 }, { outcome: "delivered", detail: "" });
      }
      if (claims.length > 0) isTelling = true;
    }
  }

  /** Ticks that came due before an uplink arrived, come before it. */
  function hearInTime(batch: readonly Decoded[]): void {
    let from = 0;
    for (const [i, { uplink }] of batch.entries()) {
      if (uplink.receivedAtMs < nextTick(clock.nowMs, tickMs)) continue;
      hear(batch.slice(from, i));
      tickUntil(uplink.receivedAtMs);
      from = i;
    }
    hear(batch.slice(from));
  }

  return {
    async liveUntil(untilMs) {
      while (position < journal.end) {
        const { uplinks } = await journal.read(position, mostUplinks);
        hearInTime(await decodeInTurns(uplinks, (uplink) => decoder.decode(uplink), mostBatchBytes));
      }
      tickUntil(untilMs);
      clock.nowMs = Math.max(clock.nowMs, untilMs);
    },
    alerts: () => watch.alerts({ state: "all", limit: mostAlerts }),
    close: () => watch.close(),
  };
}

function nextTick(nowMs: number, tickMs: number): number {
  return (Math.floor(nowMs / tickMs) + 1) * tickMs;
}

function standingOf({ model, place }: Station): Standing {
  return { place: place.id, placeKind: placeKindOf(place.kind), linkageModel: null, model };
}

/** As the registry calls kinds of places. */
function placeKindOf(kind: string): string {
  return kind === "soil" || kind === "paddy" ? "parcel" : kind;
}
