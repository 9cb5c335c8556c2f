import type { ServerResponse } from "node:http";
import type { View } from "../access.ts";
import type { AlertBook, Presence, ReadingsFeed } from "../http-parts.ts";
import { HttpProblem } from "../problems.ts";
import type { Summaries } from "../summaries.ts";
import { createAvailability } from "./availability.ts";
import { eventText } from "./event-text.ts";
import { createLiveStream, type LiveStream, type Missed } from "./live-stream.ts";
import { createRecentChanges } from "./recent-changes.ts";

/** What happens, told to every page that watches: alerts at once, readings and connections gathered by device. */
export interface Live {
  /**
   * Makes a stream of an answer whose head is already sent.
   *
   * @param lastEventId what the page saw last, when it comes back; it is told what it missed
   */
  open(response: ServerResponse, watcher: Watcher, lastEventId: string | undefined): void;
  /** @throws 503 or 429 when one stream more would be too many; asked before the head is sent */
  assertRoom(person: string): void;
  /** Sends what has gathered, at most twice a second, however often it is called. */
  tick(nowMs: number): void;
  usage(): { readonly streams: number; readonly cut: number };
  close(): void;
}

export interface Watcher {
  readonly person: string;
  /** What they may see now; null once their session is over. */
  view(): View | null;
}

export interface LiveParts {
  readonly feed: ReadingsFeed;
  readonly presence: Presence;
  readonly watch: AlertBook;
  readonly devices: () => readonly { readonly id: string }[];
  readonly summaries: Pick<Summaries, "alert" | "isAvailable">;
  readonly mostStreams: number;
  /** Tells the steps of this run of the server from those of the last. */
  readonly startedAtMs: number;
  readonly now: () => number;
}

const flushEveryMs = 500;
const retryMs = 3000;
const mostKeptAlerts = 1000;
/** A person has a phone, a tablet, a few tabs. */
const mostStreamsPerPerson = 10;

export function createLive(parts: LiveParts): Live {
  const run = parts.startedAtMs.toString(36);
  const changes = createRecentChanges(mostKeptAlerts);
  const streams = new Set<LiveStream>();
  const availability = createAvailability(parts.summaries.isAvailable);
  let flushedAtMs = Number.NEGATIVE_INFINITY;
  let cut = 0;

  const idOf = (step: number) => `${run}-${step}`;
  const stops = [
    parts.feed.onReadings((readings) => changes.addReadings(readings)),
    parts.presence.onPresence((device, connected, atMs) => {
      changes.addConnection(device, connected, parts.summaries.isAvailable(device, atMs));
    }),
    parts.watch.onAlert((alert) => {
      const kept = changes.addAlert(parts.summaries.alert(alert));
      for (const stream of streams) stream.tell(kept);
    }),
  ];

  function missedSince(lastEventId: string): Missed | null {
    const [ofRun, step] = lastEventId.split("-");
    const alerts = ofRun === run && /^\d{1,15}$/.test(step ?? "") ? changes.alertsAfter(Number(step)) : null;
    return alerts && { alerts, states: changes.statesAfter(Number(step)) };
  }

  /** The step under way is not told yet, so a new page is up to date with the one before. */
  function greet(response: ServerResponse, stream: LiveStream, lastEventId: string | undefined): void {
    const missed = lastEventId === undefined ? undefined : missedSince(lastEventId);
    if (missed) {
      response.write(`retry: ${retryMs}\n\n`);
      stream.catchUp(missed);
      return;
    }
    response.write(`retry: ${retryMs}\nid: ${idOf(changes.step - 1)}\n\n`);
    if (missed === null) response.write(eventText({ type: "resync" }));
  }

  function lookWhoIsSilent(nowMs: number): void {
    for (const { device, available } of availability.flips(parts.devices(), nowMs)) {
      changes.addConnection(device, parts.presence.connected(device), available);
    }
  }

  return {
    assertRoom(person) {
      if (streams.size >= parts.mostStreams) throw tooMany(503, "on this server");
      const own = [...streams].filter((stream) => stream.person === person).length;
      if (own >= mostStreamsPerPerson) throw tooMany(429, "by you");
    },
    open(response, watcher, lastEventId) {
      const stream = createLiveStream({
        response,
        person: watcher.person,
        view: watcher.view,
        idOf,
        nowMs: parts.now(),
        onCut: () => {
          cut += 1;
        },
      });
      streams.add(stream);
      response.on("close", () => streams.delete(stream));
      greet(response, stream, lastEventId);
    },
    tick(nowMs) {
      if (nowMs - flushedAtMs < flushEveryMs) return;
      flushedAtMs = nowMs;
      lookWhoIsSilent(nowMs);
      const ended = changes.step;
      const changed = changes.nextStep();
      for (const stream of streams) stream.flush(changed, ended, nowMs);
    },
    usage: () => ({ streams: streams.size, cut }),
    close() {
      for (const stop of stops) stop();
      for (const stream of streams) stream.end();
    },
  };
}

function tooMany(status: 429 | 503, whose: string): HttpProblem {
  const message = `Too many live streams are open ${whose}. Close a page, or try again later.`;
  return new HttpProblem(status, { error: "too-many-streams", message }, 30_000);
}
