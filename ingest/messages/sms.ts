import type { Language } from "../rules/index.ts";
import { digestTitle } from "./digest.ts";
import { type SmsEncoding, smsParts } from "./sms-parts.ts";
import { type News, sentence, storyOf, unsaidPlace, unsaidValue } from "./story.ts";
import { plainForGsm } from "./without-diacritics.ts";
import { labels, phrases, withWords } from "./words.ts";

export interface Sms {
  readonly text: string;
  readonly encoding: SmsEncoding;
  /** As how many messages it is paid for. */
  readonly parts: number;
}

/** What the far end of a channel for text messages can do. */
export interface SmsAbilities {
  /** Whether what people reply reaches us. */
  readonly canReply: boolean;
  /** Some gateways take no accented texts at all. */
  readonly accents: boolean;
}

/** A text longer than this many messages is cut. */
const mostParts = 3;

/**
 * An alert as a text message: accented when that fits one message (70 characters), else without accents (160). What is good to know but
 * not needed goes in where there is room left; nobody pays for a second message because of it.
 */
export function smsOf(news: News, language: Language, abilities: SmsAbilities): Sms {
  const { needed, good } = pieces(news, language, abilities);
  let best = oneMessage(needed, abilities.accents);
  if (best === null) return cut(needed.join(" "));
  const kept = [...needed];
  for (const piece of good) {
    const longer = oneMessage([...kept, piece], abilities.accents);
    // Accents are worth more than a detail.
    if (longer === null || longer.accented !== best.accented) continue;
    kept.push(piece);
    best = longer;
  }
  return best.sms;
}

function pieces(news: News, language: Language, { canReply }: SmsAbilities) {
  const link = news.acknowledge?.url === undefined ? null : see(news.acknowledge.url, language);
  if (news.digest) return { needed: [sentence(digestTitle(news.digest, language))], good: present([link]) };
  const story = storyOf(news, language);
  const { advice, ending, code, deadline, silent } = story;
  const reply = canReply && code !== null ? withWords(phrases.replyShort[language], { code }) : null;
  const since = advice === null ? null : sentence(`${labels.since[language]} ${story.since}`);
  return {
    needed: present([
      `${story.mark}: ${story.title}`,
      unsaidValue(story),
      unsaidPlace(story),
      silent,
      advice ?? ending,
    ]).map(sentence),
    good: present([reply, link, deadline, since]),
  };
}

function present(pieces: readonly (string | null)[]): string[] {
  return pieces.filter((piece) => piece !== null);
}

function see(link: string, language: Language): string {
  return `${labels.detailsShort[language]}: ${link}`;
}

function oneMessage(
  pieces: readonly string[],
  accents: boolean,
): { readonly sms: Sms; readonly accented: boolean } | null {
  const text = pieces.join(" ").normalize("NFC");
  const written = smsParts(text);
  if (accents && written.parts.length === 1)
    return { sms: { text, encoding: written.encoding, parts: 1 }, accented: written.encoding === "ucs2" };
  const plain = plainForGsm(text);
  if (smsParts(plain).parts.length > 1) return null;
  return { sms: { text: plain, encoding: "gsm7", parts: 1 }, accented: false };
}

function cut(text: string): Sms {
  const { parts } = smsParts(plainForGsm(text));
  if (parts.length <= mostParts) return { text: parts.join(""), encoding: "gsm7", parts: parts.length };
  const kept = parts.slice(0, mostParts).join("").slice(0, -"...".length);
  return { text: `${kept.replace(/[\s.,;:]+\S*$/, "")}...`, encoding: "gsm7", parts: mostParts };
}
