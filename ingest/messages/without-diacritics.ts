import { gsmWidth } from "./gsm-alphabet.ts";

/** Vietnamese without its marks, as people type it on old telephones: `Đất khô` becomes `Dat kho`. */
export function withoutDiacritics(text: string): string {
  // Canonical decomposition splits ế into e and two marks, but not đ: its stroke is no mark of its own.
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D");
}

/** Signs of our texts for which the GSM alphabet has another way of writing. */
const plainSigns: Readonly<Record<string, string>> = {
  "°": "",
  µ: "u",
  μ: "u",
  "–": "-",
  "—": "-",
  "−": "-",
  "…": "...",
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
  "≥": ">=",
  "≤": "<=",
  "×": "x",
  "\u00a0": " ",
};

/** A text in nothing but letters of the GSM alphabet, so that 160 of them fit a message. */
export function plainForGsm(text: string): string {
  const signs = [...text.replace(/\s*‰/g, " ppt")]
    .map((character) => plainSigns[character] ?? character)
    .join("");
  // Compatibility decomposition makes plain figures of ₂ and ³.
  const plain = withoutDiacritics(signs.normalize("NFKD"));
  return [...plain].map((character) => (gsmWidth(character) > 0 ? character : "?")).join("");
}
