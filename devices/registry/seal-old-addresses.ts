import { type DatabaseSync, transaction } from "../../sqlite/open-sqlite.ts";
import type { Addresses } from "./addresses.ts";

/**
 * Seals the telephone numbers and e-mail addresses that an older version kept as they were, and leaves nothing of them in the file:
 * what SQLite deletes stays in its free pages and in the write-ahead log otherwise.
 */
export function sealOldAddresses(db: DatabaseSync, addresses: Addresses): void {
  const open = db.prepare("SELECT id, phone, email FROM people WHERE phone IS NOT NULL OR email IS NOT NULL");
  if (open.get() === undefined) return;
  db.exec("PRAGMA secure_delete = ON");
  transaction(db, () => {
    for (const row of open.all()) {
      const { id, phone, email } = row as { id: string; phone: string | null; email: string | null };
      addresses.put(id, { phone, email, zalo: null, telegram: null, webPush: null });
    }
    db.exec("UPDATE people SET phone = NULL, email = NULL");
  });
  db.exec("VACUUM");
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}
