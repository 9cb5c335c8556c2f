import type { SQLOutputValue, StatementSync } from "node:sqlite";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";

export type Row = Record<string, SQLOutputValue>;

interface Source<T> {
  /** Everything up to WHERE. */
  readonly select: string;
  /** Column by which rows belong together. */
  readonly key: string;
  readonly order?: string;
  /** Makes one value of all rows of one key; there is at least one. */
  read(rows: readonly Row[]): T;
}

/** Something in memory that follows the tables: told which key has changed, or that anything may have. */
export interface Follows {
  reload(key: string): void;
  reloadAll(): void;
}

/** Rows of a table kept in memory by key, so that a lookup costs no query. Whoever writes the table says `reload`. */
export class Mirror<T> implements Follows {
  readonly #source: Source<T>;
  readonly #all: StatementSync;
  readonly #one: StatementSync;
  #values: Map<string, T> = new Map();

  constructor(db: DatabaseSync, source: Source<T>) {
    const { select, key, order = key } = source;
    this.#source = source;
    this.#all = db.prepare(`${select} ORDER BY ${key}, ${order}`);
    this.#one = db.prepare(`${select} WHERE ${key} = ? ORDER BY ${order}`);
  }

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  values(): MapIterator<T> {
    return this.#values.values();
  }

  reload(key: string): void {
    const rows = this.#one.all(key);
    if (rows.length === 0) this.#values.delete(key);
    else this.#values.set(key, this.#source.read(rows));
  }

  reloadAll(): void {
    const groups = Map.groupBy(this.#all.all(), (row) => String(row[this.#source.key]));
    this.#values = new Map([...groups].map(([key, rows]) => [key, this.#source.read(rows)]));
  }
}
