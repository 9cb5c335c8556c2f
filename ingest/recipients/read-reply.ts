import { withoutDiacritics } from "../messages/index.ts";

/** What somebody means who answers a message. */
export type ReplyMeaning =
  | {
      readonly kind: "acknowledge" /** Which alert; null: the one told of last. */;
      readonly code: number | null;
    }
  | { readonly kind: "opt-out" }
  | { readonly kind: "unknown" };

const acknowledges =
  /^(?:OK|OKE|OKAY|DA BIET|DA NHAN|DA RO|BIET ROI|ROI|DANG XU LY|VANG|DA)(?![A-Z])[\s.,:#]*(\d{1,4})?[\s.!]*$/;
/** Also what a code alone means: people send `3`. */
const codeAlone = /^#?(\d{1,4})$/;
const optsOut =
  /^(?:HUY|TU CHOI|STOP|DUNG|NGUNG|UNSUBSCRIBE|UNSUB)\b[\s.!]*(?:TIN|BAO|NHAN TIN|ALL)?[\s.!]*$/;

/** Reads a reply as people type it: with or without diacritics, in any case, with a full stop or without. */
export function readReply(text: string): ReplyMeaning {
  const plain = withoutDiacritics(text).toUpperCase().replace(/\s+/g, " ").trim();
  if (optsOut.test(plain)) return { kind: "opt-out" };
  const code = acknowledges.exec(plain) ?? codeAlone.exec(plain);
  if (code === null) return { kind: "unknown" };
  return { kind: "acknowledge", code: code[1] === undefined ? null : Number(code[1]) };
}
