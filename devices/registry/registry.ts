import { type DatabaseSync, openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import { Addresses } from "./addresses.ts";
import { type ConsentBook, consentBook } from "./consent-book.ts";
import { type CultivationBook, cultivationBook } from "./cultivation-book.ts";
import { type DeviceBook, deviceBook } from "./device-book.ts";
import { type GatewayBook, gatewayBook } from "./gateway-book.ts";
import type { Change } from "./ledger.ts";
import { type PeopleBook, peopleBook } from "./people-book.ts";
import { type PlaceBook, placeBook } from "./place-book.ts";
import { type PlacementBook, placementBook } from "./placement-book.ts";
import { migrations } from "./schema.ts";
import { sealOldAddresses } from "./seal-old-addresses.ts";
import { checkKey, secretKeyOf } from "./secrets.ts";
import { type ServiceBook, serviceBook } from "./service-book.ts";
import { createStore, type Store } from "./store.ts";

/**
 * A device is found as it is, and where it stood as it was at a given time.
 *
 * Lookups read memory. Changes are on disk before they return, are seen at once here, and by other processes that have
 * the file open after their next `refresh()`. What cannot be done throws a RegistryError that says what would be right.
 */
export interface Registry
  extends DeviceBook,
    PlacementBook,
    GatewayBook,
    PlaceBook,
    CultivationBook,
    PeopleBook,
    ConsentBook,
    ServiceBook {
  /** Grows with every change, and is the same number in every process that has seen the same changes. */
  revision(): number;
  /** Takes in what other processes have changed; cheap enough for every batch. True when there was something. */
  refresh(): boolean;
  /** The record of changes after this revision, oldest first. */
  changes(afterRevision: number, limit: number): Change[];
  /** The same registry, with changes recorded as made by `who`: the id of a person, `cli`, `import`. */
  as(who: string): Registry;
  /** Keeps all changes that `work` makes, or none when it throws. `work` must not be asynchronous. */
  atomically<T>(work: () => T): T;
  /** Closing twice is closing once. */
  close(): void;
}

/**
 * @param file path of the SQLite file, made when missing; several processes may have it open
 * @param secretKey at least 32 random bytes that live outside the file; the same at every opening
 * @throws RegistryError `wrong-key`
 */
export function openRegistry(file: string, secretKey: Uint8Array): Registry {
  const key = secretKeyOf(secretKey);
  const db = openSqlite(file, migrations);
  try {
    transaction(db, () => checkKey(db, key));
    sealOldAddresses(db, new Addresses(db, key));
    return registryOf(db, createStore(db, key), "system");
  } catch (error) {
    db.close();
    throw error;
  }
}

function registryOf(db: DatabaseSync, store: Store, who: string): Registry {
  const { ledger } = store;
  const write = ledger.writer(who);
  return {
    ...deviceBook(store, write),
    ...placementBook(store, write),
    ...gatewayBook(store, write),
    ...placeBook(store, write),
    ...cultivationBook(store, write),
    ...peopleBook(db, store, write, who),
    ...consentBook(store, write, who),
    ...serviceBook(store, write),
    revision: () => ledger.revision,
    refresh: () => ledger.refresh(),
    changes: (afterRevision, limit) => ledger.changes(afterRevision, limit),
    as: (other) => registryOf(db, store, other),
    atomically: (work) => write(work),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}
