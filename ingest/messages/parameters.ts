import type { Language } from "../rules/index.ts";
import { digestTitle } from "./digest.ts";
import { type News, shortened, storyOf } from "./story.ts";
import { labels } from "./words.ts";

/** What a template of a provider can be filled with. */
export const parameterNames = [
  "severity",
  "title",
  "place",
  "device",
  "quantity",
  "value",
  "limit",
  "since",
  "until",
  "advice",
  "deadline",
  "ending",
  "link",
  "code",
] as const;
export type ParameterName = (typeof parameterNames)[number];

/**
 * One piece of an alert for a template that somebody else has written.
 * @param mostChars the template takes no more
 * @returns never empty: providers refuse an empty parameter
 */
export function parameterOf(news: News, name: ParameterName, language: Language, mostChars: number): string {
  const story = storyOf(news, language);
  const { title, device, quantity, value, limit, since, until, advice, deadline, ending, link } = story;
  const told: Record<ParameterName, string | null> = {
    severity: story.mark,
    title: news.digest ? digestTitle(news.digest, language) : title,
    place: story.place ?? labels.noPlace[language],
    device,
    quantity,
    value: value ?? labels.noValue[language],
    limit,
    since,
    until,
    advice: advice ?? ending,
    deadline,
    ending,
    link,
    code: story.code === null ? null : String(story.code),
  };
  return shortened(told[name] ?? "-", mostChars);
}
