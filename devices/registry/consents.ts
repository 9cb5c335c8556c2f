import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { Consent, ConsentPurpose } from "./consent.ts";
import { Mirror, type Row } from "./mirror.ts";
import type { Medium } from "./person.ts";

/** The append-only ledger of consents. What holds is what was said last. */
export class Consents {
  readonly mirror: Mirror<readonly Consent[]>;
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.mirror = new Mirror<readonly Consent[]>(db, {
      select:
        "SELECT person, purpose, medium, given, at_ms AS atMs, how, text_version AS textVersion, who FROM consents",
      key: "person",
      order: "seq",
      read: (rows) => rows.map(consentOf),
    });
  }

  append({ person, purpose, medium, given, how, textVersion, atMs, who }: Consent): void {
    this.#db
      .prepare(
        "INSERT INTO consents (person, purpose, medium, given, at_ms, how, text_version, who) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      )
      .run(person, purpose, medium, String(given), atMs, how, textVersion, who);
  }

  /** Oldest first. */
  of(person: string): readonly Consent[] {
    return this.mirror.get(person) ?? [];
  }

  holds(person: string, purpose: ConsentPurpose, medium: Medium): boolean {
    const said = this.of(person).findLast((each) => each.purpose === purpose && each.medium === medium);
    return said?.given ?? false;
  }
}

function consentOf(row: Row): Consent {
  return { ...row, given: row.given === "true" } as unknown as Consent;
}
