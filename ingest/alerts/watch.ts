import type { Decoded } from "../decode/decoded.ts";
import type { Position } from "../journal/journal.ts";
import type { Rule, RulesFile, Standing } from "../rules/index.ts";
import type { Alert, ResolveReason } from "./alert.ts";
import type { AlertStep } from "./alert-step.ts";
import type { Audience } from "./audience.ts";
import type { Names } from "./compose-alert.ts";
import type { Log } from "./log.ts";
import type { Outbox } from "./outbox.ts";
import type { PersonRecords } from "./person-records.ts";
import type { Keep } from "./prune.ts";
import type { AcknowledgedIn, AlertQuery } from "./watch-file.ts";

export interface WatchParts {
  /** SQLite file of its own. */
  readonly file: string;
  readonly rules: RulesFile;
  /** Where a device stands now; undefined when there is no such device. Asked again now and then. */
  readonly where: (device: string) => Standing | undefined;
  /** How often the device usually speaks; null when nobody knows. */
  readonly intervalOf: (device: string) => number | null;
  /** Id of the gateway that a device speaks through; null when nobody knows. Left out, no gateway is judged. */
  readonly gatewayOf?: (device: string) => string | null;
  readonly names: Names;
  /** Persons to tell; left out, only what routes name is told. */
  readonly audience?: Audience;
  /** Position that the next uplink of the journal will get. */
  readonly journalEnd: () => Position;
  /**
   * From the beginning of one round of saving to that of the next: the longer, the less is written, and the more is read again
   * from the journal after a crash. Alerts are saved at once all the same. Default 0: as soon as a round is done.
   */
  readonly roundEveryMs?: number;
  readonly now: () => number;
  readonly log: Log;
}

export interface WatchCounters {
  readonly evaluated: number;
  /** Readings that were no news when they arrived. */
  readonly history: number;
  /** Live readings not newer than one already judged: repeated, or overtaken. */
  readonly overtaken: number;
  readonly fired: number;
  readonly resolved: Readonly<Record<ResolveReason, number>>;
  readonly openAlerts: number;
  readonly devices: number;
  readonly commits: number;
}

/** An alert is told once, in time: rule memories, alerts, outbox and cursor change together, or not at all. */
export interface Watch {
  /** Journal position from which to read after a start: what lies before has left its mark on disk. */
  cursor(): Position;
  /**
   * Judges a piece of the journal. Uplinks before those already handled are skipped. Never throws because of the disk:
   * what could not be saved is kept and saved by a later `tick`; see `failing`.
   */
  handle(batch: readonly Decoded[], next: Position): void;
  /** To be called about once a second: judges silence, saves what is unsaved. A pause of five minutes counts as downtime. */
  tick(nowMs: number): void;
  /**
   * Goes on with other rules. Those that stay the same remember what they know; what fires by one that holds no more is over.
   * @throws when it cannot be saved
   */
  useRules(rules: readonly Rule[], nowMs: number): void;
  /** Newest first. */
  alerts(query: AlertQuery): Alert[];
  alert(id: string): Alert | undefined;
  /** When persons took care of alerts of this device: every time, in order. */
  acknowledgedAt(device: string, span: AcknowledgedIn): readonly number[];
  /**
   * Somebody has taken it on. The first one counts; a resolved alert stays as it is.
   * @returns the alert as it is then; undefined when there is none of this id
   * @throws when it cannot be saved
   */
  acknowledge(id: string, by: string, nowMs: number): Alert | undefined;
  /**
   * Somebody wants to hear no more of it until then; if it still fires at that time it is told again. A resolved alert stays as it is.
   * @returns the alert as it is then; undefined when there is none of this id
   * @throws when it cannot be saved
   */
  snooze(id: string, by: string, untilMs: number, nowMs: number): Alert | undefined;
  /** What happened to an alert, in order. */
  history(id: string): readonly AlertStep[];
  /**
   * Calls `listener` with every alert that fired or changed, once that is on disk; not with what only late readings tell, before a
   * live one has confirmed it. Returns the way to stop it.
   */
  onAlert(listener: (alert: Alert) => void): () => void;
  /** Server time of the newest uplink of this device; null when none was heard. */
  lastSeen(device: string): number | null;
  /** Deletes some of what is over for longer than it is kept; to be called about once a minute. @returns how many alerts went */
  prune(nowMs: number, keep: Keep): number;
  readonly persons: PersonRecords;
  counters(): WatchCounters;
  /** Why the last commit failed; null when all is well. */
  failing(): Error | null;
  readonly outbox: Outbox;
  /** Saves what is unsaved, then lets go of the file. */
  close(): void;
}
