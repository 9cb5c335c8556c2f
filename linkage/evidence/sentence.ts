/** What a person reads: Vietnamese first, and English. */
export interface Sentence {
  readonly vi: string;
  readonly en: string;
}

/** `vi` and `en` of several, joined into one sentence each. */
export function joined(sentences: readonly Sentence[]): Sentence {
  return { vi: sentences.map(({ vi }) => vi).join("; "), en: sentences.map(({ en }) => en).join("; ") };
}

export function percentText(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}
