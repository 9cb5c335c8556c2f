import { DatabaseSync } from "node:sqlite";
import { type QuarantineReader, QuarantineView } from "./quarantine-view.ts";
import { migrations } from "./schema.ts";

/**
 * Opens a quarantine to look only, also while a server writes to it.
 *
 * @throws when there is none, or when it was written by another version of the program
 */
export function openQuarantineReader(file: string): QuarantineReader & { close(): void } {
  const db = new DatabaseSync(file, { readOnly: true });
  db.exec("PRAGMA busy_timeout = 5000");
  const version = db.prepare("PRAGMA user_version").get()!.user_version;
  if (version === migrations.length) return new OpenView(db);
  db.close();
  throw new Error(
    `${file} has schema version ${version}, this program reads ${migrations.length}: open it with the server of this version first`,
  );
}

class OpenView extends QuarantineView {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    super(db);
    this.#db = db;
  }

  close(): void {
    this.#db.close();
  }
}
