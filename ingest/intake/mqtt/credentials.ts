import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { MqttIntakeSettings } from "./settings.ts";

/** What an intake shows to its broker. Never logged. */
export interface Credentials {
  readonly password: string | null;
  /** PEM. */
  readonly ca: Buffer | null;
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
}

/**
 * Reads what the settings of one intake point at: password and certificates.
 *
 * @param env the environment, for `passwordEnv`
 * @param problem told of everything that is missing or unreadable; then the credentials are not to be used
 */
export function readCredentials(
  { password, passwordFile, passwordEnv, tls }: MqttIntakeSettings,
  env: Readonly<Record<string, string | undefined>>,
  problem: (setting: string, message: string) => void,
): Credentials {
  const read = (setting: string, path: string | null | undefined) => contentOf(path, setting, problem);
  const found = {
    password: password ?? fromFile(read("passwordFile", passwordFile)) ?? fromEnv(passwordEnv, env, problem),
    ca: read("tls.caFile", tls.caFile),
    cert: read("tls.certFile", tls.certFile),
    key: read("tls.keyFile", tls.keyFile),
  };
  checkTls(found, problem);
  return found;
}

function contentOf(
  path: string | null | undefined,
  setting: string,
  problem: (setting: string, message: string) => void,
): Buffer | null {
  if (path === null || path === undefined) return null;
  try {
    return readFileSync(path);
  } catch (error) {
    problem(setting, `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
    return null;
  }
}

/** Editors end a file with a line break, which is no part of a password. */
function fromFile(content: Buffer | null): string | null {
  return content === null ? null : content.toString("utf8").replace(/\r?\n$/, "");
}

function fromEnv(
  name: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  problem: (setting: string, message: string) => void,
): string | null {
  if (name === undefined) return null;
  const value = env[name];
  if (value === undefined || value === "") problem("passwordEnv", `there is no environment variable ${name}`);
  return value ?? null;
}

/** A certificate that is none is told before the first connection, not as a handshake that fails for ever. */
function checkTls({ ca, cert, key }: Credentials, problem: (setting: string, message: string) => void): void {
  const parts: [string, Buffer | null, (pem: Buffer) => unknown][] = [
    ["tls.caFile", ca, (pem) => new X509Certificate(pem)],
    ["tls.certFile", cert, (pem) => new X509Certificate(pem)],
    ["tls.keyFile", key, (pem) => createPrivateKey(pem)],
  ];
  const bad = parts.flatMap(([setting, pem, read]) => {
    const refusal = pem === null ? null : refusalOf(() => read(pem));
    return refusal === null ? [] : [[setting, `is no PEM that can be used (${refusal})`] as const];
  });
  for (const [setting, message] of bad) problem(setting, message);
  if (bad.length > 0 || cert === null || key === null) return;
  const refusal = refusalOf(() => createSecureContext({ cert, key }));
  if (refusal !== null) problem("tls.keyFile", `does not belong to tls.certFile (${refusal})`);
}

function refusalOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
