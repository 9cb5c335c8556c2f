import type { ShortMessage } from "./bodies.ts";
import { textOf } from "./message-octets.ts";

/** What became of a message. */
export interface Receipt {
  readonly messageId: string;
  /** `DELIVRD`, `EXPIRED`, `UNDELIV`, … */
  readonly state: string;
  /** The network's own code; empty when it gave none. */
  readonly error: string;
}

/** SMPP 3.4 §5.2.12: bits 5 to 2 say what kind of message it is. */
const kindMask = 0x3c;
const receiptKind = 0x04;
/** §5.3.2.12 */
const receiptedIdTag = 0x001e;

/** @returns null when it is not a receipt, but something that a person has sent */
export function receiptOf(message: ShortMessage): Receipt | null {
  if ((message.esmClass & kindMask) !== receiptKind) return null;
  const text = textOf(message);
  // Appendix B: names and values, which every vendor writes a little otherwise.
  const field = (name: string) => new RegExp(String.raw`\b${name}:(\S+)`, "i").exec(text)?.[1] ?? "";
  const tagged = message.optional.get(receiptedIdTag)?.toString("latin1").replace(/\0.*$/, "");
  return { messageId: tagged ?? field("id"), state: field("stat").toUpperCase(), error: field("err") };
}
