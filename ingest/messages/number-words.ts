import type { Language } from "../rules/index.ts";

/** Above a billion of billions nobody measures anything in a field; beyond it digits are read one by one. */
const mostDigits = 12;

/**
 * A number as people say it: `2,4` is "hai phẩy bốn", `1.005` "một nghìn không trăm linh năm".
 * @param whole digits before the decimal sign, without separators
 * @param decimals digits behind it; empty when there are none
 */
export function numberInWords(whole: string, decimals: string, language: Language): string {
  const { digits, point, count } = tongues[language];
  const oneByOne = (figures: string) => [...figures].map((figure) => digits[Number(figure)]).join(" ");
  const trimmed = whole.replace(/^0+(?=\d)/, "");
  // A leading zero is part of a name or a telephone number, which nobody counts.
  const isCode = /^0\d/.test(whole) || trimmed.length > mostDigits;
  const before = isCode ? oneByOne(whole) : count(Number(trimmed));
  return decimals === "" ? before : `${before} ${point} ${oneByOne(decimals)}`;
}

const vietnameseDigits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;
const vietnameseGroups = ["", "nghìn", "triệu", "tỷ"] as const;

function inVietnamese(count: number): string {
  if (count === 0) return vietnameseDigits[0];
  return groupsOf(count)
    .map((value, index, all) => {
      if (value === 0) return "";
      const isFirst = index === 0;
      return `${vietnameseHundreds(value, !isFirst)} ${vietnameseGroups[all.length - 1 - index]}`.trim();
    })
    .filter((words) => words !== "")
    .join(" ");
}

/** @param whole whether the hundreds are said even when there are none: "một nghìn không trăm linh năm" */
function vietnameseHundreds(value: number, whole: boolean): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const head = hundreds > 0 || whole ? [`${vietnameseDigits[hundreds]} trăm`] : [];
  if (rest === 0) return head.join(" ");
  if (rest < 10) return [...head, ...(head.length > 0 ? ["linh"] : []), vietnameseDigits[rest]].join(" ");
  return [...head, vietnameseTens(rest)].join(" ");
}

function vietnameseTens(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const head = tens === 1 ? "mười" : `${vietnameseDigits[tens]} mươi`;
  if (ones === 0) return head;
  // 21 is "mốt" and 15 "lăm": the same figures, said otherwise behind a ten.
  if (ones === 1 && tens > 1) return `${head} mốt`;
  return `${head} ${ones === 5 ? "lăm" : vietnameseDigits[ones]}`;
}

const englishSmall = [
  ..."zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(
    " ",
  ),
  ..."seventeen eighteen nineteen".split(" "),
];
const englishTens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const englishGroups = ["", "thousand", "million", "billion"] as const;

function inEnglish(count: number): string {
  if (count === 0) return englishSmall[0]!;
  return groupsOf(count)
    .map((value, index, all) =>
      value === 0 ? "" : `${englishHundreds(value)} ${englishGroups[all.length - 1 - index]}`.trim(),
    )
    .filter((words) => words !== "")
    .join(" ");
}

function englishHundreds(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const head = hundreds > 0 ? [`${englishSmall[hundreds]} hundred`] : [];
  if (rest === 0) return head.join(" ");
  const ones = rest % 10;
  const tens = englishTens[Math.floor(rest / 10) - 2];
  const tail = rest < 20 ? englishSmall[rest] : ones === 0 ? tens : `${tens}-${englishSmall[ones]}`;
  return [...head, tail].join(" and ");
}

/** 1005 is 1 and 5. */
function groupsOf(count: number): number[] {
  const groups: number[] = [];
  for (let rest = count; rest > 0; rest = Math.floor(rest / 1000)) groups.unshift(rest % 1000);
  return groups;
}

const tongues = {
  vi: { digits: vietnameseDigits, point: "phẩy", count: inVietnamese },
  en: { digits: englishSmall, point: "point", count: inEnglish },
} as const;
