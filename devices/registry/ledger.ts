import type { StatementSync } from "node:sqlite";
import { type DatabaseSync, transaction } from "../../sqlite/open-sqlite.ts";
import type { Follows, Row } from "./mirror.ts";

export const changeKinds = ["device", "gateway", "place", "person", "service"] as const;
export type ChangeKind = (typeof changeKinds)[number];
export type ChangeAction =
  | "added"
  | "changed"
  | "moved"
  | "removed"
  | "secret-rotated"
  | "password-set"
  | "consented"
  | "cultivated";

/** One entry of the record of changes: who changed what when. It holds no secret, and of people no more than their id. */
export interface Change {
  /** 1, 2, 3 … also the registry's revision after this change. */
  readonly seq: number;
  readonly atMs: number;
  readonly who: string;
  readonly kind: ChangeKind;
  readonly id: string;
  readonly action: ChangeAction;
  readonly before: unknown;
  readonly after: unknown;
}

export type Log = (change: Omit<Change, "seq" | "who">) => void;

/** Runs a step that changes the registry and logs each record it touched. All of it is kept, or nothing. */
export type Write = <T>(step: (log: Log) => T) => T;

/**
 * The way of every change: one transaction writes the tables and the record of changes, then the mirrors follow the
 * record. Changes of other processes come in by the same way, so a mirror has one source only.
 */
export class Ledger {
  readonly #db: DatabaseSync;
  readonly #mirrors: Readonly<Record<ChangeKind, readonly Follows[]>>;
  readonly #append: StatementSync;
  readonly #since: StatementSync;
  readonly #newest: StatementSync;
  readonly #dataVersion: StatementSync;
  #seenDataVersion: unknown = null;
  #revision = 0;
  #writing = false;

  constructor(db: DatabaseSync, mirrors: Readonly<Record<ChangeKind, readonly Follows[]>>) {
    this.#db = db;
    this.#mirrors = mirrors;
    this.#append = db.prepare(
      "INSERT INTO changes (at_ms, who, kind, id, action, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
    this.#since = db.prepare(
      "SELECT seq, at_ms AS atMs, who, kind, id, action, before, after FROM changes WHERE seq > ? ORDER BY seq LIMIT ?",
    );
    this.#newest = db.prepare("SELECT coalesce(max(seq), 0) AS seq FROM changes");
    this.#dataVersion = db.prepare("PRAGMA data_version");
    this.#reload();
  }

  get revision(): number {
    return this.#revision;
  }

  /** Takes in what other processes have committed. A few microseconds when there is nothing. */
  refresh(): boolean {
    const dataVersion = this.#dataVersion.get()?.data_version;
    if (dataVersion === this.#seenDataVersion) return false;
    // Noted before reading: what is committed in between is found again at the next call, which does no harm.
    this.#seenDataVersion = dataVersion;
    return this.#catchUp();
  }

  writer(who: string): Write {
    return (step) => this.#write(() => step((change) => this.#log(who, change)));
  }

  changes(afterSeq: number, limit: number): Change[] {
    return this.#since.all(afterSeq, limit).map(changeOf);
  }

  #write<T>(step: () => T): T {
    if (this.#writing) return this.#followed(step);
    this.#writing = true;
    let before = this.#revision;
    try {
      return transaction(this.#db, () => {
        // Behind the write lock nobody else can commit: from here on the mirrors are the truth to check against.
        this.#catchUp();
        before = this.#revision;
        return this.#followed(step);
      });
    } catch (error) {
      if (this.#revision !== before) this.#reload();
      throw error;
    } finally {
      this.#writing = false;
    }
  }

  #followed<T>(step: () => T): T {
    const result = step();
    this.#catchUp();
    return result;
  }

  #log(who: string, { atMs, kind, id, action, before, after }: Omit<Change, "seq" | "who">): void {
    this.#append.run(atMs, who, kind, id, action, JSON.stringify(before), JSON.stringify(after));
  }

  #catchUp(): boolean {
    const changes = this.#since.all(this.#revision, -1).map(changeOf);
    for (const { seq, kind, id } of changes) {
      for (const mirror of this.#mirrors[kind]) mirror.reload(id);
      this.#revision = seq;
    }
    return changes.length > 0;
  }

  #reload(): void {
    this.#revision = Number(this.#newest.get()?.seq);
    for (const kind of changeKinds) for (const mirror of this.#mirrors[kind]) mirror.reloadAll();
  }
}

function changeOf(row: Row): Change {
  const { before, after, ...rest } = row;
  return { ...rest, before: JSON.parse(String(before)), after: JSON.parse(String(after)) } as Change;
}
