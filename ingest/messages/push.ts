import type { Language } from "../rules/index.ts";
import { digestLines, digestTitle } from "./digest.ts";
import { type News, sentence, shortened, storyOf, unsaidPlace, unsaidValue } from "./story.ts";
import { labels } from "./words.ts";

/** A notification on the screen of a telephone. */
export interface Push {
  readonly title: string;
  readonly body: string;
}

/** What a locked screen shows of either. */
const mostTitleChars = 80;
const mostBodyChars = 240;

export function pushOf(news: News, language: Language): Push {
  if (news.digest) {
    const [, , ...entries] = digestLines(news.digest, language);
    return fitting(digestTitle(news.digest, language), entries.join("\n"));
  }
  const story = storyOf(news, language);
  const extras = [unsaidValue(story), unsaidPlace(story), story.silent].filter((piece) => piece !== null);
  const body = [
    ...(story.advice === null
      ? [story.ending ?? ""]
      : [story.advice, story.deadline ?? "", story.note ?? ""]),
    ...extras,
    `${labels.since[language]} ${story.since}`,
  ];
  return fitting(
    `${story.mark}: ${story.title}`,
    body
      .filter((piece) => piece !== "")
      .map(sentence)
      .join(" "),
  );
}

function fitting(title: string, body: string): Push {
  return { title: shortened(title, mostTitleChars), body: shortened(body, mostBodyChars) };
}
