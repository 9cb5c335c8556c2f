import { type Alert, timeInWords } from "../alerts/index.ts";
import type { Language } from "../rules/index.ts";
import { oneLine, says } from "./story.ts";
import { phrases, severityWords, withWords } from "./words.ts";

/** More than that nobody reads to the end. */
const mostLines = 20;

/** `Tổng hợp 3 cảnh báo, nặng nhất: Ao số 4 thiếu oxy: 2,4 mg/l` */
export function digestTitle(alerts: readonly Alert[], language: Language): string {
  const counted = withWords(phrases.digest[language], { count: alerts.length });
  const [first] = alerts;
  return first ? `${counted}, ${phrases.gravest[language]}: ${oneLine(first.title[language])}` : counted;
}

/** Several alerts, the gravest first, in one text: a heading, then a line and its advice for each. */
export function digestLines(alerts: readonly Alert[], language: Language): string[] {
  const rest = alerts.length - mostLines;
  return [
    withWords(phrases.digest[language], { count: alerts.length }),
    "",
    ...alerts.slice(0, mostLines).flatMap((alert) => entry(alert, language)),
    ...(rest > 0 ? [withWords(phrases.more[language], { count: rest })] : []),
  ];
}

function entry(alert: Alert, language: Language): string[] {
  const title = oneLine(alert.title[language]);
  const place = alert.placeName === null ? "" : oneLine(alert.placeName);
  const where = place === "" || says(title, place) ? "" : `${place}, `;
  return [
    `- ${severityWords[alert.severity][language]}: ${title} (${where}${timeInWords(alert.sinceMs)[language]})`,
    `  ${oneLine(alert.advice[language])}`,
  ];
}
