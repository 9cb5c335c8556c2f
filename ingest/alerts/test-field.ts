import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Reading } from "../../devices/index.ts";
import type { Decoded } from "../decode/decoded.ts";
import { type RulesFile, rulesFile, type Standing } from "../rules/index.ts";
import type { Alert } from "./alert.ts";
import type { Audience } from "./audience.ts";
import type { Log } from "./log.ts";
import { openWatch } from "./open-watch.ts";
import type { Watch } from "./watch.ts";

export const second = 1000;
export const minute = 60_000;
export const hour = 3_600_000;
/** Noon of 20 November 2026 in Vietnam. */
export const noon = Date.UTC(2026, 10, 20, 5);

const words = {
  title: { vi: "{place}: {value}", en: "{place}: {value}" },
  advice: { vi: "Xem", en: "Look" },
};

/** Rules as a file would have them; texts and severity may be left out. */
export function rulesOf(rules: readonly object[], routes: readonly object[] = [{ to: "log" }]): RulesFile {
  return rulesFile.parse({
    rules: rules.map((rule) => ({ ...("levels" in rule ? {} : { severity: "warning" }), ...words, ...rule })),
    routes,
  });
}

export const dry = { kind: "threshold", name: "dry", quantity: "soil.moisture", below: 25, clear: 28 };
export const silent = { kind: "device-silent", name: "silent", intervals: 3 };

export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const quiet: Log = { info() {}, warn() {}, error() {} };

/** One thing that arrives: readings in the words of a device. */
export interface Arrival {
  readonly device?: string;
  readonly receivedAtMs: number;
  readonly readings?: readonly {
    readonly quantity?: string;
    readonly value: number;
    readonly atMs?: number;
    readonly live?: boolean;
  }[];
}

/** A watch over a few devices with a journal in memory, a file on disk, and a clock that is turned by hand. */
export function createField(options: {
  rules: RulesFile;
  standings?: Record<string, Standing>;
  file?: string;
  startMs?: number;
  audience?: Audience;
  /** By device: the gateway that it speaks through. */
  gateways?: Readonly<Record<string, string>>;
  roundEveryMs?: number;
}) {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-watch-"));
  const file = options.file ?? join(folder, "watch.sqlite");
  const standings: Record<string, Standing> = options.standings ?? {
    n1: { place: "p1", linkageModel: "m1", model: "soil-node" },
    n2: { place: "p2", linkageModel: "m1", model: "soil-node" },
  };
  const journal: Decoded[] = [];
  const heard: Alert[] = [];
  const opened: Watch[] = [];
  let rules = options.rules;
  let read = 0;
  const clock = { nowMs: options.startMs ?? noon };
  const settings: { intervalMs: number | null } = { intervalMs: 10 * minute };
  const field = {
    file,
    journal,
    standings,
    /** Alerts the watch has told its listeners of, in order. */
    heard,
    clock,
    settings,
    watch: open(),
    arrives,
    takes,
    /** Journal position up to which the watch has read. */
    reads: () => read,
    tickEach,
    crash,
    restart,
  };
  onTestFinished(() => {
    for (const watch of opened) watch.close();
    rmSync(folder, { recursive: true });
  });
  return field;

  function open(): Watch {
    const watch = openWatch({
      file,
      rules,
      where: (device) => standings[device],
      intervalOf: () => settings.intervalMs,
      gatewayOf: (device) => options.gateways?.[device] ?? null,
      names: { device: (id) => `Nút ${id}`, place: (id) => `Thửa ${id}`, gateway: (id) => `Trạm ${id}` },
      ...(options.audience && { audience: options.audience }),
      journalEnd: () => journal.length,
      roundEveryMs: options.roundEveryMs ?? 0,
      now: () => clock.nowMs,
      log: quiet,
    });
    watch.onAlert((alert) => heard.push(alert));
    opened.push(watch);
    return watch;
  }

  /** Puts uplinks into the journal; the watch has not seen them yet. */
  function arrives(...arrivals: readonly Arrival[]): void {
    for (const { device = "n1", receivedAtMs, readings = [] } of arrivals) {
      const uplink = {
        device,
        receivedAtMs,
        topic: "t",
        payload: new Uint8Array(),
        position: journal.length,
      };
      const read = readings.map(
        ({ quantity = "soil.moisture", value, atMs = receivedAtMs, live = true }): Reading => ({
          device,
          quantity,
          measuredAtMs: atMs,
          receivedAtMs,
          value,
          live,
        }),
      );
      journal.push({ uplink, readings: read, rejections: [], decoder: "test/1" });
    }
  }

  /** The watch reads the journal on from its place, at most `most` uplinks. */
  function takes(most = journal.length): void {
    const from = read;
    read = Math.min(journal.length, from + most);
    field.watch.handle(journal.slice(from, read), read);
  }

  /** Lets time pass until `toMs`, a tick each `stepMs`. */
  function tickEach(stepMs: number, toMs: number): void {
    while (clock.nowMs < toMs) {
      clock.nowMs = Math.min(toMs, clock.nowMs + stepMs);
      field.watch.tick(clock.nowMs);
    }
  }

  /** The process dies: nothing more is saved, and the next one starts from the disk. */
  function crash(newRules: RulesFile = rules): void {
    rules = newRules;
    field.watch = open();
    read = field.watch.cursor();
  }

  /** The process is stopped and started. */
  function restart(newRules: RulesFile = rules): void {
    opened.splice(opened.indexOf(field.watch), 1);
    field.watch.close();
    crash(newRules);
  }
}
