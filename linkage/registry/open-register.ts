import { type DatabaseSync, openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { Sentence } from "../evidence/sentence.ts";
import type { UnitBook } from "../units/unit-book.ts";
import {
  type RecordKind,
  type RecordOf,
  type RegisterContents,
  recordKinds,
  schemas,
} from "./record-kinds.ts";
import { type Others, recordProblems } from "./record-problems.ts";
import { RegisterError } from "./register-error.ts";
import { told } from "./told.ts";

/** Who changes something, and when. `who` is the id of a person, never a name. */
export interface Edit {
  readonly who: string;
  readonly nowMs: number;
}

/** One line of the history; `before` is null when it was added, `after` when it was removed. */
export interface RecordChange {
  readonly seq: number;
  readonly atMs: number;
  readonly who: string;
  readonly kind: RecordKind;
  readonly id: string;
  readonly before: RecordOf[RecordKind] | null;
  readonly after: RecordOf[RecordKind] | null;
}

/**
 * Every edit is on disk with who, when, before and after, and nothing of that is ever changed: so the register can be had
 * as it was at any moment.
 */
export interface Register {
  get<K extends RecordKind>(kind: K, id: string): RecordOf[K] | undefined;
  all<K extends RecordKind>(kind: K): RecordOf[K][];
  /**
   * Adds the record, or puts it in place of the one with its id.
   * @returns what happened; `unchanged` leaves no trace
   * @throws RegisterError with every problem
   */
  put(kind: RecordKind, record: unknown, edit: Edit): "added" | "changed" | "unchanged";
  /** @throws RegisterError when it is not there, or another record still names it */
  remove(kind: RecordKind, id: string, edit: Edit): void;
  /** Oldest first. */
  history(kind: RecordKind, id: string): RecordChange[];
  /** Changes after this `seq`, oldest first. */
  changes(afterSeq: number): RecordChange[];
  /** As it was known at that moment. */
  contentsAt(atMs: number): RegisterContents;
  /** Keeps all that `work` writes, or nothing when it throws. */
  atomically<T>(work: () => T): T;
  close(): void;
}

const migrations = [
  `
  CREATE TABLE records (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    before TEXT,
    after TEXT
  ) STRICT;
  CREATE INDEX changes_by_record ON changes (kind, id, seq);
  CREATE TRIGGER changes_are_not_edited BEFORE UPDATE ON changes
    BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
  CREATE TRIGGER changes_are_not_deleted BEFORE DELETE ON changes
    BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
  `,
];

/** @param file path of the SQLite file, made when missing; @param units by which codes are checked */
export function openRegister(file: string, units: UnitBook): Register {
  const db = openSqlite(file, migrations);
  const store = createStore(db);

  const atomically = <T>(work: () => T): T => (db.isTransaction ? work() : transaction(db, work));

  const others: Others = {
    isThere: (kind, id) => store.body(kind, id) !== null,
    all: store.all,
  };

  function usersOf(kind: RecordKind, id: string): string[] {
    if (kind === "model")
      return (["feedback", "participation"] as const).flatMap((user) =>
        store
          .all(user)
          .filter(({ model }) => model === id)
          .map((record) => `${user} "${record.id}"`),
      );
    if (kind !== "cooperative" && kind !== "zone") return [];
    const field = kind === "cooperative" ? "cooperatives" : "zones";
    return store
      .all("model")
      .filter((model) => model[field].includes(id))
      .map((model) => `model "${model.id}"`);
  }

  return {
    get: store.get,
    all: store.all,
    put: (kind, value, edit) =>
      atomically(() => {
        const record = checked(kind, value);
        const problems = recordProblems(kind, record, others, units);
        if (problems.length > 0) throw new RegisterError(`${kind} "${record.id}"`, problems);
        const before = store.body(kind, record.id);
        const after = JSON.stringify(record);
        if (before === after) return "unchanged";
        store.write({ kind, id: record.id, before, after, edit });
        return before === null ? "added" : "changed";
      }),
    remove: (kind, id, edit) =>
      atomically(() => {
        const before = store.body(kind, id);
        const refuse = (message: Sentence) => new RegisterError(`${kind} "${id}"`, [{ path: [], message }]);
        if (before === null)
          throw refuse({
            vi: "không có trong sổ: kiểm tra lại chính tả",
            en: "is not there: check the spelling",
          });
        const users = usersOf(kind, id);
        if (users.length > 0)
          throw refuse({
            vi: `đang được ${users.join(", ")} dùng: gỡ ra ở đó trước`,
            en: `is named by ${users.join(", ")}: take it out there first`,
          });
        store.write({ kind, id, before, after: null, edit });
      }),
    history: store.history,
    changes: store.changes,
    contentsAt: store.contentsAt,
    atomically,
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}

function checked<K extends RecordKind>(kind: K, value: unknown): RecordOf[K] {
  const parsed = schemas[kind].safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data as RecordOf[K];
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path as (string | number)[],
    message: told(issue),
  }));
  const id = (value as { id?: unknown } | null)?.id;
  throw new RegisterError(`${kind} "${String(id ?? "")}"`, problems);
}

