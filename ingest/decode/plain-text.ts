/** Control characters, line separators and direction marks: what could forge a log line or turn a screen's text round. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Text from outside made fit for logs, tables and screens: printable, well-formed, at most `most` characters. */
export function plainText(text: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return cut.toWellFormed().replace(unprintable, "\ufffd");
}

/** What was found, for a person to recognise it: a string in quotes, a list or an object as JSON, all cut short. */
export function shown(found: unknown): string {
  if (found === undefined) return "nothing";
  if (typeof found === "number") return String(found);
  if (typeof found === "string") return plainText(JSON.stringify(found.slice(0, 60)), 60);
  if (typeof found === "object" && found !== null) return Array.isArray(found) ? "an array" : "an object";
  return plainText(String(found), 60);
}
