import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { FolderInUse, lockFolder } from "../../sqlite/lock-folder.ts";
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

/**
 * Keeps a second server out: two would each follow the same journal and write the same files. Commands need no hold; what
 * they share with a server, SQLite keeps apart.
 *
 * @throws UserError when a server has it
 */
export function holdDataFolder({ path }: DataFolder): { release(): void } {
  try {
    return lockFolder(path);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    throw new UserError(
      `A server runs on the data folder ${path} already (${error.owner}). Stop it, or give this one a folder of its own with "data:" in the configuration.`,
    );
  }
}

/** Several processes may ask at one moment: each has a probe of its own. */
function proveWritable(path: string): void {
  const probe = join(path, `.writable-${process.pid}`);
  writeFileSync(probe, "");
  rmSync(probe, { force: true });
}

function secretKeyIn(file: string): Uint8Array {
  if (!existsSync(file)) makeKey(file);
  const key = readFileSync(file);
  if (key.length !== 32)
    throw new UserError(`${file} must hold 32 bytes, it holds ${key.length}: restore it from a backup.`);
  chmodSync(file, 0o600);
  return key;
}

/** It gets its name when it is whole and on disk: half a key would lock out every device, and no start would mend it. */
function makeKey(file: string): void {
  const unnamed = `${file}.${process.pid}`;
  writeFileSync(unnamed, randomBytes(32), { mode: 0o600, flush: true });
  try {
    // A link replaces nothing: another process may have made the key in the meantime, and hashed secrets with it.
    linkSync(unnamed, file);
  } catch {
    // Some file systems know no links.
    if (!existsSync(file)) renameSync(unnamed, file);
  }
  rmSync(unnamed, { force: true });
  flushFolder(dirname(file));
}

function flushFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
