import type { RejectionReason } from "./decoded.ts";
import { plainText } from "./plain-text.ts";

/** A body that could be parsed. */
export interface JsonBody {
  readonly body: unknown;
  readonly text: string;
  /** How many `name: value` pairs the text holds, at any depth. More than a walk finds means: a name stands twice. */
  readonly members: number;
}

/** Why a payload is not a body. */
export interface JsonRefusal {
  readonly reason: RejectionReason;
  readonly detail: string;
}

// A byte order mark is let pass, as RFC 8259 section 8.1 allows.
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a payload as JSON (RFC 8259). V8's parser does not recurse, so depth cannot hurt it; the limit protects
 * whoever walks the body afterwards, and is checked on the bytes before anything is built.
 */
export function readJson(payload: Uint8Array, mostDepth: number): JsonBody | JsonRefusal {
  if (payload.length === 0) return refusal("empty", "the payload has no bytes; a JSON object was expected");
  const outline = outlineOf(payload);
  if (outline.depth > mostDepth) {
    return refusal("too-deep", `${outline.depth} levels of brackets; at most ${mostDepth} are read`);
  }
  let text: string;
  try {
    text = utf8.decode(payload);
  } catch {
    return refusal("not-utf8", notUtf8(payload));
  }
  try {
    return { body: JSON.parse(text), text, members: outline.members };
  } catch (error) {
    return text.trim() === ""
      ? refusal("empty", "the payload is blank; a JSON object was expected")
      : refusal("not-json", whyNotJson(text, error));
  }
}

function refusal(reason: RejectionReason, detail: string): JsonRefusal {
  return { reason, detail };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPENING = [0x5b, 0x7b] as const;
const CLOSING = [0x5d, 0x7d] as const;

/** Deepest nesting and number of members, of bytes that may or may not turn out to be JSON. */
function outlineOf(bytes: Uint8Array): { depth: number; members: number } {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) i = endOfString(bytes, i);
    else if (byte === COLON) members++;
    else if (byte === OPENING[0] || byte === OPENING[1]) deepest = Math.max(deepest, ++depth);
    else if (byte === CLOSING[0] || byte === CLOSING[1]) depth--;
  }
  return { depth: deepest, members };
}

/** Index of the quote that closes the string opened at `from` (or past the end). */
function endOfString(bytes: Uint8Array, from: number): number {
  let i = from + 1;
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i;
}

function notUtf8(payload: Uint8Array): string {
  const start = Buffer.from(payload.subarray(0, 16)).toString("hex");
  return `the bytes are not UTF-8 (they begin 0x${start}); send JSON text in UTF-8`;
}

function whyNotJson(text: string, error: unknown): string {
  const token = /[[:,]\s*([+-]?(?:nan|inf(?:inity)?))\b/i.exec(text)?.[1];
  if (token !== undefined) return `${token} is not JSON: leave the value out, or send null`;
  if (text.endsWith("\0")) return "the text ends in a NUL byte: send its length without the terminator";
  return plainText(error instanceof Error ? error.message : String(error), 200);
}
