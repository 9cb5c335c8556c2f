import { execFileSync } from "node:child_process";
import { join } from "node:path";

export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate for localhost that nobody has signed but itself, and its key, as `NAME.pem` and `NAME.key`; needs openssl. */
export function selfSigned(folder: string, name: string, days = 30): CertificateFiles {
  const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const whose = ["-subj", "/CN=localhost", "-days", String(days)];
  const files = ["-keyout", keyFile, "-out", certFile];
  execFileSync("openssl", ["req", "-x509", ...key, ...whose, ...files], { stdio: "ignore" });
  return { certFile, keyFile };
}
