import type { z } from "zod";
import { joined, type Sentence } from "../evidence/sentence.ts";
import { mustBe } from "./must-be.ts";

const byEnglish = new Map<string, Sentence>(Object.values(mustBe).map((rule) => [rule.en, rule]));

/**
 * What a schema found, in words for whoever filled in a table.
 *
 * @param issue of a parse with `reportInput`: an empty cell is told as one
 */
export function told(issue: z.core.$ZodIssue): Sentence {
  const isEmpty = issue.input === undefined && issue.code !== "unrecognized_keys" && issue.code !== "custom";
  if (isEmpty) return { vi: "còn trống, phải có giá trị", en: "is empty, and must be there" };
  return byEnglish.get(issue.message) ?? byKind(issue);
}

function byKind(issue: z.core.$ZodIssue): Sentence {
  switch (issue.code) {
    case "invalid_value":
      return oneOf(issue.values.map(String));
    case "unrecognized_keys":
      return joined(issue.keys.map(notKept));
    case "invalid_union":
      return mustBe.polygon;
    case "invalid_type":
      return ofType(issue.expected);
    default:
      return { vi: `không hợp lệ: ${issue.message}`, en: issue.message };
  }
}

function oneOf(values: readonly string[]): Sentence {
  const list = values.join(", ");
  return { vi: `phải là một trong: ${list}`, en: `must be one of ${list}` };
}

function notKept(name: string): Sentence {
  return {
    vi: `"${name}" không phải là mục của sổ này`,
    en: `"${name}" is nothing that this register keeps`,
  };
}

function ofType(expected: string): Sentence {
  if (expected === "number") return { vi: "phải là số", en: "must be a number" };
  if (expected === "int") return mustBe.whole;
  return { vi: "phải là chữ", en: "must be text" };
}