interface Write {
  readonly kind: RecordKind;
  readonly id: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly edit: Edit;
}

function createStore(db: DatabaseSync) {
  const one = db.prepare("SELECT body FROM records WHERE kind = ? AND id = ?");
  const ofKind = db.prepare("SELECT body FROM records WHERE kind = ? ORDER BY id");
  const put = db.prepare("INSERT OR REPLACE INTO records VALUES (?, ?, ?)");
  const remove = db.prepare("DELETE FROM records WHERE kind = ? AND id = ?");
  const log = db.prepare(
    "INSERT INTO changes (at_ms, who, kind, id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const ofRecord = db.prepare("SELECT * FROM changes WHERE kind = ? AND id = ? ORDER BY seq");
  const after = db.prepare("SELECT * FROM changes WHERE seq > ? ORDER BY seq");
  const asOf = db.prepare(`
    SELECT after AS body FROM changes
    WHERE seq IN (SELECT max(seq) FROM changes WHERE at_ms <= ? AND kind = ? GROUP BY id) AND after IS NOT NULL
    ORDER BY id`);

  const body = (kind: RecordKind, id: string) =>
    (one.get(kind, id) as { body: string } | undefined)?.body ?? null;

  return {
    body,
    get: <K extends RecordKind>(kind: K, id: string): RecordOf[K] | undefined => {
      const found = body(kind, id);
      return found === null ? undefined : (JSON.parse(found) as RecordOf[K]);
    },
    all: <K extends RecordKind>(kind: K) => bodies<K>(ofKind.all(kind)),
    write: ({ kind, id, before, after, edit }: Write) => {
      if (after === null) remove.run(kind, id);
      else put.run(kind, id, after);
      log.run(edit.nowMs, edit.who, kind, id, before, after);
    },
    history: (kind: RecordKind, id: string) => ofRecord.all(kind, id).map(changeOf),
    changes: (afterSeq: number) => after.all(afterSeq).map(changeOf),
    contentsAt: (atMs: number): RegisterContents => {
      const read = <K extends RecordKind>(kind: K) => [kind, bodies<K>(asOf.all(atMs, kind))] as const;
      return Object.fromEntries(recordKinds.map(read)) as unknown as RegisterContents;
    },
  };
}

function bodies<K extends RecordKind>(rows: readonly unknown[]): RecordOf[K][] {
  return rows.map((row) => JSON.parse((row as { body: string }).body) as RecordOf[K]);
}

function changeOf(row: Record<string, unknown>): RecordChange {
  const record = (text: unknown) =>
    text === null ? null : (JSON.parse(String(text)) as RecordOf[RecordKind]);
  return {
    seq: Number(row.seq),
    atMs: Number(row.at_ms),
    who: String(row.who),
    kind: row.kind as RecordKind,
    id: String(row.id),
    before: record(row.before),
    after: record(row.after),
  };
}
