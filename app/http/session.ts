import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** What a session's cookie says. Nothing is kept on the server, so a restart signs nobody out. */
export interface Session {
  readonly person: string;
  /** When the person was added: whoever later gets the id of somebody who has left is another person. */
  readonly addedAtMs: number;
  /** The person's password version when they signed in: a changed password ends every older session. */
  readonly passwordVersion: number;
  readonly expiresAtMs: number;
}

export interface SignedIn {
  readonly id: string;
  readonly addedAtMs: number;
  readonly passwordVersion: number;
}

export interface Sessions {
  /** The text for the cookie: the claims and their HMAC-SHA256. */
  issue(person: SignedIn, nowMs: number): string;
  /** The claims, if we signed them and they have not expired; else null. Whose they are now is another question: `isOf`. */
  read(token: string, nowMs: number): Session | null;
  /** Whether it is this person's, under the password they have now. */
  isOf(session: Session, person: SignedIn): boolean;
  /** Past half its life a session is worth a fresh cookie, so that who comes back often is never signed out. */
  isHalfSpent(session: Session, nowMs: number): boolean;
}

/** @param key the installation's secret, at least 32 bytes; a key of its own is derived, so it can serve elsewhere too */
export function createSessions(key: Uint8Array, lifeMs: number): Sessions {
  if (key.length < 32) throw new Error(`the session key has ${key.length} bytes, at least 32 are needed`);
  const signingKey = Buffer.from(hkdfSync("sha256", key, "", "canhdong/session/1", 32));
  const sign = (claims: string) => createHmac("sha256", signingKey).update(claims).digest();

  return {
    issue(person, nowMs) {
      const claims = encodeClaims([person.id, person.addedAtMs, person.passwordVersion, nowMs + lifeMs]);
      return `${claims}.${sign(claims).toString("base64url")}`;
    },
    read(token, nowMs) {
      const [claims, signature, more] = token.split(".");
      if (claims === undefined || signature === undefined || more !== undefined) return null;
      if (!sameBytes(sign(claims), Buffer.from(signature, "base64url"))) return null;
      const session = decodeClaims(claims);
      return session.expiresAtMs > nowMs ? session : null;
    },
    isOf: (session, { id, addedAtMs, passwordVersion }) =>
      session.person === id && session.addedAtMs === addedAtMs && session.passwordVersion === passwordVersion,
    isHalfSpent: (session, nowMs) => session.expiresAtMs - nowMs < lifeMs / 2,
  };
}

type Claims = readonly [person: string, addedAtMs: number, passwordVersion: number, expiresAtMs: number];

const encodeClaims = (claims: Claims) => Buffer.from(JSON.stringify(claims)).toString("base64url");

/** Only for claims whose signature was right: then we wrote them, and their shape is known. */
function decodeClaims(claims: string): Session {
  const text = Buffer.from(claims, "base64url").toString();
  const [person, addedAtMs, passwordVersion, expiresAtMs] = JSON.parse(text) as Claims;
  return { person, addedAtMs, passwordVersion, expiresAtMs };
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
