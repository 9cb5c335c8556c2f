import type { Alert } from "../alerts/index.ts";
import type { Language } from "../rules/index.ts";
import { digestLines } from "./digest.ts";
import { facts, linkLine } from "./message.ts";
import { type News, type Story, shortened, storyOf } from "./story.ts";
import { labels, overSign, phrases, severitySigns, withWords } from "./words.ts";

/**
 * An alert as a message in a chat: short lines, a sign that is seen from afar, and what to send back.
 * @param mostChars the channel takes no more
 */
export function chatOf(news: News, language: Language, mostChars: number): string {
  const lines = news.digest ? digestChat(news, news.digest, language) : alertLines(news, language);
  return shortened(lines.join("\n"), mostChars);
}

function digestChat({ acknowledge }: News, alerts: readonly Alert[], language: Language): string[] {
  return [...digestLines(alerts, language), ...linkLine(acknowledge?.url ?? null, language)];
}

function alertLines(news: News, language: Language): string[] {
  const story = storyOf(news, language);
  const sign = news.event === "resolved" ? overSign : severitySigns[news.alert.severity];
  return [`${sign} ${story.mark}: ${story.title}`, ...facts(story, language), ...after(story, language)];
}

function after(story: Story, language: Language): string[] {
  const { advice, deadline, ending, note, link, code } = story;
  return [
    ...(advice === null ? [] : ["", `${labels.advice[language]}: ${advice}`]),
    ...(deadline === null ? [] : [deadline]),
    ...(ending === null ? [] : ["", ending]),
    ...(note === null ? [] : ["", note]),
    ...linkLine(link, language),
    ...(code === null ? [] : ["", withWords(phrases.reply[language], { code })]),
  ];
}
