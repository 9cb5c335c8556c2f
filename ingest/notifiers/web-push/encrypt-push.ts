import { createCipheriv, createECDH, createHmac, type ECDH } from "node:crypto";

/** What a browser gives to whoever may push to it (RFC 8291 §2; both in base64url in the subscription). */
export interface ReceiverKeys {
  /** Its public key on P-256, uncompressed: 65 octets. */
  readonly p256dh: Buffer;
  /** 16 octets that nobody else knows. */
  readonly auth: Buffer;
}

/** What a message is encrypted with, fresh for each. */
export interface SenderSecrets {
  readonly privateKey: Buffer;
  /** 16 octets. */
  readonly salt: Buffer;
}

/** One record holds the whole of a push message (RFC 8291 §4). */
const recordSize = 4096;

/**
 * Encrypts a push message (RFC 8291, with the content coding `aes128gcm` of RFC 8188): only the browser can read it, the service that
 * passes it on cannot.
 */
export function encryptPush(
  plain: Buffer,
  receiver: ReceiverKeys,
  { privateKey, salt }: SenderSecrets,
): Buffer {
  const sender = createECDH("prime256v1");
  sender.setPrivateKey(privateKey);
  const senderKey = sender.getPublicKey();
  const keying = inputKeying(sender, senderKey, receiver);
  const { key, nonce } = contentKeys(keying, salt);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  // The delimiter 2 says that this is the last record (RFC 8188 §2).
  const sealed = [cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([header(salt, senderKey), ...sealed]);
}

/** RFC 8291 §3.4. */
function inputKeying(sender: ECDH, senderKey: Buffer, { p256dh, auth }: ReceiverKeys): Buffer {
  const agreed = hmac(auth, sender.computeSecret(p256dh));
  return expand(agreed, Buffer.concat([Buffer.from("WebPush: info\0"), p256dh, senderKey]), 32);
}

/** RFC 8188 §2.2 and §2.3. */
function contentKeys(keying: Buffer, salt: Buffer): { key: Buffer; nonce: Buffer } {
  const pseudorandom = hmac(salt, keying);
  return {
    key: expand(pseudorandom, Buffer.from("Content-Encoding: aes128gcm\0"), 16),
    nonce: expand(pseudorandom, Buffer.from("Content-Encoding: nonce\0"), 12),
  };
}

/** RFC 8188 §2.1: salt, record size, the sender's key in the place of a key id. */
function header(salt: Buffer, senderKey: Buffer): Buffer {
  const sizes = Buffer.alloc(5);
  sizes.writeUInt32BE(recordSize);
  sizes.writeUInt8(senderKey.length, 4);
  return Buffer.concat([salt, sizes, senderKey]);
}

/** HKDF's expansion (RFC 5869 §2.3), for up to one block. */
function expand(pseudorandom: Buffer, info: Buffer, length: number): Buffer {
  return hmac(pseudorandom, Buffer.concat([info, Buffer.of(1)])).subarray(0, length);
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
