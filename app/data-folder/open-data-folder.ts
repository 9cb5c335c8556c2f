import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../commands/context.ts";

/** Where each part keeps what it owns. */
export interface DataFolder {
  readonly path: string;
  readonly registry: string;
  readonly sessions: string;
  readonly quarantine: string;
  readonly links: string;
  readonly watch: string;
  /** What derived quantities remember. */
  readonly derived: string;
  /** Linkage models, zones, cooperatives; and the counts of them that were frozen. There once somebody has used them. */
  readonly linkage: string;
  readonly snapshots: string;
  readonly journal: string;
  readonly store: string;
  /** Address and key of the server that runs on this folder; there only while it runs. */
  readonly server: string;
  /** 256 bits that key the hashes of device secrets and sign the cookies. Lost key: every device needs a new secret. */
  readonly secretKey: Uint8Array;
}

/**
 * Opens the folder in which everything is kept, and makes it on the first start: readable by its owner alone.
 *
 * @throws UserError when it cannot be made or written, with the system's word for it
 */
export function openDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    proveWritable(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(
      `The data folder ${path} cannot be written (${code ?? message}). Give its owner the right to write, or name another with "data:" in the configuration.`,
    );
  }
  return {
    path,
    registry: join(path, "registry.db"),
    sessions: join(path, "sessions.db"),
    quarantine: join(path, "quarantine.db"),
    links: join(path, "links.db"),
    watch: join(path, "watch.db"),
    derived: join(path, "derived.db"),
    linkage: join(path, "linkage.db"),
    snapshots: join(path, "snapshots.db"),
    journal: join(path, "journal"),
    store: join(path, "readings"),
    server: join(path, "server.json"),
    secretKey: secretKeyIn(join(path, "secret.key")),
  };
}

function proveWritable(path: string): void {
  const probe = join(path, ".writable");
  writeFileSync(probe, "");
  rmSync(probe);
}

function secretKeyIn(file: string): Uint8Array {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" });
  const key = readFileSync(file);
  if (key.length !== 32)
    throw new UserError(`${file} must hold 32 bytes, it holds ${key.length}: restore it from a backup.`);
  chmodSync(file, 0o600);
  return key;
}
