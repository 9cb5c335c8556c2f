import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const shape = z.object({
  refreshToken: z.string().min(1),
  accessToken: z.string().min(1).optional(),
  /** Until when the access token is good. */
  expiresAtMs: z.number().int().optional(),
});
export type Tokens = Readonly<z.output<typeof shape>>;

/**
 * What the file holds: JSON that we have written, or nothing but the first refresh token, as an administrator has put it there.
 * @throws Error when there is nothing of that kind in it; without what it holds
 */
export function readTokens(file: string): Tokens {
  const text = readFileSync(file, "utf8").trim();
  if (!text.startsWith("{")) {
    if (text === "" || /\s/.test(text)) throw new Error(`${file} must hold a refresh token and nothing else`);
    return { refreshToken: text };
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} holds no tokens of Zalo`);
  }
}

/**
 * Puts tokens in the place of those in the file. They are on disk when it returns: the old refresh token is worth nothing any more,
 * and losing the new one would need an administrator to log in again.
 */
export function writeTokens(file: string, tokens: Tokens): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, "w", 0o600);
  try {
    writeSync(handle, `${JSON.stringify(tokens)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
