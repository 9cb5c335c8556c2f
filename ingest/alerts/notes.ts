import { createHash } from "node:crypto";
import { openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { Severity, Texts } from "../rules/index.ts";
import type { Alert } from "./alert.ts";
import { prepareSaveAlert } from "./alert-row.ts";
import { nobody, type Telling } from "./audience.ts";
import { migrations } from "./schema.ts";
import { prepareTell } from "./tell.ts";

/** What a program beside the platform has to tell a person of a device. */
export interface Note {
  /** Name of the program. */
  readonly from: string;
  /** Its own name for this message: the same again is the same message. */
  readonly key: string;
  readonly severity: Severity;
  readonly device: string;
  readonly deviceName: string;
  readonly place: string | null;
  readonly placeName: string | null;
  readonly linkageModel: string | null;
  readonly title: Texts;
  readonly advice: Texts;
  /** Whom, by which notifiers, and when. */
  readonly tellings: readonly Telling[];
}

/** A note that was kept is told as an alert is: at least once, also over a crash. */
export interface Notes {
  /** @returns false when it was kept before. @throws when it cannot be saved */
  keep(note: Note, nowMs: number): boolean;
  close(): void;
}

/**
 * Opens the notes in the file of the watch. No rule found them and nothing ends them, so a note is an alert that is over as it begins:
 * it has a history and deliveries, and the watch, which takes up open alerts, leaves it alone.
 *
 * @param announce called when something has come into the outbox
 */
export function openNotes(file: string, announce: () => void): Notes {
  const db = openSqlite(file, migrations);
  const known = db.prepare("SELECT 1 FROM alerts WHERE id = ?");
  const saveAlert = prepareSaveAlert(db);
  const saveStep = db.prepare("INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?)");

  function save(note: Note, nowMs: number): boolean {
    const alert = alertOf(note, nowMs);
    if (known.get(alert.id) !== undefined) return false;
    const step = { atMs: nowMs, what: "fired", who: null, severity: note.severity, detail: null } as const;
    const news = { event: "fired", step: 0, notifiers: [] } as const;
    const change = {
      alert,
      fingerprint: "",
      withheld: null,
      firstStep: 0,
      steps: [step],
      news: [news],
    };
    saveAlert(change);
    saveStep.run(alert.id, 0, nowMs, step.what, null, step.severity, null);
    prepareTell(db, { ...nobody, plan: () => note.tellings })(change, nowMs);
    return true;
  }

  return {
    keep(note, nowMs) {
      const isNew = transaction(db, () => save(note, nowMs));
      if (isNew) announce();
      return isNew;
    },
    close: () => db.close(),
  };
}

function alertOf({ from, key, tellings, ...about }: Note, nowMs: number): Alert {
  return {
    ...about,
    id: createHash("sha256")
      .update(JSON.stringify(["note", from, key]))
      .digest("hex")
      .slice(0, 32),
    rule: `service:${from}`,
    state: "resolved",
    silentDevices: [],
    quantity: null,
    value: null,
    limit: null,
    sinceMs: nowMs,
    firedAtMs: nowMs,
    actByMs: null,
    acknowledgedAtMs: null,
    acknowledgedBy: null,
    snoozedUntilMs: null,
    resolvedAtMs: nowMs,
    resolvedBecause: "cleared",
  };
}
