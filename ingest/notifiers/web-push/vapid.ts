import { createECDH, createPrivateKey, sign } from "node:crypto";

/** By these a push service knows who sends (RFC 8292). */
export interface VapidKeys {
  /** Uncompressed, 65 octets; the page subscribes with it. */
  readonly publicKey: Buffer;
  /** 32 octets. */
  readonly privateKey: Buffer;
}

/** RFC 8292 §2: at most a day; half of it leaves room for clocks that are wrong. */
const tokenLivesMs = 12 * 3_600_000;

/** @returns the public key of a private one */
export function vapidKeysOf(privateKey: Buffer): VapidKeys {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(privateKey);
  return { privateKey, publicKey: curve.getPublicKey() };
}

/**
 * The header `Authorization` for a push service (RFC 8292 §3).
 * @param endpoint of the subscription; its origin is the audience
 * @param contact `mailto:` or `https:`, for whoever runs the service
 */
export function vapidAuthorization(
  endpoint: string,
  { publicKey, privateKey }: VapidKeys,
  contact: string,
  nowMs: number,
): string {
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor((nowMs + tokenLivesMs) / 1000),
    sub: contact,
  };
  const signed = `${encoded({ typ: "JWT", alg: "ES256" })}.${encoded(claims)}`;
  const key = createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      d: privateKey.toString("base64url"),
      x: publicKey.subarray(1, 33).toString("base64url"),
      y: publicKey.subarray(33).toString("base64url"),
    },
  });
  // JWS wants the two numbers one after the other, not in DER (RFC 7518 §3.4).
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `vapid t=${signed}.${signature.toString("base64url")}, k=${publicKey.toString("base64url")}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
