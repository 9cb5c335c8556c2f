import type { Language } from "../rules/index.ts";
import { digestTitle } from "./digest.ts";
import { spoken } from "./spoken.ts";
import { type News, sentence, storyOf, unsaidPlace, unsaidValue } from "./story.ts";
import { labels, phrases } from "./words.ts";

/** What a voice reads out on the telephone: who is calling, what happened, what to do; and once more, for nobody hears it all the first time. */
export function voiceOf(
  news: News,
  language: Language,
  { canReply }: { readonly canReply: boolean },
): string {
  const message = matter(news, language)
    .map((piece) => sentence(spoken(piece, language)))
    .join(" ");
  const { greeting, repeat, goodbye, pressOne } = phrases;
  const ask = canReply && news.acknowledge ? [pressOne[language]] : [];
  return [greeting[language], message, ...ask, repeat[language], message, ...ask, goodbye[language]].join(
    " ",
  );
}

function matter(news: News, language: Language): string[] {
  if (news.digest) return [digestTitle(news.digest, language)];
  const story = storyOf(news, language);
  const pieces = [
    // Some engines read capitals letter by letter.
    `${sentence(capitalised(story.mark))} ${story.title}`,
    unsaidValue(story),
    unsaidPlace(story),
    story.silent,
    story.advice === null ? story.ending : `${labels.advice[language]}: ${story.advice}`,
    story.deadline,
  ];
  return pieces.filter((piece) => piece !== null);
}

function capitalised(text: string): string {
  const small = text.toLocaleLowerCase("vi");
  return small.charAt(0).toLocaleUpperCase("vi") + small.slice(1);
}
