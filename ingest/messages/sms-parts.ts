import { gsmWidth } from "./gsm-alphabet.ts";

export type SmsEncoding = "gsm7" | "ucs2";

export interface SmsParts {
  readonly encoding: SmsEncoding;
  /** Each fits one message; what is put together again is the text in NFC. */
  readonly parts: readonly string[];
}

/** Places in one message, and in each of several: joining them takes six octets of header (3GPP TS 23.040 §9.2.3.24.1). */
const places = { gsm7: { alone: 160, joined: 153 }, ucs2: { alone: 70, joined: 67 } } as const;

/** How a text travels by SMS: 7-bit when the GSM alphabet has all of its characters, 16-bit otherwise, and in how many parts. */
export function smsParts(text: string): SmsParts {
  // A decomposed ế would count three times.
  const composed = text.normalize("NFC");
  const characters = [...composed];
  const encoding = characters.every((character) => gsmWidth(character) > 0) ? "gsm7" : "ucs2";
  const width = encoding === "gsm7" ? gsmWidth : (character: string) => character.length;
  const total = characters.reduce((sum, character) => sum + width(character), 0);
  if (total <= places[encoding].alone) return { encoding, parts: [composed] };
  return { encoding, parts: cutInto(places[encoding].joined, characters, width) };
}

/** Neither an escape sequence nor a surrogate pair is torn apart: each belongs to one part whole. */
function cutInto(
  most: number,
  characters: readonly string[],
  width: (character: string) => number,
): string[] {
  const parts = [""];
  let used = 0;
  for (const character of characters) {
    if (used + width(character) > most) {
      parts.push("");
      used = 0;
    }
    parts[parts.length - 1] += character;
    used += width(character);
  }
  return parts;
}
