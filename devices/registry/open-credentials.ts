import { openSqlite } from "../../sqlite/open-sqlite.ts";
import { migrations } from "./schema.ts";
import { isValid, type KeptSecret, type SecretsTable, secretKeyOf, selectSecrets } from "./secrets.ts";
import type { Service } from "./service.ts";

/** Who may connect, asked of the registry's file each time: whoever was added or removed a moment ago is known. */
export interface CredentialsFile {
  verifyDevice(id: string, secret: string, nowMs: number): boolean;
  /** What this service may do; undefined when the secret is not its own. */
  verifyService(name: string, secret: string, nowMs: number): ServiceFilters | undefined;
  close(): void;
}

export type ServiceFilters = Pick<Service, "publish" | "subscribe">;

/**
 * The part of the registry that a front door needs, without the rest of it in memory: a lookup costs a query of some
 * microseconds instead.
 *
 * @param file of a registry that was opened before, so that its schema and key are known to be right
 */
export function openCredentials(file: string, secretKey: Uint8Array): CredentialsFile {
  const key = secretKeyOf(secretKey);
  const db = openSqlite(file, migrations);
  const secretsOf = (table: SecretsTable) => {
    const kept = db.prepare(`${selectSecrets(table)} WHERE owner = ?`);
    return (owner: string) => kept.all(owner) as unknown as KeptSecret[];
  };
  const deviceSecrets = secretsOf("device_secrets");
  const serviceSecrets = secretsOf("service_secrets");
  const filters = db.prepare("SELECT publish, subscribe FROM services WHERE name = ?");

  return {
    verifyDevice: (id, secret, nowMs) => isValid(key, secret, deviceSecrets(id), nowMs),
    verifyService(name, secret, nowMs) {
      if (!isValid(key, secret, serviceSecrets(name), nowMs)) return undefined;
      const { publish, subscribe } = filters.get(name) as { publish: string; subscribe: string };
      return { publish: JSON.parse(publish), subscribe: JSON.parse(subscribe) };
    },
    close: () => db.close(),
  };
}
