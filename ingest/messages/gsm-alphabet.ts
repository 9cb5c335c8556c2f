/**
 * The alphabet of 7-bit text messages (3GPP TS 23.038 §6.2.1): the place in the text is the code. The escape (0x1b) stands
 * as a character that no text has.
 */
export const gsmAlphabet =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/** What follows an escape (§6.2.1.1): these take two places in a message. */
export const gsmExtension: Readonly<Record<string, number>> = {
  "\f": 0x0a,
  "^": 0x14,
  "{": 0x28,
  "}": 0x29,
  "\\": 0x2f,
  "[": 0x3c,
  "~": 0x3d,
  "]": 0x3e,
  "|": 0x40,
  "€": 0x65,
};

/** How many of the 160 places a character takes: 1, 2, or none when the alphabet does not have it. */
export function gsmWidth(character: string): 0 | 1 | 2 {
  if (character in gsmExtension) return 2;
  return character !== "\u001b" && gsmAlphabet.includes(character) ? 1 : 0;
}

/** The codes of a text, one a byte, not packed. Of characters that the alphabet does not have it makes question marks. */
export function gsmCodes(text: string): Uint8Array {
  const codes = [...text].flatMap((character) => {
    const extended = gsmExtension[character];
    if (extended !== undefined) return [0x1b, extended];
    return [gsmAlphabet.indexOf(gsmWidth(character) === 1 ? character : "?")];
  });
  return Uint8Array.from(codes);
}

/** The text of codes, one a byte; what the alphabet does not have becomes a blank. */
export function gsmText(codes: Uint8Array): string {
  const extended = new Map(Object.entries(gsmExtension).map(([character, code]) => [code, character]));
  let text = "";
  let escaped = false;
  for (const code of codes) {
    if (escaped) text += extended.get(code) ?? " ";
    else if (code !== 0x1b) text += gsmAlphabet[code] ?? " ";
    escaped = !escaped && code === 0x1b;
  }
  return text;
}
