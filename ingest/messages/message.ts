import type { Language } from "../rules/index.ts";
import { digestLines, digestTitle } from "./digest.ts";
import { type News, oneLine, type Story, storyOf } from "./story.ts";
import { labels, phrases, withWords } from "./words.ts";

/** An alert in words for one person: a line, and the whole of it. */
export interface Message {
  /** One line, without line breaks. */
  readonly subject: string;
  /** Plain text: what happened, where, the value and its limit, since when, what to do, by when. */
  readonly text: string;
}

/** Says what there is to tell, in full and in the words of whoever reads it: for e-mail, logs and web pages. */
export function messageOf(news: News, language: Language): Message {
  if (news.digest) {
    const lines = [
      ...digestLines(news.digest, language),
      ...linkLine(news.acknowledge?.url ?? null, language),
      ...optOutLine(news, language),
    ];
    return { subject: oneLine(digestTitle(news.digest, language)), text: `${lines.join("\n")}\n` };
  }
  const story = storyOf(news, language);
  const lines = [
    `${story.mark}: ${story.title}`,
    "",
    ...facts(story, language),
    ...(story.advice === null ? ending(story) : todo(story, story.advice, language)),
    ...(story.note === null ? [] : ["", story.note]),
    ...linkLine(story.link, language),
    ...optOutLine(news, language),
  ];
  return { subject: `[${story.mark}] ${story.title}`, text: `${lines.join("\n")}\n` };
}

/** Where, which device, the value and its limit, since when: a line each. */
export function facts(story: Story, language: Language): string[] {
  const { place, device, isGateway, silent, silentNames, since, until, ...measured } = story;
  return [
    ...(place === null ? [] : [`${labels.place[language]}: ${place}`]),
    `${(isGateway ? labels.gateway : labels.device)[language]}: ${device}`,
    ...(silent === null ? [] : [`${silent}: ${silentNames}`]),
    ...measuredLine(measured, language),
    `${labels.since[language]}: ${since}`,
    ...(until === null ? [] : [`${labels.until[language]}: ${until}`]),
  ];
}

function measuredLine(
  { quantity, value, limit }: Pick<Story, "quantity" | "value" | "limit">,
  language: Language,
): string[] {
  if (value === null) return [];
  const bound = limit === null ? "" : ` (${labels.limit[language]} ${limit})`;
  return [`${quantity}: ${value}${bound}`];
}

function todo({ deadline }: Story, advice: string, language: Language): string[] {
  return ["", `${labels.advice[language]}: ${advice}`, ...(deadline === null ? [] : [deadline])];
}

function ending({ ending }: Story): string[] {
  return ending === null ? [] : ["", ending];
}

export function optOutLine({ optOutUrl }: News, language: Language): string[] {
  return optOutUrl === undefined ? [] : ["", withWords(phrases.optOutAt[language], { url: optOutUrl })];
}

export function linkLine(link: string | null, language: Language): string[] {
  return link === null ? [] : ["", `${labels.details[language]}: ${link}`];
}
