import { expect, test } from "vitest";
import { type Language, languages } from "../rules/index.ts";
import { chatOf } from "./chat.ts";
import { messageOf } from "./message.ts";
import { parameterNames, parameterOf } from "./parameters.ts";
import { pushOf } from "./push.ts";
import { sampleNews } from "./sample-news.ts";
import { smsOf } from "./sms.ts";
import type { News } from "./story.ts";
import { voiceOf } from "./voice.ts";

/** Every form of one piece of news, for somebody who reads whether it is plain language. */
function everyForm(news: News, language: Language): string {
  const sms = smsOf(news, language, { canReply: true, accents: true });
  const push = pushOf(news, language);
  const mail = messageOf(news, language);
  const parameters = parameterNames.map((name) => `${name}=${parameterOf(news, name, language, 90)}`);
  return [
    `--- SMS (${sms.encoding}, ${sms.parts})\n${sms.text}`,
    `--- push\n${push.title}\n${push.body}`,
    `--- chat\n${chatOf(news, language, { mostChars: 2000, canReply: true })}`,
    `--- e-mail\n${mail.subject}\n\n${mail.text.trimEnd()}`,
    `--- voice\n${voiceOf(news, language, { canReply: true })}`,
    `--- parameters of a template\n${parameters.join("\n")}`,
  ].join("\n\n");
}

test.each(languages)("every message in %s reads as it is written down beside this test", async (language) => {
  const pages = Object.entries(sampleNews).map(
    ([name, news]) => `===== ${name} =====\n\n${everyForm(news, language)}\n`,
  );
  await expect(pages.join("\n")).toMatchFileSnapshot(`./every-message.${language}.txt`);
});

test.each(Object.entries(sampleNews))("a message is whole in every form and language: %s", (_, news) => {
  for (const language of languages) {
    const all = everyForm(news, language);
    expect(all).not.toMatch(/undefined|null|NaN|\{\w+\}/);
    expect(all).toBe(all.normalize("NFC"));
  }
});
