import { type LinkageTexts, linkageTexts } from "../../text/linkage-texts.ts";
import type { Words } from "../../text/words.ts";
import { useWords } from "../page.ts";

/** The words of these pages, and the general ones. */
export function useLinkageWords(): Words & { readonly l: LinkageTexts; count(value: number): string } {
  const words = useWords();
  return { ...words, l: linkageTexts[words.language], count: (value) => words.number(value, 1) };
}

/** `Quý 3/2026`, `Năm 2026`. */
export function periodName(l: LinkageTexts, name: string): string {
  const [year = "", quarter] = name.split("-Q");
  return quarter === undefined ? l.year(year) : l.quarter(quarter, year);
}
