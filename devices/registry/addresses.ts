import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { Mirror, type Row } from "./mirror.ts";
import { type AddressBookEntry, type AddressKind, addressKinds, addressOf } from "./person.ts";
import { normalizedPhone } from "./phone.ts";

/** First byte of what is sealed: AES-256-GCM, 12 bytes nonce, 16 bytes tag. */
const sealVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Where people can be reached. On disk each address is sealed with a key derived from the server's, bound to its person and
 * kind, so that a stolen file tells no number and no row can be passed off as another's. It is found by a keyed hash: a plain
 * one would fall to trying all nine-digit numbers.
 */
export class Addresses {
  readonly mirror: Mirror<AddressBookEntry>;
  readonly #db: DatabaseSync;
  readonly #sealingKey: Buffer;
  readonly #lookupKey: Buffer;

  constructor(db: DatabaseSync, key: KeyObject) {
    this.#db = db;
    this.#sealingKey = derived(key, "canhdong/addresses/sealing/1");
    this.#lookupKey = derived(key, "canhdong/addresses/lookup/1");
    this.mirror = new Mirror<AddressBookEntry>(db, {
      select: "SELECT person, kind, sealed FROM addresses",
      key: "person",
      read: (rows) => this.#entryOf(rows),
    });
  }

  of(person: string): AddressBookEntry {
    return this.mirror.get(person) ?? nowhere;
  }

  /** Replaces all that was known of this person. */
  put(person: string, entry: AddressBookEntry): void {
    this.#db.prepare("DELETE FROM addresses WHERE person = ?").run(person);
    const insert = this.#db.prepare(
      "INSERT INTO addresses (person, kind, sealed, lookup) VALUES (?, ?, ?, ?)",
    );
    for (const kind of addressKinds) {
      const address = addressOf(entry, kind);
      if (address === null) continue;
      insert.run(person, kind, this.#seal(address, boundTo(person, kind)), this.#lookup(kind, address));
    }
  }

  /** Whose address this is: several people, where a family shares a telephone. */
  peopleAt(kind: AddressKind, address: string): string[] {
    return this.#db
      .prepare("SELECT person FROM addresses WHERE lookup = ? ORDER BY person")
      .all(this.#lookup(kind, address))
      .map(({ person }) => String(person));
  }

  #entryOf(rows: readonly Row[]): AddressBookEntry {
    const opened = new Map(
      rows.map(({ person, kind, sealed }) => [
        kind,
        this.#open(sealed as Uint8Array, boundTo(String(person), String(kind))),
      ]),
    );
    const address = (kind: AddressKind) => opened.get(kind) ?? null;
    return {
      phone: address("phone"),
      email: address("email"),
      zalo: address("zalo"),
      telegram: address("telegram"),
      webPush: address("web-push"),
    };
  }

  #seal(address: string, about: Buffer): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.#sealingKey, nonce).setAAD(about);
    const sealed = Buffer.concat([cipher.update(address, "utf8"), cipher.final()]);
    return Buffer.concat([Buffer.of(sealVersion), nonce, cipher.getAuthTag(), sealed]);
  }

  #open(sealed: Uint8Array, about: Buffer): string {
    const nonceEnd = 1 + nonceBytes;
    const tagEnd = nonceEnd + tagBytes;
    const nonce = sealed.subarray(1, nonceEnd);
    const decipher = createDecipheriv("aes-256-gcm", this.#sealingKey, nonce, { authTagLength: tagBytes });
    decipher.setAAD(about).setAuthTag(sealed.subarray(nonceEnd, tagEnd));
    return decipher.update(sealed.subarray(tagEnd), undefined, "utf8") + decipher.final("utf8");
  }

  #lookup(kind: AddressKind, address: string): Buffer {
    const written = `${kind}\0${canonical(kind, address)}`;
    return createHmac("sha256", this.#lookupKey).update(written).digest();
  }
}

const nowhere: AddressBookEntry = { phone: null, email: null, zalo: null, telegram: null, webPush: null };

function derived(key: KeyObject, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", purpose, 32));
}

function boundTo(person: string, kind: string): Buffer {
  return Buffer.from(JSON.stringify([person, kind]));
}

/** However it was typed: one number, one hash. */
function canonical(kind: AddressKind, address: string): string {
  if (kind === "phone") return normalizedPhone(address) ?? address.trim();
  return kind === "email" ? address.trim().toLowerCase() : address.trim();
}
