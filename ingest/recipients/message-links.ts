import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** What a link is good for, and nothing else. Each has its own path: `/a/…` and `/h/…` (huỷ). */
export const linkPurposes = { acknowledge: "a", "opt-out": "h" } as const;
export type LinkPurpose = keyof typeof linkPurposes;

/** A message to a person, as the outbox knows it. */
export interface LinkedMessage {
  readonly number: number;
  readonly person: string;
  readonly createdAtMs: number;
}

/** Links in messages: short, for an SMS has to hold them, and signed for one purpose, one message and its person. */
export interface MessageLinks {
  /** undefined when nobody knows under which address people reach us. */
  urlFor(purpose: LinkPurpose, message: LinkedMessage): string | undefined;
  /** The number of the message that a token speaks of; whether it may is told by `proves`. Null when it is no token. */
  numberIn(token: string): number | null;
  /** Whether we made this token for this purpose and this very message. */
  proves(purpose: LinkPurpose, token: string, message: LinkedMessage): boolean;
}

/** 64 bits: a guess can only be tried against the server, which slows guessers down. */
const signatureBytes = 8;
const numberBytes = 5;

/**
 * @param secretKey the installation's secret, at least 32 bytes; a key of its own is derived
 * @param publicUrl the address that people use; null when it is not configured
 */
export function createMessageLinks(secretKey: Uint8Array, publicUrl: string | null): MessageLinks {
  if (secretKey.length < 32) throw new Error(`the key has ${secretKey.length} bytes, at least 32 are needed`);
  const key = Buffer.from(hkdfSync("sha256", secretKey, "", "canhdong/message-links/1", 32));

  function signature(purpose: LinkPurpose, { number, person, createdAtMs }: LinkedMessage): Buffer {
    const about = JSON.stringify([purpose, number, person, createdAtMs]);
    return createHmac("sha256", key).update(about).digest().subarray(0, signatureBytes);
  }

  return {
    urlFor(purpose, message) {
      if (publicUrl === null) return undefined;
      const number = Buffer.alloc(numberBytes);
      number.writeUIntBE(message.number, 0, numberBytes);
      const token = Buffer.concat([number, signature(purpose, message)]).toString("base64url");
      return new URL(`/${linkPurposes[purpose]}/${token}`, publicUrl).href;
    },
    numberIn(token) {
      const bytes = Buffer.from(token, "base64url");
      return bytes.length === numberBytes + signatureBytes ? bytes.readUIntBE(0, numberBytes) : null;
    },
    proves(purpose, token, message) {
      const given = Buffer.from(token, "base64url").subarray(numberBytes);
      return given.length === signatureBytes && timingSafeEqual(given, signature(purpose, message));
    },
  };
}
