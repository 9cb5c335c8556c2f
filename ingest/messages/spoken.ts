import type { Language } from "../rules/index.ts";
import { numberInWords } from "./number-words.ts";
import { unitWords } from "./unit-words.ts";

/** Signs for substances and measures that a voice would spell wrongly. */
const names: Record<Language, Readonly<Record<string, string>>> = {
  vi: {
    pH: "pê hát",
    "CO₂": "các-bô-níc",
    CO2: "các-bô-níc",
    "NH₃": "a-mô-ni-ắc",
    NH3: "a-mô-ni-ắc",
    "H₂S": "hát hai ét",
    H2S: "hát hai ét",
  },
  en: {
    pH: "P H",
    "CO₂": "C O two",
    CO2: "C O two",
    "NH₃": "ammonia",
    NH3: "ammonia",
    "H₂S": "H two S",
    H2S: "H two S",
  },
};

const words = {
  vi: { minus: "âm", to: "đến", hour: "giờ", minute: "phút", month: "tháng" },
  en: { minus: "minus", to: "to", hour: "", minute: "", month: "" },
} as const;

/**
 * A text as it is read out: figures, units, times and dates in words; what stands in brackets is for the eye and left out.
 * Speech engines guess at "2,4 mg/l", and guess differently.
 */
export function spoken(text: string, language: Language): string {
  const steps = [bracketsLeftOut, namesSaid, timesSaid, datesSaid, amountsSaid];
  return steps
    .reduce((said, step) => step(said, language), text.normalize("NFC"))
    .replace(/\s+/g, " ")
    .trim();
}

function bracketsLeftOut(text: string): string {
  return text.replace(/\s*\([^()]*\)/g, "");
}

function namesSaid(text: string, language: Language): string {
  return Object.entries(names[language]).reduce(
    (said, [name, word]) => said.replace(new RegExp(`(?<![\\p{L}\\d])${name}(?![\\p{L}\\d₀-₉])`, "gu"), word),
    text,
  );
}

/** `05:50` is "năm giờ năm mươi phút". */
function timesSaid(text: string, language: Language): string {
  return text.replace(/(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/g, (_, hour: string, minute: string) => {
    const count = (figures: string) => numberInWords(String(Number(figures)), "", language);
    const { hour: hours, minute: minutes } = words[language];
    if (language === "en")
      return minute === "00" ? `${count(hour)} o'clock` : `${count(hour)} ${englishMinutes(minute)}`;
    return minute === "00"
      ? `${count(hour)} ${hours}`
      : `${count(hour)} ${hours} ${count(minute)} ${minutes}`;
  });
}

function englishMinutes(minute: string): string {
  const said = numberInWords(String(Number(minute)), "", "en");
  return minute.startsWith("0") ? `oh ${said}` : said;
}

/** `21/11/2026` is "hai mươi mốt tháng mười một": everybody knows the year. English dates are in words already. */
function datesSaid(text: string, language: Language): string {
  const count = (figures: string) => numberInWords(String(Number(figures)), "", language);
  if (language === "en") return text.replace(/(\b\d{1,2} [A-Z][a-z]{2}) \d{4}\b/g, "$1");
  return text.replace(
    /(?<!\d)(\d{1,2})\/(\d{1,2})\/\d{4}(?!\d)/g,
    (_, day: string, month: string) => `${count(day)} ${words.vi.month} ${monthInWords(month)}`,
  );
}

/** April is "tháng tư", not "tháng bốn". */
function monthInWords(month: string): string {
  return Number(month) === 4 ? "tư" : numberInWords(String(Number(month)), "", "vi");
}

const number = {
  vi: String.raw`\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?`,
  en: String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`,
} as const;

const amounts: Record<Language, RegExp> = { vi: amountPattern("vi"), en: amountPattern("en") };

/** A number or a range of them, with its unit: `-2,4 mg/l`, `3–5 cm`. */
function amountPattern(language: Language): RegExp {
  const units = Object.keys(unitWords[language])
    .sort((a, b) => b.length - a.length)
    .map((symbol) => symbol.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .join("|");
  const one = number[language];
  return new RegExp(
    String.raw`(?<![\p{L}\d.,]|\p{L}-)(?<minus>[-−])?(?<from>${one})(?:\s?[-–]\s?(?<to>${one}))?(?:\s?(?<unit>${units})(?![\p{L}\d/]))?(?![\p{L}\d])`,
    "gu",
  );
}

function amountsSaid(text: string, language: Language): string {
  return text.replace(amounts[language], (...match) => {
    const { minus, from, to, unit } = match.at(-1) as Record<string, string | undefined>;
    return [
      ...(minus === undefined ? [] : [words[language].minus]),
      figuresSaid(from!, language),
      ...(to === undefined ? [] : [words[language].to, figuresSaid(to, language)]),
      ...(unit === undefined ? [] : [unitWords[language][unit]!]),
    ].join(" ");
  });
}

function figuresSaid(figures: string, language: Language): string {
  const [separator, sign] = language === "vi" ? [".", ","] : [",", "."];
  const [whole, decimals = ""] = figures.replaceAll(separator, "").split(sign);
  return numberInWords(whole!, decimals, language);
}
