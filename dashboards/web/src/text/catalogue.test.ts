import { expect, test } from "vitest";
import { rejectionReasons } from "../../../../ingest/decode/decoded.ts";
import { catalogues } from "./catalogue.ts";

const languages = Object.entries(catalogues);

/** Every text with its path; a text that takes parameters as it reads for 3, 7 and 9. */
function texts(of: object, path = ""): [string, string][] {
  return Object.entries(of).flatMap(([key, value]): [string, string][] => {
    const at = path === "" ? key : `${path}.${key}`;
    if (typeof value === "function") return [[at, value("3", "7", "9")]];
    return typeof value === "string" ? [[at, value]] : texts(value, at);
  });
}

test.each(languages)("%s leaves no text empty, and writes its letters in one form", (_, catalogue) => {
  for (const [path, text] of texts(catalogue)) {
    expect(text.trim(), path).not.toBe("");
    // Two forms of ế look the same and are not found by one another.
    expect(text.normalize("NFC"), path).toBe(text);
    expect(text, path).not.toContain("undefined");
  }
});

test("both languages say the same things", () => {
  const [vi, en] = languages.map(([, catalogue]) => texts(catalogue).map(([path]) => path));
  expect(vi).toEqual(en);
});

test("only a proper name is the same in both languages", () => {
  const en = new Map(texts(catalogues.en));
  const same = texts(catalogues.vi).filter(([path, text]) => en.get(path) === text);
  expect(same).toEqual([]);
});

test.each(languages)("%s has words for every reason of the quarantine", (_, { reason }) => {
  expect(Object.keys(reason).sort()).toEqual([...rejectionReasons].sort());
});

test.each(languages)("%s uses every number it is given", (_, catalogue) => {
  const text = catalogue.gaps(2, "3 x");
  expect(text).toContain("2");
  expect(text).toContain("3 x");
  expect(catalogue.devicesSilent(1, 4)).toMatch(/1.*4/);
});
