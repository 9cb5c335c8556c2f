import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { UserError } from "../commands/context.ts";
import type { Settings } from "./settings.ts";

/** What one of our own TLS ports shows to those who connect. */
export interface ShownCertificate {
  /** `broker.tls` or `http.tls`. */
  readonly setting: string;
  readonly certFile: string;
  readonly validFromMs: number;
  readonly validToMs: number;
}

const dayMs = 86_400_000;
/** Long enough to renew one that a person has to ask for. */
const soonDays = 14;

/**
 * Reads the certificates and keys of our own TLS ports before the first port opens.
 *
 * @throws UserError listing every file that cannot be used, and why
 */
export function readCertificates({ broker, http }: Pick<Settings, "broker" | "http">): ShownCertificate[] {
  const problems: string[] = [];
  const shown: ShownCertificate[] = [];
  for (const [setting, tls] of Object.entries({ "broker.tls": broker.tls, "http.tls": http.tls })) {
    if (tls === null) continue;
    const told = problems.length;
    const problem = (text: string) => void problems.push(`  ${setting}${text}`);
    const certificate = certificateIn(tls.certFile, problem);
    const key = keyIn(tls.keyFile, problem);
    if (certificate && key && !certificate.checkPrivateKey(key))
      problem(`: the key in ${tls.keyFile} does not belong to the certificate in ${tls.certFile}`);
    if (certificate && problems.length === told) shown.push(shownBy(setting, tls.certFile, certificate));
  }
  if (problems.length > 0) throw new UserError(["TLS cannot be used:", ...problems].join("\n"));
  return shown;
}

/** What is wrong with the time of a certificate, in words; null while it is good for some time to come. */
export function ageTrouble(
  { setting, certFile, validFromMs, validToMs }: ShownCertificate,
  nowMs: number,
): string | null {
  const of = `${setting}: the certificate in ${certFile}`;
  const mend = "Put a renewed one into the file, and start again.";
  if (nowMs > validToMs)
    return `${of} ended on ${day(validToMs)}: who checks it does not connect any more. ${mend}`;
  if (nowMs < validFromMs)
    return `${of} begins on ${day(validFromMs)} only: who checks it does not connect before. Is the clock right?`;
  const daysLeft = Math.floor((validToMs - nowMs) / dayMs);
  return daysLeft < soonDays ? `${of} ends on ${day(validToMs)}, in ${daysLeft} days. ${mend}` : null;
}

function shownBy(setting: string, certFile: string, certificate: X509Certificate): ShownCertificate {
  const { validFromDate, validToDate } = certificate;
  return { setting, certFile, validFromMs: validFromDate.getTime(), validToMs: validToDate.getTime() };
}

function certificateIn(file: string, problem: (text: string) => void): X509Certificate | null {
  const pem = textOf(file, (why) => problem(`.certFile: ${why}`));
  if (pem === null) return null;
  try {
    return new X509Certificate(pem);
  } catch {
    problem(
      `.certFile: ${file} holds no certificate; PEM is needed, beginning with -----BEGIN CERTIFICATE-----`,
    );
    return null;
  }
}

function keyIn(file: string, problem: (text: string) => void): KeyObject | null {
  const pem = textOf(file, (why) => problem(`.keyFile: ${why}`));
  if (pem === null) return null;
  try {
    return createPrivateKey(pem);
  } catch {
    problem(`.keyFile: ${file} holds no private key; PEM without a passphrase is needed`);
    return null;
  }
}

function textOf(file: string, problem: (text: string) => void): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    problem(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
    return null;
  }
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
