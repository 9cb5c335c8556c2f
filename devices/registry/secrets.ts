import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { Mirror } from "./mirror.ts";
import { RegistryError } from "./registry-error.ts";

export interface KeptSecret {
  readonly hash: Uint8Array;
  /** Exclusive; null while it is the current one. */
  readonly validUntilMs: number | null;
}

export type SecretsTable = "device_secrets" | "service_secrets";

/** 256 random bits in base64url. */
const secretLength = 43;
const leastKeyBytes = 32;

/** @throws RangeError when the key is too short to keep a hash from being tried out */
export function secretKeyOf(bytes: Uint8Array): KeyObject {
  if (bytes.length < leastKeyBytes) {
    throw new RangeError(
      `the secret key has ${bytes.length} bytes; right are ${leastKeyBytes} random ones or more`,
    );
  }
  return createSecretKey(bytes);
}

/**
 * Refuses a key other than the one the file was made with: with another one every device would be turned away, and
 * the reason would be hard to find.
 */
export function checkKey(db: DatabaseSync, key: KeyObject): void {
  const mac = hmac(key, "canhdong registry key check");
  db.prepare("INSERT INTO key_check (only_row, mac) VALUES (1, ?) ON CONFLICT DO NOTHING").run(mac);
  const kept = db.prepare("SELECT mac FROM key_check").get()?.mac as Uint8Array;
  if (timingSafeEqual(mac, kept)) return;
  throw new RegistryError(
    "wrong-key",
    "the registry was made with another secret key: use that key, it belongs into the same backup as the registry",
  );
}

/**
 * The secrets of devices or services. A secret is shown once and kept as HMAC-SHA256 under the server's key: at 256
 * random bits a slow hash would add nothing but 31 ms to every connect, and without the key the file is worth nothing.
 */
export class Secrets {
  readonly mirror: Mirror<readonly KeptSecret[]>;
  readonly #db: DatabaseSync;
  readonly #key: KeyObject;
  readonly #table: string;

  constructor(db: DatabaseSync, key: KeyObject, table: SecretsTable) {
    this.#db = db;
    this.#key = key;
    this.#table = table;
    this.mirror = new Mirror<readonly KeptSecret[]>(db, {
      select: selectSecrets(table),
      key: "owner",
      read: (rows) => rows as unknown as KeptSecret[],
    });
  }

  verify(owner: string, secret: string, nowMs: number): boolean {
    return isValid(this.#key, secret, this.mirror.get(owner) ?? [], nowMs);
  }

  /**
   * Makes a new secret. The older ones end now, or at `oldValidUntilMs` at the latest: a node in the field has to be
   * reached before it can use the new one.
   */
  issue(owner: string, nowMs: number, oldValidUntilMs: number = nowMs): string {
    const secret = randomBytes(32).toString("base64url");
    this.#db
      .prepare(
        `UPDATE ${this.#table} SET valid_until_ms = min(coalesce(valid_until_ms, ?2), ?2) WHERE owner = ?1`,
      )
      .run(owner, oldValidUntilMs);
    this.#db.prepare(`DELETE FROM ${this.#table} WHERE owner = ? AND valid_until_ms <= ?`).run(owner, nowMs);
    this.#db
      .prepare(`INSERT INTO ${this.#table} (owner, hash) VALUES (?, ?)`)
      .run(owner, hmac(this.#key, secret));
    return secret;
  }

  revoke(owner: string): void {
    this.#db.prepare(`DELETE FROM ${this.#table} WHERE owner = ?`).run(owner);
  }
}

/** Everything up to WHERE. */
export function selectSecrets(table: SecretsTable): string {
  return `SELECT owner, hash, valid_until_ms AS validUntilMs FROM ${table}`;
}

/**
 * Whether this is one of the secrets kept of an owner, and still in force. Takes the same time whether there are any, and
 * how ever much of one is right.
 */
export function isValid(key: KeyObject, secret: string, kept: readonly KeptSecret[], nowMs: number): boolean {
  if (secret.length !== secretLength) return false;
  const given = hmac(key, secret);
  let right = false;
  for (const { hash, validUntilMs } of kept) {
    const valid = validUntilMs === null || nowMs < validUntilMs;
    if (timingSafeEqual(given, hash) && valid) right = true;
  }
  return right;
}

function hmac(key: KeyObject, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
