import type { KeyObject } from "node:crypto";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { Addresses } from "./addresses.ts";
import type { Follows } from "./mirror.ts";
import { type Person, type PersonRow, personFields } from "./person.ts";
import { Table } from "./table.ts";

/** People with where they can be reached: two tables, seen as one. */
export class People {
  readonly addresses: Addresses;
  readonly mirrors: readonly Follows[];
  readonly #rows: Table<PersonRow>;

  constructor(db: DatabaseSync, key: KeyObject) {
    this.#rows = new Table<PersonRow>(db, {
      name: "people",
      fields: personFields,
      json: ["places", "communes", "telling", "mustChangePassword"],
    });
    this.addresses = new Addresses(db, key);
    this.mirrors = [this.#rows.mirror, this.addresses.mirror];
  }

  get(id: string): Person | undefined {
    const row = this.#rows.get(id);
    return row && { ...row, ...this.addresses.of(id) };
  }

  all(): Person[] {
    return this.#rows.all().map((row) => ({ ...row, ...this.addresses.of(row.id) }));
  }

  put(person: Person): void {
    this.#rows.put(person);
    this.addresses.put(person.id, person);
  }

  delete(id: string): void {
    this.#rows.delete(id);
  }
}
