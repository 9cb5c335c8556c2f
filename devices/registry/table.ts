import type { SQLInputValue, StatementSync } from "node:sqlite";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { Mirror, type Row } from "./mirror.ts";

type Field<R> = keyof R & string;

interface Shape<R> {
  readonly name: string;
  /** First the one that is the primary key. `intervalMs` is the column `interval_ms`. */
  readonly fields: readonly [Field<R>, ...Field<R>[]];
  /** Fields kept as JSON, because SQLite has no arrays and no booleans. */
  readonly json?: readonly Field<R>[];
}

/** A table of records, one row each, mirrored in memory. */
export class Table<R extends object> {
  readonly mirror: Mirror<R>;
  readonly #shape: Shape<R>;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;

  constructor(db: DatabaseSync, shape: Shape<R>) {
    const columns = shape.fields.map(snakeCase);
    const [key, ...others] = columns;
    this.#shape = shape;
    this.#put = db.prepare(`
      INSERT INTO ${shape.name} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
      ON CONFLICT (${key}) DO UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(", ")}
    `);
    this.#delete = db.prepare(`DELETE FROM ${shape.name} WHERE ${key} = ?`);
    this.mirror = new Mirror(db, {
      select: `SELECT ${shape.fields.map((field) => `${snakeCase(field)} AS ${field}`).join(", ")} FROM ${shape.name}`,
      key: key!,
      read: ([row]) => this.#record(row!),
    });
  }

  get(key: string): R | undefined {
    return this.mirror.get(key);
  }

  all(): R[] {
    return [...this.mirror.values()];
  }

  /** Inserts the record or overwrites the one of the same key. Columns that are no fields stay as they are. */
  put(record: R): void {
    this.#put.run(...this.#shape.fields.map((field) => this.#column(field, record[field])));
  }

  delete(key: string): void {
    this.#delete.run(key);
  }

  #column(field: Field<R>, value: unknown): SQLInputValue {
    return this.#shape.json?.includes(field) ? JSON.stringify(value) : (value as SQLInputValue);
  }

  #record(row: Row): R {
    const record: Row & Record<string, unknown> = { ...row };
    for (const field of this.#shape.json ?? []) record[field] = JSON.parse(String(row[field]));
    return record as R;
  }
}

function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
