import type { Sentence } from "../evidence/sentence.ts";
import type { ReportLanguage } from "./report.ts";

/** Picks the language in which a report is written. */
export type Say = (sentence: Sentence) => string;

export function sayIn(language: ReportLanguage): Say {
  return (sentence) => sentence[language];
}

/** `14/9/2026`: as dates stand in a text. */
export function dayText(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  return `${String(day).padStart(2, "0")}/${month}/${year}`;
}

/** `Hà Tĩnh, ngày 05 tháng 01 năm 2026`: a nought before days below 10 and before January and February, so that nobody adds a digit. */
export function placeAndDate(
  place: string,
  date: string | null,
  year: string,
  language: ReportLanguage,
): string {
  const room = "     ";
  const [, month, day] = date === null ? [] : date.split("-").map(Number);
  const dayOf = day === undefined ? room : String(day).padStart(2, "0");
  const monthOf = month === undefined ? room : month < 3 ? `0${month}` : String(month);
  return language === "vi"
    ? `${place}, ngày ${dayOf} tháng ${monthOf} năm ${year}`
    : `${place}, ${date === null ? `${room}/${room}/${year}` : dayText(date)}`;
}

const roman = ["I", "II", "III", "IV"];

/** `quý III năm 2026`, `năm 2026`. */
export function periodText(name: string): Sentence {
  const [year, quarter] = name.split("-Q");
  if (quarter === undefined) return { vi: `năm ${year}`, en: `the year ${year}` };
  return { vi: `quý ${roman[Number(quarter) - 1]} năm ${year}`, en: `quarter ${quarter} of ${year}` };
}
