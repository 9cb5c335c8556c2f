/** What a person reads: Vietnamese first, and English. */
export interface Sentence {
  readonly vi: string;
  readonly en: string;
}

/** `vi` and `en` of several, joined into one sentence each. */
export function joined(sentences: readonly Sentence[]): Sentence {
  return { vi: sentences.map(({ vi }) => vi).join("; "), en: sentences.map(({ en }) => en).join("; ") };
}

/** A share of 1, cut to one decimal so that 79.96 is not told as the 80 that it misses. It does not break before the sign. */
export function percent(share: number): Sentence {
  const en = `${Math.floor(share * 1000) / 10}\u00a0%`;
  return { vi: en.replace(".", ","), en };
}

/** `2026-09-14` as it is said: 14/9/2026. */
export function vietnameseDate(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  return `${day}/${month}/${year}`;
}
