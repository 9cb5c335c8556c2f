import type { Alert } from "../alerts/index.ts";
import type { Language } from "../rules/index.ts";
import { digestLines } from "./digest.ts";
import { facts, linkLine, optOutLine } from "./message.ts";
import { type News, type Story, shortened, storyOf } from "./story.ts";
import { labels, overSign, phrases, severitySigns, withWords } from "./words.ts";

export interface ChatAbilities {
  /** The channel takes no more. */
  readonly mostChars: number;
  /** Whether what people reply reaches us. */
  readonly canReply: boolean;
}

/**
 * An alert as a message in a chat: short lines, a sign that is seen from afar, and what to send back.
 */
export function chatOf(news: News, language: Language, { mostChars, canReply }: ChatAbilities): string {
  const lines = news.digest ? digestChat(news, news.digest, language) : alertLines(news, language, canReply);
  const last =
    canReply && news.optOutUrl !== undefined ? ["", phrases.optOut[language]] : optOutLine(news, language);
  const end = last.map((line) => `\n${line}`).join("");
  return shortened(lines.join("\n"), mostChars - end.length) + end;
}

function digestChat({ acknowledge }: News, alerts: readonly Alert[], language: Language): string[] {
  return [...digestLines(alerts, language), ...linkLine(acknowledge?.url ?? null, language)];
}

function alertLines(news: News, language: Language, canReply: boolean): string[] {
  const story = storyOf(news, language);
  const sign = news.event === "resolved" ? overSign : severitySigns[news.alert.severity];
  return [
    `${sign} ${story.mark}: ${story.title}`,
    ...facts(story, language),
    ...after(story, language, canReply),
  ];
}

function after(story: Story, language: Language, canReply: boolean): string[] {
  const { advice, deadline, ending, note, link, code } = story;
  return [
    ...(advice === null ? [] : ["", `${labels.advice[language]}: ${advice}`]),
    ...(deadline === null ? [] : [deadline]),
    ...(ending === null ? [] : ["", ending]),
    ...(note === null ? [] : ["", note]),
    ...linkLine(link, language),
    ...(code === null || !canReply ? [] : ["", withWords(phrases.reply[language], { code })]),
  ];
}
