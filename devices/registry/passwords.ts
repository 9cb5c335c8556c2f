import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** OWASP's password storage cheat sheet counts N=2^15, r=8, p=3 among the equivalents of its first choice. */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;
const hashBytes = 32;

/**
 * One at a time: each takes 32 MB and one of the few threads that file access needs too, so a burst of sign-ins must
 * not take them all.
 */
let queue: Promise<unknown> = Promise.resolve();

/** The salted hash of a password as text that also tells how it was made: `scrypt$32768$8$3$salt$hash`. */
export async function hashedPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derived(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Whether the password is the one of this hash. Without a hash the answer is no, and takes as long. */
export async function isPassword(password: string, hashed: string | null): Promise<boolean> {
  const [, N, r, p, salt = "", hash = ""] = (hashed ?? nobody).split("$");
  const expected = Buffer.from(hash, "base64url");
  const options = { N: Number(N), r: Number(r), p: Number(p) };
  const given = await derived(password, Buffer.from(salt, "base64url"), options);
  return timingSafeEqual(given, expected) && hashed !== null;
}

const nobody = [
  "scrypt",
  cost.N,
  cost.r,
  cost.p,
  "nobody",
  Buffer.alloc(hashBytes).toString("base64url"),
].join("$");

function derived(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  const next = queue.then(() => scryptAsync(password, salt, options));
  queue = next.catch(() => {});
  return next;
}

function scryptAsync(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  // NIST SP 800-63B, 3.1.1.2: normalised, because Vietnamese keyboards differ in how they compose letters.
  const text = password.normalize("NFKC");
  return new Promise((resolve, reject) => {
    scrypt(text, salt, hashBytes, { ...options, maxmem: 64 * 2 ** 20 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
